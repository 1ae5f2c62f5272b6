package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.maven.config.ConfigurationException;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.schema.FunctionVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of the configuration is either refused or stands in the template as that text and nothing else: the template has
 * the shape that it has with a harmless value, and the text is a string at each of its places.
 */
class InjectionTest {
    private static final String HARMLESS = "Zq7";
    private static final int MADE_UP = 80;

    private static final List<String> PIECES = List.of(
            "${AWS::AccountId}",
            "${!x}",
            "!Ref Function",
            "!Sub ",
            "Fn::Sub",
            "{\"Ref\":\"Function\"}",
            "Ref: Function",
            "*anchor",
            "&anchor ",
            "- ",
            "? ",
            ": ",
            " #",
            "#",
            "%TAG ! x",
            "@",
            "`id`",
            "|",
            ">-",
            "'",
            "\"",
            "\\",
            "\\u0041",
            "<<",
            "~",
            "null",
            "NO",
            "on",
            "0x1F",
            "017",
            "1e3",
            "1_000",
            "12:30:00",
            "2026-01-01",
            ".inf",
            ".NaN",
            "=",
            "---",
            "...",
            "]",
            "}",
            ",",
            "\u0085",
            "\u2028",
            "\n",
            "\r\n",
            "\t",
            "\u0000",
            "\u007f",
            "\ud800",
            "\u202e",
            "\ufeff",
            "\u001b[2J",
            "{{resolve:ssm:/x}}",
            "{{ resolve:secretsmanager:prod }}",
            "../",
            "/etc/passwd",
            "..\\",
            "$(id)",
            "; rm -rf ~",
            "&& id",
            "a",
            "7",
            " ",
            "\u00e4",
            "\u65e5",
            "\ud83d\ude00",
            "*",
            ";",
            "=trade");

    /** What YAML 1.1, which CloudFormation reads, takes for something else than a string (yaml.org/type). */
    private static final Pattern NO_STRING_IN_YAML_1_1 = Pattern.compile(
            "(?i)~|null||y|n|yes|no|on|off|true|false|<<|=|[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-f_]+)"
                    + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|[-+]?([0-9][0-9_]*)?\\.[0-9.]*(e[-+][0-9]+)?"
                    + "|[-+]?[0-9_.]+e[-+]?[0-9]+|[-+]?\\.inf|\\.nan|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");

    /** Where a user's text goes in. */
    enum Place {
        TAG_VALUE(text -> root().map("tags", Map.of("Team", text))),
        TAG_KEY(text -> root().map("tags", Map.of(text, "x"))),
        DETAIL_TYPE(text -> root().element(rules("index-levels", text))),
        RULE_NAME(text -> root().element(rules(text, "Index Level"))),
        SOURCE(text -> root().values("sources", "source", List.of(text))),
        TTL_DETAIL_TYPE(text -> root().element(ttl("detailType", text))),
        TTL_EXCHANGE(text -> root().element(ttl("exchange", text))),
        IDENTITY(text -> root().values("identity", "field", List.of(text))),
        IDENTITY_FIELD(text ->
                root().element(Element.group("identity").value("field", text).build())),
        NEGATIVE_PRICES(text -> root().value("negativePrices", text)),
        HANDLER(text -> Element.group("configuration")
                .element(Element.group("function").value("handler", text).build())),
        NAME(text -> root().value("name", text)),
        REGION(text -> root().value("region", text)),
        ACCOUNT(text -> root().value("accountId", text)),
        ENDPOINT(text -> root().value("endpoint", "http://127.0.0.1/" + text)),
        EXCLUDE(text -> Element.group("configuration")
                .element(Element.group("function")
                        .value("handler", "a.B")
                        .values("excludes", "exclude", List.of("a:" + text))
                        .build())),
        TOPIC(text -> root().element(Element.group("alarms")
                .value("topic", "arn:aws:sns:us-east-1:111122223333:" + text)
                .build())),
        KEY(text -> root().element(Element.group("tables")
                .value("encryption", "customer")
                .value("keyArn", "arn:aws:kms:us-east-1:111122223333:key/" + text)
                .build()));

        @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
        private final Function<String, Element.Builder> maker;

        Place(Function<String, Element.Builder> maker) {
            this.maker = maker;
        }

        private static Element.Builder root() {
            return Element.group("configuration")
                    .element(Element.group("function").value("handler", "a.B").build());
        }

        private static Element rules(String name, String detailType) {
            return Element.list("rules")
                    .element(Element.group("rule")
                            .value("name", name)
                            .value("kind", "price")
                            .values("detailTypes", "detailType", List.of(detailType))
                            .build())
                    .build();
        }

        private static Element ttl(String element, String text) {
            return Element.group("ttl")
                    .element(Element.list("rules")
                            .element(Element.group("rule")
                                    .value(element, text)
                                    .value("days", "7")
                                    .build())
                            .build())
                    .build();
        }
    }

