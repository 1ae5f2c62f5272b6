package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedZipTest {
    @TempDir
    private Path directory;

    @Test
    void zipHasTheSameEntriesUnderAnotherHash() throws IOException {
        MarkedZip marked = MarkedZip.of(zip());
        Path file = Files.write(directory.resolve("marked.zip"), marked.bytes());

        try (ZipFile read = new ZipFile(file.toFile())) {
            assertThat(read.getComment()).isEqualTo("market-pipeline: fast deployment");
            assertThat(read.getInputStream(read.getEntry("code.txt")).readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("code");
        }
        assertThat(marked.sha256()).isNotEqualTo(marked.original());
    }

    @Test
    void zipIsMarkedAlikeEachTime() throws IOException {
        assertThat(MarkedZip.of(zip()).sha256()).isEqualTo(MarkedZip.of(zip()).sha256());
    }

    @Test
    void whatIsNoZipIsRefused() {
        assertThatThrownBy(() -> MarkedZip.of(new byte[100])).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("code.txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write("code".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
