package io.marketpipeline.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassDataTest {
    private static final Path CODE = Path.of("function-code", "abc");
    private static final String JVM = System.getProperty("java.home") + " " + System.getProperty("java.vm.version");

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = Files.createFile(
                Files.createDirectories(folder.resolve("abc/lib")).resolve("a.jar"));
    }

    private void describe(String jvm, String classPath) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("jvm", jvm);
        properties.setProperty("classPath", classPath);
        properties.setProperty("flags", "-XX:SharedArchiveFile=a b.jsa\n-Xlog:cds*=off");
        try (Writer out = Files.newBufferedWriter(folder.resolve("abc/class-data.properties"))) {
            properties.store(out, null);
        }
    }

    @Test
    void archiveOfThisJvmAndClassPathIsTaken() throws IOException {
        describe(JVM, jar.toString());

        assertThat(new ClassData(folder).of(CODE)).hasValueSatisfying(archive -> {
            assertThat(archive.classPath()).containsExactly(jar.toString());
            assertThat(archive.flags()).containsExactly("-XX:SharedArchiveFile=a b.jsa", "-Xlog:cds*=off");
        });
    }

    @Test
    void archiveOfAnotherJvmIsLeftAside() throws IOException {
        describe("/opt/other 11", jar.toString());

        assertThat(new ClassData(folder).of(CODE)).isEmpty();
    }

    @Test
    void archiveThatWasMovedIsLeftAside() throws IOException {
        describe(JVM, "/elsewhere/abc/lib/a.jar");

        assertThat(new ClassData(folder).of(CODE)).isEmpty();
    }

    @Test
    void codeWithoutArchiveHasNone() {
        assertThat(new ClassData(folder).of(CODE)).isEmpty();
        assertThat(new ClassData(folder.resolve("missing")).of(CODE)).isEmpty();
        assertThat(new ClassData(null).of(CODE)).isEmpty();
    }
}
