package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomPlacesTest {
    private static final String POM =
            """
            <project>
              <build><plugins>
                <plugin>
                  <artifactId>other-plugin</artifactId>
                  <configuration><function><memory>1</memory></function></configuration>
                </plugin>
                <plugin>
                  <artifactId>market-pipeline-maven-plugin</artifactId>
                  <configuration>
                    <function>
                      <memory>512</memory>
                    </function>
                    <environments>
                      <environment>
                        <name>prod</name>
                        <function>
                          <memory>1024</memory>
                        </function>
                      </environment>
                    </environments>
                  </configuration>
                </plugin>
              </plugins></build>
            </project>
            """;

    @TempDir
    Path folder;

    @Test
    void placeIsThatOfThePluginsOwnConfiguration() throws IOException {
        assertThat(places("dev").of("<function><memory>")).get().asString().endsWith("pom.xml:11");
    }

    @Test
    void placeWhenTheEnvironmentHasItsOwnIsThere() throws IOException {
        assertThat(places("prod").of("<function><memory>")).get().asString().endsWith("pom.xml:17");
    }

    @Test
    void placeWhenTheElementIsNotWrittenIsUnknown() throws IOException {
        assertThat(places("dev").of("<logs><retentionDays>")).isEmpty();
    }

    @Test
    void placeWhenOnlyTheParentHasItIsThere() throws IOException {
        Path child = Files.writeString(folder.resolve("child.xml"), "<project/>");
        Path parent = Files.writeString(folder.resolve("parent.xml"), POM);

        assertThat(new PomPlaces(List.of(child, parent), "dev").of("<function><memory>"))
                .get()
                .asString()
                .endsWith("parent.xml:11");
    }

    private PomPlaces places(String environment) throws IOException {
        return new PomPlaces(List.of(Files.writeString(folder.resolve("pom.xml"), POM)), environment);
    }
}
