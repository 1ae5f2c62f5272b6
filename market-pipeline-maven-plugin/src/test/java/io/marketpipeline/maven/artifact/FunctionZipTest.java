package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.FunctionConfig;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunctionZipTest {
    @TempDir
    Path folder;

    @Test
    void zipWhenMadeElsewhereInAnotherTimeZoneHasTheSameBytes() throws IOException {
        byte[] here = zip(tape("here"));
        Path elsewhere = folder.resolve("elsewhere");
        ProjectFiles other = tape("elsewhere");
        try (Stream<Path> files = Files.walk(elsewhere)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
            }
        }
        TimeZone zone = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try {
            assertThat(zip(other)).isEqualTo(here);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void zipWhenDependenciesComeInAnotherOrderHasTheSameBytes() throws IOException {
        ProjectFiles project = tape("a");
        List<Dependency> reversed = new ArrayList<>(project.dependencies());
        Collections.reverse(reversed);

        assertThat(zip(new ProjectFiles("tape", project.classes(), reversed))).isEqualTo(zip(project));
    }

    @Test
    void zipHasEveryJarUnderLibWithTheProjectsFirst() throws IOException {
        assertThat(entries(zip(tape("a"))))
                .containsExactly("lib/0-tape.jar", "lib/market-pipeline-core-1.0.jar", "lib/other-1.0.jar");
    }

    @Test
    void codeVersionIsAnotherForOtherCodeOnly() throws IOException {
        String version = codeVersion(zip(new ProjectFixture(folder.resolve("a"))
                .dependency("g", "lib", "x")
                .project()));

        assertThat(version).matches("[0-9a-f]{16}");
        assertThat(codeVersion(zip(new ProjectFixture(folder.resolve("b"))
                        .dependency("g", "lib", "x")
                        .project())))
                .isEqualTo(version);
        assertThat(codeVersion(zip(new ProjectFixture(folder.resolve("c"))
                        .dependency("g", "lib", "y")
                        .project())))
                .isNotEqualTo(version);
        assertThat(codeVersion(zip(new ProjectFixture(folder.resolve("d"))
                        .dependency("g", "lib", "x")
                        .classFile("settings.properties", "a=c")
                        .project())))
                .isNotEqualTo(version);
    }

    private static String codeVersion(byte[] zip) throws IOException {
        byte[] file = content(content(zip, "lib/0-tape.jar"), "META-INF/market-pipeline/code-version");
        return new String(file, StandardCharsets.UTF_8);
    }

    @Test
    void projectJarHasClassesAndResources() throws IOException {
        byte[] jar = content(zip(tape("a")), "lib/0-tape.jar");

        assertThat(entries(jar))
                .containsExactly(
                        "META-INF/market-pipeline/code-version",
                        "com/example/tape/TapeHandler.class",
                        "settings.properties");
    }

    @Test
    void zipWhenTwoJarsHaveOneNameKeepsBoth() throws IOException {
        ProjectFixture fixture = new ProjectFixture(folder)
                .dependency("org.one", "common", "one")
                .dependency("org.two", "common", "two");

        assertThat(entries(zip(fixture.project())))
                .containsExactly("lib/0-tape.jar", "lib/common-1.0.jar", "lib/org.two.common-1.0.jar");
    }

    @Test
    void zipLeavesOutWhatTheFunctionDoesNotUse() throws IOException {
        assertThat(entries(zip(withUnneeded(new ProjectFixture(folder)))))
                .containsExactly("lib/0-tape.jar", "lib/market-pipeline-core-1.0.jar");
    }

    @Test
    void zipWhenAProjectClassNamesTheClientKeepsIt() throws IOException {
        ProjectFixture fixture = new ProjectFixture(folder)
                .classFile(
                        "com/example/Sender.class", "Lsoftware/amazon/awssdk/services/eventbridge/EventBridgeClient;");

        assertThat(entries(zip(withUnneeded(fixture)))).contains("lib/eventbridge-1.0.jar");
    }

    @Test
    void zipWhenTheFunctionWritesWithoutTheSdkLeavesItOut() throws IOException {
        assertThat(entries(zip(withSdk(new ProjectFixture(folder)))))
                .containsExactly("lib/0-tape.jar", "lib/market-pipeline-core-1.0.jar");
    }

    @Test
    void zipWhenTheFunctionWritesWithTheSdkHasIt() throws IOException {
        FunctionConfig function = Configurations.read(
                        "dev",
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", ProjectFixture.HANDLER)
                                        .value("client", "sdk")
                                        .build())
                                .build())
                .function();

        assertThat(entries(new FunctionZip(withSdk(new ProjectFixture(folder)), function).bytes()))
                .contains("lib/dynamodb-1.0.jar", "lib/apache-client-1.0.jar", "lib/httpclient-1.0.jar")
                .contains("lib/commons-logging-1.0.jar")
                .doesNotContain("lib/annotations-1.0.jar");
    }

    @Test
    void zipWhenTheProjectUsesPartOfTheSdkKeepsItWithWhatThatNeeds() throws IOException {
        ProjectFixture fixture = new ProjectFixture(folder)
                .classFile("com/example/Reader.class", "Lsoftware/amazon/awssdk/services/dynamodb/DynamoDbClient;");

        assertThat(entries(zip(withSdk(fixture))))
                .contains("lib/dynamodb-1.0.jar", "lib/httpclient-1.0.jar", "lib/commons-logging-1.0.jar")
                .doesNotContain("lib/commons-codec-1.0.jar");
    }

    @Test
    void zipWhenALibraryUsesPartOfWhatTheSdkBringsKeepsOnlyThat() throws IOException {
        ProjectFixture fixture =
                new ProjectFixture(folder).dependency("org.example", "web", "Lorg/apache/http/client/HttpClient;");

        assertThat(entries(zip(withSdk(fixture))))
                .containsExactly(
                        "lib/0-tape.jar",
                        "lib/commons-logging-1.0.jar",
                        "lib/httpclient-1.0.jar",
                        "lib/market-pipeline-core-1.0.jar",
                        "lib/web-1.0.jar");
    }

    @Test
    void zipWhenAnUnknownLibraryNamesNettyKeepsIt() throws IOException {
        ProjectFixture fixture =
                new ProjectFixture(folder).dependency("io.lettuce", "lettuce-core", "Lio/netty/channel/Channel;");

        assertThat(entries(zip(withUnneeded(fixture))))
                .contains("lib/netty-common-1.0.jar", "lib/lettuce-core-1.0.jar")
                .doesNotContain("lib/netty-nio-client-1.0.jar");
    }

    @Test
    void zipWhenThePomIncludesOrExcludesFollowsIt() throws IOException {
        FunctionConfig function = Configurations.read(
                        "dev",
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", ProjectFixture.HANDLER)
                                        .values("includes", "include", List.of("*:eventbridge"))
                                        .values("excludes", "exclude", List.of("org.slf4j:*"))
                                        .build())
                                .build())
                .function();
        ProjectFixture fixture = new ProjectFixture(folder).dependency("org.slf4j", "slf4j-api", "log");

        byte[] zip = new FunctionZip(withUnneeded(fixture), function).bytes();

        assertThat(entries(zip)).contains("lib/eventbridge-1.0.jar").doesNotContain("lib/slf4j-api-1.0.jar");
    }

    @Test
    void zipWhenTheHandlerIsADependencysNeedsNoClasses() throws IOException {
        ProjectFiles project = new ProjectFiles(
                "tape",
                folder.resolve("no-classes"),
                new ProjectFixture(folder)
                        .dependency("com.example", "LibraryHandler", "handler")
                        .project()
                        .dependencies());

        FunctionConfig function = Configurations.read(
                        "dev",
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", "LibraryHandler")
                                        .build())
                                .build())
                .function();

        byte[] zip = new FunctionZip(project, function).bytes();

        assertThat(entries(zip)).containsExactly("lib/0-tape.jar", "lib/LibraryHandler-1.0.jar");
    }

    @Test
    void zipWhenItIsTooLargeNamesTheLargestJars() throws IOException {
        ProjectFixture fixture = new ProjectFixture(folder);
        Path large = folder.resolve("large.jar");
        byte[] padding = new byte[126 * 1024 * 1024];
        Files.write(large, padding);
        List<Dependency> dependencies = List.of(
                new Dependency("org.large", "one", "1", "", large), new Dependency("org.large", "two", "1", "", large));

        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> zip(new ProjectFiles("tape", fixture.project().classes(), dependencies)))
                .withMessageContaining("The function's jars have 252 MB, Lambda takes 250 MB")
                .withMessageContaining("lib/one-1.jar, 126 MB")
                .withMessageContaining("<exclude>groupId:artifactId</exclude>");
    }

    private ProjectFiles tape(String name) throws IOException {
        return new ProjectFixture(folder.resolve(name))
                .dependency("org.example", "other", "other")
                .dependency("io.marketpipeline", "market-pipeline-core", "core")
                .project();
    }

    private static ProjectFiles withUnneeded(ProjectFixture fixture) throws IOException {
        return fixture.dependency(
                        "io.marketpipeline",
                        "market-pipeline-core",
                        "Lsoftware/amazon/awssdk/services/eventbridge/EventBridgeClient;")
                .dependency("software.amazon.awssdk", "eventbridge", "client")
                .dependency("software.amazon.awssdk", "netty-nio-client", "Lio/netty/channel/Channel;")
                .dependency("io.netty", "netty-common", "netty")
                .dependency("org.jspecify", "jspecify", "annotations")
                .project();
    }

    private static ProjectFiles withSdk(ProjectFixture fixture) throws IOException {
        return fixture.dependency(
                        "io.marketpipeline",
                        "market-pipeline-core",
                        "Lsoftware/amazon/awssdk/services/dynamodb/DynamoDbClient;")
                .dependency("software.amazon.awssdk", "dynamodb", "Lsoftware/amazon/awssdk/core/SdkClient;")
                .dependency("software.amazon.awssdk", "apache-client", "Lorg/apache/http/client/HttpClient;")
                .dependency("org.apache.httpcomponents", "httpclient", "Lorg/apache/commons/logging/Log;")
                .dependency("commons-logging", "commons-logging", "log")
                .dependency("commons-codec", "commons-codec", "codec")
                .dependency("software.amazon.awssdk", "annotations", "annotations")
                .project();
    }

    private static byte[] zip(ProjectFiles project) throws IOException {
        return new FunctionZip(project, Configurations.minimal().function()).bytes();
    }

    private static List<String> entries(byte[] zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }

    private static byte[] content(byte[] zip, String name) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return in.readAllBytes();
                }
            }
        }
        throw new AssertionError("no " + name);
    }
}
