package io.marketpipeline.maven.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One case for each thing that a user can get wrong. */
class ConfigurationProblemsTest {
    private static final Path OUTPUT = Path.of("target");

    static Stream<Arguments> wrongElements() {
        return Stream.of(
                wrong(Element.group("c").build(), "<function><handler> is missing"),
                wrong(
                        function("handler", "no class"),
                        "<function><handler> is 'no class', must be the fully qualified"),
                wrong(
                        function("runtime", "python3.11"),
                        "<function><runtime> is 'python3.11', must be one of java17, java21, java25"),
                wrong(
                        function("memory", "64"),
                        "<function><memory> is '64', must be a whole number from 128 to 10240 (MB); example: <memory>512</memory>"),
                wrong(function("memory", "lots"), "<function><memory> is 'lots'"),
                wrong(function("timeout", "901"), "<function><timeout> is '901', must be a whole number from 1 to 900"),
                wrong(
                        function("architecture", "sparc"),
                        "<function><architecture> is 'sparc', must be one of arm64, x86_64"),
                wrong(function("snapStart", "yes"), "<function><snapStart> is 'yes', must be true or false"),
                wrong(function("reservedConcurrency", "0"), "<function><reservedConcurrency> is '0'"),
                wrong(function("keepVersions", "0"), "<function><keepVersions> is '0'"),
                wrong(
                        functionList("excludes", "exclude", "netty"),
                        "<function><excludes> is 'netty', must be groupId:artifactId"),
                wrong(functionList("includes", "include", "a:b:c"), "<function><includes> is 'a:b:c'"),
                wrong(
                        top().value("delivery", "kafka").build(),
                        "<delivery> is 'kafka', must be one of direct, buffered, draining"),
                wrong(
                        queue("batchSize", "10001"),
                        "<queue><batchSize> is '10001', must be a whole number from 1 to 10000"),
                wrong(queue("window", "0"), "<queue><window> is '0', must be at least 1 where <batchSize> is above 10"),
                wrong(queue("concurrency", "1"), "<queue><concurrency> is '1', must be a whole number from 2 to 1000"),
                wrong(
                        Element.group("configuration")
                                .value("delivery", "buffered")
                                .element(Element.group("function")
                                        .value("handler", "com.example.tape.TapeHandler")
                                        .value("reservedConcurrency", "5")
                                        .build())
                                .build(),
                        "<queue><concurrency> is missing, must be at most <function><reservedConcurrency>, 5"),
                wrong(
                        top().element(Element.group("tables")
                                        .value("indexShards", "8")
                                        .value("readShards", "4")
                                        .build())
                                .build(),
                        "<tables><readShards> is '4', must be at least <indexShards>, 8"),
                wrong(
                        top().element(Element.group("tables")
                                        .value("indexShards", "0")
                                        .build())
                                .build(),
                        "<tables><indexShards> is '0', must be a whole number from 1 to 2000"),
                wrong(top().value("name", "-x").build(), "<name> is '-x'"),
                wrong(
                        top().value("region", "Virginia").build(),
                        "<region> is 'Virginia', must be the name of an AWS region"),
                wrong(top().value("accountId", "123").build(), "<accountId> is '123', must be the 12 digits"),
                wrong(
                        rules(rule("trade-events", null, "Trade Execution"), rule("tradeEvents", null, "Market Quote")),
                        "<rules><rule><name> is 'tradeEvents', must be another name"),
                wrong(
                        rules(rule("trade-events", null, "Trade Execution"), rule("trade", null, "Market Quote")),
                        "<rules><rule><name> is 'trade', must be another name"),
                wrong(
                        top().value("endpoint", "localhost:4700").build(),
                        "<endpoint> is 'localhost:4700', must be an http or https URL"),
                wrong(
                        top().value("endpoint", "http://a b").build(),
                        "<endpoint> is 'http://a b', must be an http or https URL of host, port and path"),
                wrong(
                        top().value("endpoint", "http://h/$(id)").build(),
                        "<endpoint> is 'http://h/$(id)', must be an http or https URL of host, port and path"),
                wrong(
                        top().value("endpoint", "http://user:pass@h").build(),
                        "<endpoint> is 'http://...@h', must be an http or https URL of host, port and path, without user"),
                wrong(
                        top().value("negativePrices", "{{resolve:ssm:/x}}").build(),
                        "<negativePrices> is '{{resolve:ssm:/x}}', must be text that reads the same everywhere"),
                wrong(
                        top().value("negativePrices", "CL\u202eNG").build(),
                        "<negativePrices> is 'CL\\u202eNG', must be text that reads the same everywhere"),
                wrong(top().values("sources", "source", List.of("aws.events")).build(), "<sources> is 'aws.events'"),
                wrong(
                        top().values("sources", "source", List.of()).build(),
                        "<sources> is missing, must be at least one source"),
                wrong(rules(rule("x y", null, "Trade Execution")), "<rules><rule><name> is 'x y'"),
                wrong(rules(rule(null, null, "Trade Execution")), "<rules><rule><name> is missing"),
                wrong(
                        rules(rule("a", null)),
                        "<rules><rule><detailTypes> is missing, must be at least one detail type"),
                wrong(
                        rules(rule("a", null, "Index Level")),
                        "<rules><rule><kind> is missing, must be trade, quote or price"),
                wrong(
                        rules(rule("a", "bond", "Index Level")),
                        "<rules><rule><kind> is 'bond', must be one of trade, quote, price"),
                wrong(rules(rule("a", "price", "A=B")), "<rules><rule><detailTypes> is 'A=B'"),
                wrong(
                        rules(rule("a", null, "Trade Execution"), rule("a", null, "Market Quote")),
                        "<rules><rule><name> is 'a', must be another name"),
                wrong(rules(rule("a", null, "Trade Execution"), rule("b", null, "Trade Execution")), "processed twice"),
                wrong(
                        rules(rule("a", "trade", longDetailTypes())),
                        "<rules> is 'a', must be rules whose sources and detail types"),
                wrong(rules(), "<rules> is missing, must be at least one rule"),
                wrong(group("retry", "attempts", "186"), "<retry><attempts> is '186'"),
                wrong(group("retry", "maxAge", "59"), "<retry><maxAge> is '59'"),
                wrong(
                        group("tables", "billing", "FREE"),
                        "<tables><billing> is 'FREE', must be one of PAY_PER_REQUEST, PROVISIONED"),
                wrong(
                        group("tables", "readCapacity", "5"),
                        "<tables><readCapacity> is '5', must be left out unless <billing> is PROVISIONED"),
                wrong(
                        group("tables", "encryption", "none"),
                        "<tables><encryption> is 'none', must be one of owned, managed, customer"),
                wrong(
                        group("tables", "keyArn", "alias/mine"),
                        "<tables><keyArn> is 'alias/mine', must be the ARN of a KMS key"),
                wrong(group("tables", "pitrDays", "36"), "<tables><pitrDays> is '36'"),
                wrong(group("tables", "protection", "on"), "<tables><protection> is 'on', must be true or false"),
                wrong(group("identity", "field", "a b"), "<identity> is 'a b'"),
                wrong(group("ttl", "days", "0"), "<ttl><days> is '0', must be a whole number from 1"),
                wrong(
                        ttlRule("days", "7"),
                        "<ttl><rules><rule> is missing, must be given with <detailType>, <exchange> or both"),
                wrong(ttlRule("exchange", "XNYS"), "<ttl><rules><rule><days> is missing"),
                wrong(
                        group("audit", "onFailure", "ignore"),
                        "<audit><onFailure> is 'ignore', must be one of fail, continue"),
                wrong(group("audit", "retentionDays", "0"), "<audit><retentionDays> is '0'"),
                wrong(
                        group("deadLetters", "retentionDays", "15"),
                        "<deadLetters><retentionDays> is '15', must be a whole number from 1 to 14"),
                wrong(group("archive", "retentionDays", "-1"), "<archive><retentionDays> is '-1'"),
                wrong(
                        group("logs", "retentionDays", "31"),
                        "<logs><retentionDays> is '31', must be a number of days that CloudWatch Logs knows"),
                wrong(
                        group("logs", "level", "TRACE"),
                        "<logs><level> is 'TRACE', must be one of ERROR, WARN, INFO, DEBUG"),
                wrong(
                        group("alarms", "topic", "me@example.com"),
                        "<alarms><topic> is 'me@example.com', must be 'create', the ARN of an SNS topic"),
                wrong(group("alarms", "errors", "-1"), "<alarms><errors> is '-1'"),
                wrong(
                        tradingHours("MON-FRI", "20:00", "13:30"),
                        "<alarms><tradingHours><to> is '13:30', must be later than <from>"),
                wrong(
                        tradingHours("MON-FRI", "9am", "20:00"),
                        "<alarms><tradingHours><from> is '9am', must be hours and minutes in UTC"),
                wrong(tradingHours("FRI-MON", "13:30", "20:00"), "<alarms><tradingHours><days> is 'FRI-MON'"),
                wrong(top().value("access", "all").build(), "<access> is 'all', must be one of least, original"),
                wrong(top().value("negativePrices", "CL,,NG").build(), "<negativePrices> is 'CL,,NG'"),
                wrong(top().map("tags", Map.of("aws:x", "1")).build(), "<tags> is 'aws:x=1'"),
                wrong(top().map("tags", Map.of("Name", "mine")).build(), "<tags> is 'Name=mine'"),
                wrong(
                        top().element(Element.list("environments")
                                        .element(Element.group("environment").build())
                                        .build())
                                .build(),
                        "<environments><environment><name> is missing"),
                wrong(
                        top().element(Element.list("environments")
                                        .element(Element.group("environment")
                                                .value("name", "dev")
                                                .build())
                                        .element(Element.group("environment")
                                                .value("name", "dev")
                                                .build())
                                        .build())
                                .build(),
                        "<environments><environment><name> is 'dev', must be another name"));
    }

