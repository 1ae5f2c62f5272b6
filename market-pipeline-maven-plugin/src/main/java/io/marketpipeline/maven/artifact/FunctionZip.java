package io.marketpipeline.maven.artifact;

import io.marketpipeline.maven.config.FunctionConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.schema.PackagedCode;
import io.marketpipeline.text.Sha256Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the function's jars under {@code lib/}, the project's classes as a jar among them. */
final class FunctionZip {
    /** Lambda quotas: "Deployment package (.zip file archive) size", unzipped. */
    private static final long MAX_UNZIPPED_BYTES = 250L * 1024 * 1024;

    private static final int LARGEST_SHOWN = 5;
    private static final int VERSION_CHARS = 16;

    private final ProjectFiles project;
    private final FunctionConfig function;

    FunctionZip(ProjectFiles project, FunctionConfig function) {
        this.project = project;
        this.function = function;
    }

    /**
     * The zip's bytes.
     *
     * @throws UserFixableException where it is too large
     */
    byte[] bytes() throws IOException {
        List<Dependency> needed = new DependencyFilter(function).needed(project);
        SortedMap<String, byte[]> jars = jars(needed);
        checkSize(jars);
        return ReproducibleZip.of(jars);
    }

    /** The project's jar comes first on the class path, which follows the names. */
    private SortedMap<String, byte[]> jars(List<Dependency> needed) throws IOException {
        SortedMap<String, byte[]> jars = new TreeMap<>();
        for (Dependency dependency : needed) {
            byte[] jar = jar(dependency.file());
            byte[] other = jars.putIfAbsent("lib/" + dependency.fileName(), jar);
            if (other != null && !Arrays.equals(other, jar)) {
                jars.put("lib/" + dependency.groupId() + "." + dependency.fileName(), jar);
            }
        }
        SortedMap<String, byte[]> classes = new TreeMap<>(ClassFiles.read(project.classes()));
        classes.put(PackagedCode.VERSION_FILE, version(classes, jars));
        jars.put("lib/0-" + project.artifactId() + ".jar", ReproducibleZip.of(classes));
        return jars;
    }

    /** Audit records name it, since a function's version says nothing once it is deleted. */
    private static byte[] version(SortedMap<String, byte[]> classes, SortedMap<String, byte[]> jars) {
        MessageDigest digest = Sha256Hex.digest();
        for (SortedMap<String, byte[]> files : List.of(classes, jars)) {
            files.forEach((name, bytes) -> {
                digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        return hash.substring(0, VERSION_CHARS).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] jar(Path file) throws IOException {
        return Files.isDirectory(file) ? ReproducibleZip.of(ClassFiles.read(file)) : Files.readAllBytes(file);
    }

    private static void checkSize(Map<String, byte[]> jars) {
        long total = jars.values().stream().mapToLong(jar -> jar.length).sum();
        if (total <= MAX_UNZIPPED_BYTES) {
            return;
        }
        List<Map.Entry<String, byte[]>> largest = new ArrayList<>(jars.entrySet());
        largest.sort(Comparator.comparingInt((Map.Entry<String, byte[]> jar) -> jar.getValue().length)
                .reversed());
        StringBuilder message = new StringBuilder(
                "The function's jars have " + megabytes(total) + " MB, Lambda takes 250 MB. The largest:");
        largest.stream().limit(LARGEST_SHOWN).forEach(jar -> message.append("\n  - ")
                .append(jar.getKey())
                .append(", ")
                .append(megabytes(jar.getValue().length))
                .append(" MB"));
        throw new UserFixableException(message
                + "\nLeave out what the function doesn't use:"
                + " <function><excludes><exclude>groupId:artifactId</exclude></excludes></function>");
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }
}
