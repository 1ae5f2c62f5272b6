package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.RuleConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkPojo;

/** Whoever is woken by an alarm finds it in docs/operations.md, and commands there that exist. */
class OperationsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path REFERENCE = Path.of("..", "docs", "reference.md");
    private static final Pattern HEADING = Pattern.compile("### `(.+)`");
    private static final Pattern COMMAND = Pattern.compile("market-pipeline:([a-z-]+)([^`\\n]*)");
    private static final Pattern AWS_COMMAND = Pattern.compile("\\baws (dynamodb|sqs) (?:wait )?([a-z-]+)([^`\\n]*)");
    private static final Pattern OPTION = Pattern.compile(" --([a-z-]+)");
    private static final Set<String> CLI_ITSELF = Set.of("query", "output");
    private static final Pattern SWITCH = Pattern.compile("-D([A-Za-z.-]+)");
    private static final Pattern GOAL = Pattern.compile("### `market-pipeline:([a-z-]+)`");
    private static final Pattern PROPERTY = Pattern.compile("^\\|.*?`-D([A-Za-z.-]+)` \\|.*");

    @Test
    void everyAlarmOfTheTemplatesHasItsSectionAndNoOtherHasOne() throws IOException {
        List<String> sections = sections();

        assertThat(sections).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(sections)).isEqualTo(alarms());
    }

    @Test
    void everySectionSaysWhatTheAlarmMeansWhereToLookAndWhatToDo() throws IOException {
        List<String> texts = List.of(alarmsPart().split("(?m)^### ", -1));

        assertThat(texts.subList(1, texts.size()))
                .allSatisfy(text -> assertThat(text).contains("**Means**", "**Look**", "**Do**"));
    }

    @Test
    void everyCommandIsAGoalWithItsParameters() throws IOException {
        Map<String, Set<String>> goals = goals();
        Matcher command = COMMAND.matcher(Files.readString(PAGE));
        Set<String> unknown = new TreeSet<>();
        int commands = 0;
        while (command.find()) {
            commands++;
            Set<String> known = goals.getOrDefault(command.group(1), Set.of());
            Matcher given = SWITCH.matcher(command.group(2));
            while (given.find()) {
                if (!known.contains(given.group(1))) {
                    unknown.add(command.group());
                }
            }
            if (known.isEmpty()) {
                unknown.add(command.group());
            }
        }

        assertThat(commands).isPositive();
        assertThat(unknown).isEmpty();
    }

    /** By the SDK, whose requests have the members that the AWS CLI has options for. */
    @Test
    void everyCommandOfAwsIsACallWithItsMembers() throws Exception {
        Matcher command = AWS_COMMAND.matcher(Files.readString(PAGE));
        Set<String> calls = new TreeSet<>();
        while (command.find()) {
            calls.add(command.group(2));
            Set<String> members = members(command.group(1), command.group(2));
            Matcher given = OPTION.matcher(command.group(3));
            while (given.find()) {
                assertThat(members).as(command.group()).contains(given.group(1).replace("-", ""));
            }
        }

        assertThat(calls).contains("purge-queue", "restore-table-to-point-in-time", "put-item");
    }

    private static Set<String> members(String service, String operation) throws ReflectiveOperationException {
        // A waiter's options are those of the call that it repeats.
        String call = operation.equals("table-exists") ? "describe-table" : operation;
        StringBuilder request = new StringBuilder("software.amazon.awssdk.services." + service + ".model.");
        for (String word : call.split("-", -1)) {
            request.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        Object builder = Class.forName(request + "Request").getMethod("builder").invoke(null);
        Set<String> members = new HashSet<>(CLI_ITSELF);
        ((SdkPojo) builder)
                .sdkFields()
                .forEach(field -> members.add(field.memberName().toLowerCase(Locale.ROOT)));
        return members;
    }

    private static List<String> sections() throws IOException {
        return alarmsPart()
                .lines()
                .map(HEADING::matcher)
                .filter(Matcher::matches)
                .map(heading -> heading.group(1))
                .toList();
    }

    private static String alarmsPart() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n## Alarms\n");
        int end = page.indexOf("\n## ", start + 1);
        assertThat(start).as("the page's heading 'Alarms'").isPositive();
        assertThat(end).as("the heading behind it").isGreaterThan(start);
        return page.substring(start, end);
    }

    /** Those of both deliveries, with everything on that brings an alarm. */
    private static Set<String> alarms() {
        Set<String> alarms = new TreeSet<>();
        Stream.of("direct", "buffered").map(OperationsPageTest::everythingOn).forEach(config -> alarmNames(config)
                .forEach(name -> alarms.add(section(name, config))));
        return alarms;
    }

    private static PipelineConfig everythingOn(String delivery) {
        return Configurations.read(
                "prod",
                Configurations.handlerOnly()
                        .value("name", "us-tape")
                        .value("delivery", delivery)
                        .element(Element.group("alarms")
                                .value("topic", "create")
                                .element(Element.group("tradingHours")
                                        .value("from", "13:30")
                                        .value("to", "20:00")
                                        .build())
                                .build())
                        .build());
    }

    private static List<String> alarmNames(PipelineConfig config) {
        String yaml =
                PipelineTemplate.of(config, new CodeArtifact("ab".repeat(32))).yaml();
        Map<?, ?> resources = (Map<?, ?>) TemplateParser.parse(yaml).get("Resources");
        return resources.values().stream()
                .map(resource -> (Map<?, ?>) resource)
                .filter(resource -> String.valueOf(resource.get("Type")).startsWith("AWS::CloudWatch::")
                        && String.valueOf(resource.get("Type")).endsWith("Alarm"))
                .map(resource -> String.valueOf(((Map<?, ?>) resource.get("Properties")).get("AlarmName")))
                .toList();
    }

    /** An alarm's name without what the configuration puts around it; alarms of rules share a section. */
    private static String section(String name, PipelineConfig config) {
        String frame = config.names().alarm("*");
        String before = frame.substring(0, frame.indexOf('*'));
        String after = frame.substring(frame.indexOf('*') + 1);
        assertThat(name).startsWith(before).endsWith(after);
        String subject = name.substring(before.length(), name.length() - after.length());
        for (RuleConfig rule : config.rules()) {
            if (subject.startsWith(rule.name() + "-")) {
                return "<rule>" + subject.substring(rule.name().length());
            }
        }
        return subject;
    }

    /** Switches of each goal, those of every goal included, by the page that is written from the goals' sources. */
    private static Map<String, Set<String>> goals() throws IOException {
        Map<String, Set<String>> goals = new HashMap<>();
        Set<String> common = new HashSet<>();
        Set<String> current = new HashSet<>();
        for (String line : Files.readAllLines(REFERENCE)) {
            Matcher goal = GOAL.matcher(line);
            Matcher property = PROPERTY.matcher(line);
            if (goal.matches()) {
                current = goals.computeIfAbsent(goal.group(1), name -> new HashSet<>());
            } else if (line.startsWith("## Parameters of every goal")) {
                current = common;
            } else if (line.startsWith("## ")) {
                current = new HashSet<>();
            } else if (property.matches()) {
                current.add(property.group(1));
            }
        }
        assertThat(common).contains("env");
        goals.values().forEach(switches -> switches.addAll(common));
        return goals;
    }
}
