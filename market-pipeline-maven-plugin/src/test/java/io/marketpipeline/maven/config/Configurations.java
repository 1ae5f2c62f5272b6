package io.marketpipeline.maven.config;

import java.nio.file.Path;
import java.util.List;

/** Configurations that tests share. */
public final class Configurations {
    private static final Path OUTPUT = Path.of("target", "market-pipeline");

    private Configurations() {}

    /** Nothing but the handler. */
    public static PipelineConfig minimal() {
        return read("dev", handlerOnly().build());
    }

    /** What a production pom would set. */
    public static PipelineConfig prod() {
        return read(
                "prod",
                handlerOnly()
                        .value("name", "us-tape")
                        .element(Element.list("rules")
                                .element(Element.group("rule")
                                        .value("name", "trade-events")
                                        .values("detailTypes", "detailType", List.of("Trade Execution", "Trade Update"))
                                        .build())
                                .element(Element.group("rule")
                                        .value("name", "quote-events")
                                        .values("detailTypes", "detailType", List.of("Market Quote", "Price Update"))
                                        .build())
                                .element(Element.group("rule")
                                        .value("name", "index-levels")
                                        .value("kind", "price")
                                        .values("detailTypes", "detailType", List.of("Index Level"))
                                        .build())
                                .build())
                        .element(Element.group("tables")
                                .value("protection", "true")
                                .value("retain", "true")
                                .value("encryption", "customer")
                                .value("billing", "PROVISIONED")
                                .value("writeCapacity", "100")
                                .build())
                        .element(Element.group("ttl")
                                .value("days", "90")
                                .element(Element.list("rules")
                                        .element(Element.group("rule")
                                                .value("detailType", "Market Quote")
                                                .value("days", "7")
                                                .build())
                                        .build())
                                .build())
                        .element(Element.group("audit")
                                .value("retentionDays", "2555")
                                .build())
                        .element(Element.group("logs")
                                .value("retentionDays", "365")
                                .build())
                        .element(Element.group("alarms")
                                .value("topic", "create")
                                .element(Element.group("tradingHours")
                                        .value("from", "13:30")
                                        .value("to", "20:00")
                                        .build())
                                .build())
                        .build());
    }

    /** The minimal one with a queue between rules and function. */
    public static PipelineConfig buffered() {
        return read("dev", handlerOnly().value("delivery", "buffered").build());
    }

    /** Top-level elements with the handler in them. */
    public static Element.Builder handlerOnly() {
        return Element.group("configuration")
                .element(Element.group("function")
                        .value("handler", "com.example.tape.TapeHandler")
                        .build());
    }

    /** The configuration of an environment. */
    public static PipelineConfig read(String environment, Element configuration) {
        return ConfigurationReader.read(configuration, Switches.ofEnvironment(environment, OUTPUT));
    }
}