    @ParameterizedTest
    @MethodSource("wrongElements")
    void readWhenAnElementIsWrongNamesItWithAnExample(Element configuration, String expected) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configurations.read("dev", configuration))
                .satisfies(e -> {
                    assertThat(e.problems()).hasSize(1);
                    assertThat(e).hasMessageContaining(expected).hasMessageContaining("; example: ");
                });
    }

    static Stream<Arguments> wrongSwitches() {
        return Stream.of(
                Arguments.of(switches("env", null), "-Denv is missing, must be the name of the environment"),
                Arguments.of(switches("env", "a_b"), "-Denv is 'a_b'"),
                Arguments.of(switches("region", "mars"), "-Dregion is 'mars'"),
                Arguments.of(switches("endpoint", "ftp://x"), "-Dendpoint is 'ftp://x'"),
                Arguments.of(switches("accountId", "1"), "-DaccountId is '1'"));
    }

    @ParameterizedTest
    @MethodSource("wrongSwitches")
    void readWhenASwitchIsWrongNamesIt(Switches switches, String expected) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(top().build(), switches))
                .withMessageContaining(expected);
    }

    @Test
    void readWhenSeveralThingsAreWrongTellsAllInTheOrderOfThePom() {
        Element configuration = Element.group("c")
                .element(Element.group("function").value("memory", "1").build())
                .element(Element.group("logs").value("level", "LOUD").build())
                .build();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configurations.read("dev", configuration))
                .satisfies(e -> assertThat(e.problems())
                        .extracting(Problem::where)
                        .containsExactly("<function><handler>", "<function><memory>", "<logs><level>"))
                .withMessageStartingWith("The configuration of market-pipeline-maven-plugin has 3 problems");
    }

    @Test
    void readWhenANameBecomesTooLongSaysWhich() {
        Element configuration = top().value("name", "a".repeat(20)).build();

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Configurations.read("e".repeat(16), configuration))
                .withMessageContaining("the name of the function's role has 66 characters, AWS allows 64")
                .withMessageContaining("the name of the archive has 57 characters, AWS allows 48");
    }

    @Test
    void readWhenProblemsWereFoundBeforeTellsThemToo() {
        Problem misspelt = Spelling.unknownElement("tabels", List.of("tables", "tags"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigurationReader.read(
                        top().build(), Switches.ofEnvironment("dev", OUTPUT), List.of(misspelt)))
                .withMessageContaining("<tabels> isn't an element of this plugin, did you mean <tables>?");
    }

    @Test
    void unknownElementWhenNothingIsNearNamesHelp() {
        assertThat(Spelling.unknownElement("kubernetes", List.of("tables")))
                .hasToString("<kubernetes> isn't an element of this plugin, goal help with -Ddetail lists the elements;"
                        + " example: <function>");
    }

    private static Arguments wrong(Element configuration, String expected) {
        return Arguments.of(configuration, expected);
    }

    private static Element.Builder top() {
        return Configurations.handlerOnly();
    }

    private static Element queue(String name, String value) {
        return top().element(Element.group("queue").value(name, value).build()).build();
    }

    private static Element function(String name, String value) {
        Element.Builder function = Element.group("function");
        if (!name.equals("handler")) {
            function.value("handler", "com.example.Handler");
        }
        return Element.group("c").element(function.value(name, value).build()).build();
    }

    private static Element functionList(String name, String item, String value) {
        return Element.group("c")
                .element(Element.group("function")
                        .value("handler", "com.example.Handler")
                        .values(name, item, List.of(value))
                        .build())
                .build();
    }

    private static Element group(String group, String name, String value) {
        Element.Builder builder = Element.group(group);
        if (name.equals("keyArn")) {
            builder.value("encryption", "customer");
        }
        return top().element(builder.value(name, value).build()).build();
    }

    private static Element rules(Element... rules) {
        Element.Builder list = Element.list("rules");
        for (Element rule : rules) {
            list.element(rule);
        }
        return top().element(list.build()).build();
    }

    private static Element rule(String name, String kind, String... detailTypes) {
        return Element.group("rule")
                .value("name", name)
                .value("kind", kind)
                .values("detailTypes", "detailType", List.of(detailTypes))
                .build();
    }

    private static String[] longDetailTypes() {
        return Stream.iterate(1, i -> i + 1)
                .limit(20)
                .map(i -> "Type " + i + "x".repeat(110))
                .toArray(String[]::new);
    }

    private static Element ttlRule(String name, String value) {
        return top().element(Element.group("ttl")
                        .element(Element.list("rules")
                                .element(
                                        Element.group("rule").value(name, value).build())
                                .build())
                        .build())
                .build();
    }

    private static Element tradingHours(String days, String from, String to) {
        return top().element(Element.group("alarms")
                        .element(Element.group("tradingHours")
                                .value("days", days)
                                .value("from", from)
                                .value("to", to)
                                .build())
                        .build())
                .build();
    }

    private static Switches switches(String name, String value) {
        return new Switches(
                name.equals("env") ? Optional.ofNullable(value) : Optional.of("dev"),
                Optional.ofNullable(value).filter(v -> name.equals("region")),
                Optional.ofNullable(value).filter(v -> name.equals("endpoint")),
                Optional.ofNullable(value).filter(v -> name.equals("accountId")),
                Optional.empty(),
                OUTPUT);
    }
}
