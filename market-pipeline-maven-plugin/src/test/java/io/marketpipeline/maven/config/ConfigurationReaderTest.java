package io.marketpipeline.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {
    @Test
    void readWhenOnlyTheHandlerIsGivenHasTheOriginalsValues() {
        PipelineConfig config = Configurations.minimal();

        assertThat(config.region()).isEqualTo("us-east-1");
        assertThat(config.endpoint()).isEmpty();
        assertThat(config.function().memory()).isEqualTo(512);
        assertThat(config.function().timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.sources()).containsExactly("market.data");
        assertThat(config.rules()).extracting(RuleConfig::name).containsExactly("trade-events", "quote-events");
        assertThat(config.retry()).isEqualTo(new RetryConfig(2, Duration.ofHours(1)));
        assertThat(config.tables().billing()).isEqualTo(TablesConfig.Billing.PAY_PER_REQUEST);
        assertThat(config.tables().pitrDays()).hasValue(35);
        assertThat(config.identity()).containsExactly("event_id");
        assertThat(config.ttl()).isEqualTo(new TtlConfig(OptionalInt.of(30), List.of()));
        assertThat(config.deadLetters().retentionDays()).isEqualTo(14);
        assertThat(config.logs()).isEqualTo(new LogsConfig(30, LogsConfig.Level.INFO));
        assertThat(config.alarms().errors()).isEqualTo(5);
        assertThat(config.alarms().duration()).isEqualTo(5000);
        assertThat(config.access()).isEqualTo(Access.LEAST);
        assertThat(config.tags())
                .isEqualTo(Map.of(
                        "Project", "FinancialMarketData",
                        "ManagedBy", "market-pipeline-maven-plugin",
                        "Environment", "dev"));
    }

    @Test
    void environmentWhenItLeavesOutANestedElementInheritsIt() {
        PipelineConfig config = Configurations.read("prod", withProd());

        assertThat(config.function().handler()).isEqualTo("com.example.tape.TapeHandler");
        assertThat(config.function().memory()).isEqualTo(1024);
        assertThat(config.logs().level()).isEqualTo(LogsConfig.Level.WARN);
        assertThat(config.logs().retentionDays()).isEqualTo(365);
    }

    @Test
    void environmentWhenItHasAListReplacesTheWholeList() {
        assertThat(Configurations.read("prod", withProd()).sources()).containsExactly("market.prod");
    }

    @Test
    void environmentWhenItHasTagsAddsAndReplacesByKey() {
        assertThat(Configurations.read("prod", withProd()).tags())
                .containsEntry("Team", "Tape")
                .containsEntry("Cost", "42")
                .containsEntry("Environment", "production");
    }

    @Test
    void environmentWhenItIsNotListedHasTheCommonElements() {
        PipelineConfig config = Configurations.read("dev", withProd());

        assertThat(config.function().memory()).isEqualTo(512);
        assertThat(config.sources()).containsExactly("market.data");
    }

    @Test
    void switchesWhenGivenWinOverThePom() {
        Element configuration = Configurations.handlerOnly()
                .value("region", "eu-central-1")
                .value("endpoint", "http://pom:1")
                .value("accountId", "111122223333")
                .build();

        PipelineConfig config = ConfigurationReader.read(
                configuration,
                new Switches(
                        Optional.of("dev"),
                        Optional.of("us-west-2"),
                        Optional.of("http://127.0.0.1:9"),
                        Optional.of("444455556666"),
                        Optional.of("tape"),
                        Path.of("target")));

        assertThat(config.region()).isEqualTo("us-west-2");
        assertThat(config.endpoint()).contains(URI.create("http://127.0.0.1:9"));
        assertThat(config.accountId()).contains("444455556666");
        assertThat(config.given())
                .containsExactly(
                        entry("region", "us-west-2"),
                        entry("accountId", "444455556666"),
                        entry("endpoint", "http://127.0.0.1:9"),
                        entry("aws.profile", "tape"));
    }

    @Test
    void endpointWhenEnvironmentIsLocalIsTheLocalOne() {
        assertThat(Configurations.read("local", Configurations.handlerOnly().build())
                        .endpoint())
                .contains(URI.create("http://127.0.0.1:4700"));
    }

    @Test
    void retryWhenItExceedsLambdasLimitsIsCutForTheFunctionOnly() {
        RetryConfig retry = new RetryConfig(185, Duration.ofHours(24));

        assertThat(retry.functionAttempts()).isEqualTo(2);
        assertThat(retry.functionMaxAge()).isEqualTo(Duration.ofHours(6));
        assertThat(retry.attempts()).isEqualTo(185);
    }

    @Test
    void ttlWhenNeverHasNoDays() {
        Element configuration = Configurations.handlerOnly()
                .element(Element.group("ttl").value("days", "never").build())
                .build();

        assertThat(Configurations.read("dev", configuration).ttl().days()).isEmpty();
    }

    @Test
    void capacityWhenOnlyTheTablesIsGivenIsTheIndexesToo() {
        assertThat(Configurations.prod().tables().indexCapacity()).contains(new Capacity(5, 100));
    }

    private static Element withProd() {
        return Configurations.handlerOnly()
                .values("sources", "source", List.of("market.data"))
                .element(Element.group("logs")
                        .value("retentionDays", "365")
                        .value("level", "INFO")
                        .build())
                .map("tags", Map.of("Team", "Tape", "Cost", "1"))
                .element(Element.list("environments")
                        .element(Element.group("environment")
                                .value("name", "prod")
                                .element(Element.group("function")
                                        .value("memory", "1024")
                                        .build())
                                .values("sources", "source", List.of("market.prod"))
                                .element(Element.group("logs")
                                        .value("level", "WARN")
                                        .build())
                                .map("tags", Map.of("Cost", "42", "Environment", "production"))
                                .build())
                        .build())
                .build();
    }
}
