package io.marketpipeline.maven.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A project on disk: a handler class, a resource, and the dependencies that a test adds. */
final class ProjectFixture {
    static final String HANDLER = "com.example.tape.TapeHandler";

    private final Path root;
    private final List<Dependency> dependencies = new ArrayList<>();

    ProjectFixture(Path root) throws IOException {
        this.root = root;
        classFile("com/example/tape/TapeHandler.class", "handler");
        classFile("settings.properties", "a=b");
    }

    ProjectFixture classFile(String name, String content) throws IOException {
        Path file = root.resolve("classes").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return this;
    }

    /** A dependency whose jar has one class with the given content. */
    ProjectFixture dependency(String groupId, String artifactId, String content) throws IOException {
        Path jar = Files.createDirectories(root.resolve("repository").resolve(groupId))
                .resolve(artifactId + ".jar");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry(artifactId.replace('-', '_') + ".class");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
            zip.closeEntry();
        }
        Files.write(jar, bytes.toByteArray());
        dependencies.add(new Dependency(groupId, artifactId, "1.0", "", jar));
        return this;
    }

    ProjectFiles project() {
        return new ProjectFiles("tape", root.resolve("classes"), dependencies);
    }
}
