package io.marketpipeline.maven.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dreference.write=true} to write the page anew. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("..", "docs", "reference.md");

    @Test
    void referenceWhenWrittenFromTheSourcesIsThePageInDocs() throws IOException {
        String page = ReferencePage.of(Path.of("src", "main", "java", "io", "marketpipeline", "maven", "goal"));
        if (Boolean.getBoolean("reference.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("run this test with -Dreference.write=true and commit the page")
                .content()
                .isEqualTo(page);
    }

    @Test
    void referenceDescribesEveryElement() throws IOException {
        String page = ReferencePage.of(Path.of("src", "main", "java", "io", "marketpipeline", "maven", "goal"));

        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .isNotEmpty()
                .noneMatch(line -> line.matches(".*\\|\\s*\\|"));
    }
}
