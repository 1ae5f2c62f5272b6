package io.marketpipeline.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Configurations that use every setting with any value, made from a number: the same number makes the same one. */
public final class RandomConfigurations {
    private static final List<String> LOG_DAYS = List.of("1", "7", "30", "365", "3653");
    private static final String KEY_ARN = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private final Random random;

    private RandomConfigurations(long seed) {
        this.random = new Random(seed);
    }

    /** The seed's configuration; empty where it isn't a valid one, such as with a name that is too long. */
    public static Optional<PipelineConfig> of(long seed) {
        RandomConfigurations made = new RandomConfigurations(seed);
        try {
            return Optional.of(Configurations.read(made.name(24), made.configuration()));
        } catch (ConfigurationException e) {
            return Optional.empty();
        }
    }

    /** So many valid ones, by the smallest seeds. */
    public static List<PipelineConfig> valid(int count) {
        List<PipelineConfig> all = new ArrayList<>();
        for (long seed = 0; all.size() < count; seed++) {
            of(seed).ifPresent(all::add);
        }
        return all;
    }

    private Element configuration() {
        Element.Builder root = Element.group("configuration").element(function());
        maybe(() -> root.value("name", "p" + name(24)));
        maybe(() -> root.values("sources", "source", List.of("market." + word(8), "tape")));
        maybe(() -> root.element(rules()));
        maybe(() -> root.value("delivery", one("direct", "buffered", "draining")));
        maybe(() -> root.element(queue()));
        maybe(() -> root.element(Element.group("retry")
                .value("attempts", number(0, 185))
                .value("maxAge", number(60, 86_400))
                .build()));
        root.element(tables());
        maybe(() -> root.values("identity", "field", List.of("exchange", "trade_id")));
        maybe(() -> root.element(ttl()));
        maybe(() -> root.element(Element.group("audit")
                .value("onFailure", one("fail", "continue"))
                .value("index", one("true", "false"))
                .value("retentionDays", number(1, 3650))
                .build()));
        maybe(() -> root.element(Element.group("deadLetters")
                .value("retentionDays", number(1, 14))
                .build()));
        maybe(() -> root.element(Element.group("archive")
                .value("enabled", flag())
                .value("retentionDays", number(0, 36_500))
                .build()));
        maybe(() -> root.element(Element.group("logs")
                .value("retentionDays", LOG_DAYS.get(random.nextInt(LOG_DAYS.size())))
                .value("level", one("DEBUG", "INFO", "WARN", "ERROR"))
                .build()));
        maybe(() -> root.element(alarms()));
        maybe(() -> root.value("access", one("least", "original")));
        maybe(() -> root.value("negativePrices", one("*", "none", "CL,NG")));
        maybe(() -> root.element(Element.group("tags")
                .value("Project", "@" + word(9) + ": - =1 +/_.")
                .value("CostCentre", number(0, 9999))
                .build()));
        return root.build();
    }

    private Element function() {
        Element.Builder function = Element.group("function")
                .value("handler", "com.example.tape.TapeHandler")
                .value("memory", number(128, 10_240))
                .value("timeout", number(1, 900))
                .value("runtime", one("java17", "java21", "java25"))
                .value("architecture", one("arm64", "x86_64"))
                .value("snapStart", flag())
                .value("tracing", flag());
        maybe(() -> function.value("reservedConcurrency", number(2, 500)));
        maybe(() -> function.value("keepVersions", number(1, 20)));
        return function.build();
    }

    private Element queue() {
        return Element.group("queue")
                .value("batchSize", number(1, 10_000))
                .value("window", number(0, 300))
                .value("concurrency", one("2", number(2, 1000)))
                .build();
    }

    private Element rules() {
        Element.Builder rules = Element.list("rules");
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            rules.element(Element.group("rule")
                    .value("name", name(40) + i)
                    .value("kind", one("trade", "quote", "price"))
                    .values(
                            "detailTypes",
                            "detailType",
                            List.of("Type " + i, "It's 100% \"" + word(9) + "\" {" + i + "}"))
                    .build());
        }
        return rules.build();
    }

    private Element tables() {
        Element.Builder tables = Element.group("tables")
                .value("pitrDays", number(0, 35))
                .value("indexShards", one("1", number(2, 2000)))
                .value("indexProjection", one("all", "keys"))
                .value("protection", flag())
                .value("retain", flag());
        if (random.nextBoolean()) {
            tables.value("billing", "PROVISIONED")
                    .value("readCapacity", number(1, 1000))
                    .value("writeCapacity", number(1, 1000));
        }
        String encryption = one("owned", "managed", "customer");
        tables.value("encryption", encryption);
        if (encryption.equals("customer") && random.nextBoolean()) {
            tables.value("keyArn", KEY_ARN);
        }
        return tables.build();
    }

    private Element ttl() {
        return Element.group("ttl")
                .value("days", one("never", number(1, 3650)))
                .element(Element.list("rules")
                        .element(Element.group("rule")
                                .value("detailType", "Market Quote")
                                .value("days", number(1, 90))
                                .build())
                        .build())
                .build();
    }

    private Element alarms() {
        Element.Builder alarms = Element.group("alarms")
                .value("topic", one("create", "arn:aws:sns:us-east-1:111122223333:pager"))
                .value("errors", number(0, 100))
                .value("duration", number(1, 900_000))
                .value("deadLetterAge", number(60, 1_209_600));
        maybe(() -> alarms.element(Element.group("tradingHours")
                .value("from", "13:30")
                .value("to", "20:00")
                .build()));
        return alarms.build();
    }

    private void maybe(Runnable setting) {
        if (random.nextBoolean()) {
            setting.run();
        }
    }

    /** Mostly short; else as long as said, so that names come up to their limits and beyond. */
    private String name(int longest) {
        return word(random.nextInt(8) == 0 ? longest : 8);
    }

    private String number(int least, int most) {
        return Integer.toString(least + random.nextInt(most - least + 1));
    }

    private String flag() {
        return Boolean.toString(random.nextBoolean());
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String word(int longest) {
        return random.ints(1 + random.nextInt(longest), 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
