package io.marketpipeline.maven.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files in a jar or a directory of classes; none in what isn't there, as in a project without classes of its own. */
final class ClassFiles {
    private ClassFiles() {}

    /** Whether there is a file of that name, with {@code /} in it. */
    static boolean contains(Path jarOrDirectory, String name) throws IOException {
        if (Files.isDirectory(jarOrDirectory)) {
            return Files.isRegularFile(jarOrDirectory.resolve(name));
        }
        if (Files.notExists(jarOrDirectory)) {
            return false;
        }
        try (ZipFile jar = new ZipFile(jarOrDirectory.toFile())) {
            return jar.getEntry(name) != null;
        }
    }

    /** Whether a class in it names a package, as a class file writes it: {@code io/netty/}. */
    static boolean mention(Path jarOrDirectory, String packagePrefix) throws IOException {
        if (Files.isDirectory(jarOrDirectory) || Files.notExists(jarOrDirectory)) {
            for (byte[] content : read(jarOrDirectory).values()) {
                if (mentions(content, packagePrefix)) {
                    return true;
                }
            }
            return false;
        }
        try (ZipFile jar = new ZipFile(jarOrDirectory.toFile())) {
            List<ZipEntry> classes = jar.stream()
                    .map(ZipEntry.class::cast)
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .toList();
            for (ZipEntry entry : classes) {
                if (mentions(jar.getInputStream(entry).readAllBytes(), packagePrefix)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** All files of a directory by name, with {@code /} in it. */
    static SortedMap<String, byte[]> read(Path directory) throws IOException {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        if (Files.notExists(directory)) {
            return contents;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString().replace('\\', '/');
                contents.put(name, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    /** Constants of a class file that are ASCII stand in it byte by byte (Java virtual machine specification, 4.4.7). */
    private static boolean mentions(byte[] classFile, String packagePrefix) {
        return new String(classFile, StandardCharsets.ISO_8859_1).contains(packagePrefix);
    }
}