    /** Each piece by itself, and made up of several; the same ones in each run. */
    private static Stream<String> hostile() {
        List<String> texts = new ArrayList<>(PIECES);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < MADE_UP; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "a" : "");
            for (int pieces = 1 + random.nextInt(4); pieces > 0; pieces--) {
                text.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            texts.add(text.toString());
        }
        // An element's text has no white space around it, and a blank one is none.
        return texts.stream().map(String::strip).filter(text -> !text.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RULE_NAME", "REGION", "ACCOUNT"})
    void valueIsRefusedInOneLineOrStaysTheTextThatItIs(Place place) {
        Object harmless = tree(template(place, HARMLESS));
        hostile().forEach(text -> {
            Template template;
            try {
                template = template(place, text);
            } catch (ConfigurationException e) {
                assertIsToldInItsLine(e);
                return;
            }
            assertThat(sorted(tree(template)))
                    .as("%s = %s", place, Visible.of(text))
                    .isEqualTo(sorted(with(place, harmless, text)));
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"NAME", "RULE_NAME", "REGION", "ACCOUNT", "HANDLER", "IDENTITY", "IDENTITY_FIELD", "SOURCE"})
    void nameTakesNothingThatMeansSomethingElsewhere(Place place) {
        assertThat(hostile().filter(text -> isTaken(place, text)))
                .allMatch(text -> text.matches("[\\p{L}\\p{N}/.$_-]+"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Place.class,
            names = {"TAG_VALUE", "DETAIL_TYPE", "TTL_EXCHANGE", "NEGATIVE_PRICES"})
    void freeTextIsNotRefusedForBeingUnusual(Place place) {
        assertThat(hostile().filter(text -> isTaken(place, text)).count()).isGreaterThan(10);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void secretThatCloudFormationWouldPutInIsRefused(Place place) {
        for (String text : List.of("{{resolve:ssm:/x}}", "a{{ resolve :secretsmanager:prod}}b")) {
            assertThat(isTaken(place, text)).as("%s = %s", place, text).isFalse();
        }
    }

    /** Switches decide about names of stack and files. */
    @Test
    void switchesAreRefusedOrPlain() {
        Path folder = Path.of("target", "market-pipeline").toAbsolutePath();
        hostile().forEach(text -> {
            for (Switches switches : switches(text, folder)) {
                try {
                    PipelineConfig config = ConfigurationReader.read(
                            Place.TAG_VALUE.maker.apply("x").build(), switches);
                    assertThat(config.templateFile().normalize().getParent()).isEqualTo(folder);
                    assertThat(config.names().stack() + config.region())
                            .as(Visible.of(text))
                            .matches("[A-Za-z0-9-]+");
                    assertThat(config.endpoint().map(Object::toString).orElse(""))
                            .matches("(https?://[A-Za-z0-9._~/:-]+)?");
                } catch (ConfigurationException e) {
                    assertIsToldInItsLine(e);
                }
            }
        });
    }

    private static List<Switches> switches(String text, Path folder) {
        Optional<String> given = Optional.of(text);
        Optional<String> dev = Optional.of("dev");
        Optional<String> none = Optional.empty();
        return List.of(
                new Switches(given, none, none, none, none, folder),
                new Switches(dev, given, none, none, none, folder),
                new Switches(dev, none, given, none, none, folder),
                new Switches(dev, none, Optional.of("http://127.0.0.1:4700/" + text), none, none, folder),
                new Switches(dev, none, Optional.of("http://" + text + "@127.0.0.1:4700"), none, none, folder),
                new Switches(dev, none, none, given, none, folder));
    }

    private static void assertIsToldInItsLine(ConfigurationException refusal) {
        assertThat(refusal.getMessage().lines()).hasSize(1 + refusal.problems().size());
        assertThat(Visible.lines(refusal.getMessage())).isEqualTo(refusal.getMessage());
    }

    private static boolean isTaken(Place place, String text) {
        try {
            template(place, text);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }

    private static Template template(Place place, String text) {
        return PipelineTemplate.of(
                ConfigurationReader.read(
                        place.maker.apply(text).build(), Switches.ofEnvironment("dev", Path.of("target"))),
                CodeArtifact.UNKNOWN);
    }

    /** Maps and lists, and of each scalar its type and text. */
    private static Object tree(Template template) {
        Node root = new Compose(LoadSettings.builder().build())
                .composeString(template.yaml())
                .orElseThrow();
        return value(root, text -> text.replaceAll("FunctionVersion[0-9a-f]{16}", "FunctionVersion"));
    }

    private static Object value(Node node, UnaryOperator<String> normal) {
        if (node instanceof MappingNode mapping) {
            Map<Object, Object> map = new LinkedHashMap<>();
            mapping.getValue().forEach(tuple -> {
                Object key = value(tuple.getKeyNode(), normal);
                Object entry = value(tuple.getValueNode(), normal);
                assertThat(map.put(key, isTtl(key) ? json(entry) : entry)).isNull();
            });
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream().map(item -> value(item, normal)).toList();
        }
        ScalarNode scalar = (ScalarNode) node;
        if (scalar.getTag().equals(Tag.STR) && scalar.getScalarStyle() == ScalarStyle.PLAIN) {
            assertThat(scalar.getValue()).doesNotMatch(NO_STRING_IN_YAML_1_1);
        }
        return scalar.getTag().getValue() + "|" + normal.apply(scalar.getValue());
    }

    private static boolean isTtl(Object key) {
        return key.toString().endsWith("|" + FunctionVariables.TTL);
    }

    /** The settings are JSON inside of a text; that has to have the same shape as well. */
    private static Object json(Object scalar) {
        String text = scalar.toString();
        try {
            return new ObjectMapper().readValue(text.substring(text.indexOf('|') + 1), Object.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(Visible.of(text), e);
        }
    }

    private static Object with(Place place, Object harmless, String text) {
        String read = place == Place.NEGATIVE_PRICES ? text.replaceAll("\\s", "") : text;
        if (harmless instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(with(place, key, text), with(place, value, text)));
            return copy;
        }
        if (harmless instanceof List<?> list) {
            return list.stream().map(item -> with(place, item, text)).toList();
        }
        return harmless instanceof String scalar ? scalar.replace(HARMLESS, read) : harmless;
    }

    /** Tags are in the order of their keys, which changes with a key. */
    private static Object sorted(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, entry) -> copy.put(key, sorted(entry)));
            return copy;
        }
        return value instanceof List<?> list
                ? list.stream()
                        .map(InjectionTest::sorted)
                        .sorted(Comparator.comparing(Object::toString))
                        .toList()
                : value;
    }
}
