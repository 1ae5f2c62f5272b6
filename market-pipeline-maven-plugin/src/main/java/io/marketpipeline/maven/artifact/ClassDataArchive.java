package io.marketpipeline.maven.artifact;

import io.marketpipeline.schema.FunctionVariables;
import io.marketpipeline.text.Sha256Hex;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Archives the class data of a packaged function, so that the local endpoint's function processes start faster: class-data
 * sharing (JEP 350) on Java 17 to 24, an ahead-of-time cache (JEP 514) from 25 on. It isn't part of the zip: on Lambda
 * SnapStart does this job. The archive is made by a training run, in which the function starts and rehearses an event, without
 * network. It holds for one JVM and one class path, so the jars are unpacked beside it.
 *
 * <p>Written into {@code class-data/} and the zip's hash: {@code lib/} with the jars, the archive, and {@code
 * class-data.properties}, which says what JVM, class path and flags it is for. The endpoint reads it.
 */
public final class ClassDataArchive {
    private static final int FIRST_JAVA_WITH_CACHE = 25;
    private static final String TRAINING = "io.marketpipeline.lambda.StartTraining";
    private static final String TRAINING_FILE = TRAINING.replace('.', '/') + ".class";
    private static final String DESCRIPTION = "class-data.properties";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int KEPT = 3;

    private final Path folder;
    private final Path java;

    private ClassDataArchive(Path folder, Path java) {
        this.folder = folder;
        this.java = java;
    }

    /** Where archives are, below the output directory. */
    public static Path folder(Path outputDirectory) {
        return outputDirectory.resolve("class-data");
    }

    /**
     * Makes the archive of a packaged function for this JVM's Java, unless there is one.
     *
     * @return what became of it, in words for a person; a function without an archive works as well, only starts slower
     */
    public static String make(Path zip, String handler) throws InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path all =
                    folder(zip.toAbsolutePath().normalize().resolveSibling("")).normalize();
            Path folder = all.resolve(Sha256Hex.of(Files.readAllBytes(zip)));
            String made = new ClassDataArchive(folder, java).makeOf(zip, handler);
            deleteOld(all);
            return made;
        } catch (IOException e) {
            return "none, because of " + e;
        }
    }

    private String makeOf(Path zip, String handler) throws IOException, InterruptedException {
        Path description = folder.resolve(DESCRIPTION);
        if (Files.exists(description)) {
            Properties known = new Properties();
            try (Reader text = Files.newBufferedReader(description, StandardCharsets.UTF_8)) {
                known.load(text);
            }
            if (jvm().equals(known.getProperty("jvm")) && folder.toString().equals(known.getProperty("folder"))) {
                return folder + " is up to date";
            }
            Files.delete(description);
        }
        unpack(zip);
        List<String> jars = jars();
        if (!knowsTraining(jars)) {
            return "none, since the function's zip doesn't have market-pipeline-core";
        }
        boolean cache = Runtime.version().feature() >= FIRST_JAVA_WITH_CACHE;
        Path archive = folder.resolve(cache ? "function.aot" : "function.jsa");
        Files.deleteIfExists(archive);
        Path log = folder.resolve("training.log");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add((cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, jars), TRAINING, handler));
        if (!runs(command, log) || !Files.exists(archive)) {
            return "none; the function's start in " + log + " tells why";
        }
        Files.writeString(description, description(jars, archive, cache), StandardCharsets.UTF_8);
        return folder + ", " + Files.size(archive) / 1024 / 1024 + " MB";
    }

    private static String jvm() {
        return System.getProperty("java.home") + " " + System.getProperty("java.vm.version");
    }

    private String description(List<String> jars, Path archive, boolean cache) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("jvm", jvm());
        properties.setProperty("folder", folder.toString());
        properties.setProperty("classPath", String.join("\n", jars));
        // What the JVM says where the archive doesn't fit would be among the function's log lines.
        properties.setProperty(
                "flags",
                cache
                        ? "-XX:AOTCache=" + archive + "\n-Xlog:aot*=off\n-Xlog:cds*=off"
                        : "-XX:SharedArchiveFile=" + archive + "\n-Xlog:cds*=off\n-Xlog:class+path=off");
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private boolean runs(List<String> command, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            return process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
        } finally {
            // Java 25 makes its cache in a process of its own.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** No credentials, and an endpoint that nobody listens at. */
    private static Map<String, String> environment() {
        return Map.of(
                "AWS_REGION",
                "us-east-1",
                "AWS_ENDPOINT_URL",
                "http://127.0.0.1:1",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                FunctionVariables.MARKET_DATA_TABLE,
                "none",
                FunctionVariables.AUDIT_TRAIL_TABLE,
                "none",
                FunctionVariables.ENVIRONMENT,
                "none");
    }

    private void unpack(Path zip) throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(zip)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Files.copy(in, folder.resolve(entry.getName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** As on Lambda's class path: by name. */
    private List<String> jars() throws IOException {
        try (Stream<Path> jars = Files.list(folder.resolve("lib"))) {
            return jars.map(Path::toString).sorted().toList();
        }
    }

    private static boolean knowsTraining(List<String> jars) throws IOException {
        for (String jar : jars) {
            if (ClassFiles.contains(Path.of(jar), TRAINING_FILE)) {
                return true;
            }
        }
        return false;
    }

    /** Those before the newest ones: a running endpoint may have functions of these still. */
    private static void deleteOld(Path all) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.list(all)) {
            folders = found.sorted(Comparator.comparing(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .toList();
        }
        for (Path old : folders.subList(Math.min(KEPT, folders.size()), folders.size())) {
            try (Stream<Path> files = Files.walk(old)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
