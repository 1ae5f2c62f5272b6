package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.operate.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBeanTest {
    @TempDir
    private Path directory;

    @Test
    void pathIsRelativeToTheProjectAndNamesTheDataSet() throws IOException {
        Files.writeString(directory.resolve("bac.csv.gz"), "");
        InputFile file = FileBean.of(" bac.csv.gz", null, null).file(directory, Configurations.minimal(), 5L);

        assertThat(file.path()).isEqualTo(directory.resolve("bac.csv.gz"));
        assertThat(file.dataSet()).isEqualTo("bac");
        assertThat(file.limit()).isEqualTo(5);
        assertThat(file.type()).isEmpty();
    }

    @Test
    void unknownKindIsRefused() throws Exception {
        FileBean bean = FileBean.of("bac.csv", null, null);
        var kind = FileBean.class.getDeclaredField("kind");
        kind.setAccessible(true);
        kind.set(bean, "bond");

        assertThatThrownBy(() -> bean.file(directory, Configurations.minimal(), null))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("<file><kind> is 'bond', must be trade, quote or price; example: <kind>quote</kind>");
    }

    @Test
    void publishWithoutFilesSaysHowToNameThem() {
        assertThatThrownBy(() -> new PublishMojo().beans())
                .isInstanceOf(UserFixableException.class)
                .hasMessage("There is nothing to publish: name files with -Dfile or <files>; example:"
                        + " -Dfile=data/BAC-2013-10-07-trades.csv.gz -Dlimit=2000");
    }

    @Test
    void fileWithoutPathIsRefused() {
        assertThatThrownBy(() -> new FileBean().file(directory, Configurations.minimal(), null))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("<files><file> has no <path>; example:");
    }
}
