package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.ConfigurationException;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Over many random prefixes, environments and rules: what is accepted makes names that AWS accepts. */
class NamesWithinLimitsTest {
    /** Length and characters from each resource's page in the CloudFormation template reference. */
    private static final Map<String, Pattern> NAMES = Map.ofEntries(
            Map.entry("TableName", Pattern.compile("[a-zA-Z0-9_.-]{3,255}")),
            Map.entry("QueueName", Pattern.compile("[a-zA-Z0-9_-]{1,80}")),
            Map.entry("FunctionName", Pattern.compile("[a-zA-Z0-9_-]{1,64}")),
            Map.entry("RoleName", Pattern.compile("[\\w+=,.@-]{1,64}")),
            Map.entry("ManagedPolicyName", Pattern.compile("[\\w+=,.@-]{1,128}")),
            Map.entry("ArchiveName", Pattern.compile("[.\\-_A-Za-z0-9]{1,48}")),
            Map.entry("LogGroupName", Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}")),
            Map.entry("AlarmName", Pattern.compile(".{1,255}")),
            Map.entry("DashboardName", Pattern.compile("[A-Za-z0-9_-]{1,255}")),
            Map.entry("TopicName", Pattern.compile("[A-Za-z0-9_-]{1,256}")),
            Map.entry("EventBusName", Pattern.compile("[/.\\-_A-Za-z0-9]{1,256}")),
            Map.entry("AliasName", Pattern.compile("alias/[a-zA-Z0-9/_-]{1,250}")));

    @RepeatedTest(300)
    void namesWhenConfigurationIsAcceptedAreAccepted(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        PipelineConfig config;
        try {
            config = Configurations.read(word(random, 24), configuration(random));
        } catch (ConfigurationException e) {
            assertThat(e).hasMessageContaining("characters, AWS allows");
            return;
        }

        Template template = PipelineTemplate.of(config, CodeArtifact.UNKNOWN);

        for (String logicalId : template.resourceTypes().keySet()) {
            Resource resource = template.resource(logicalId).orElseThrow();
            assertThat(logicalId).matches("[A-Za-z0-9]{1,255}");
            NAMES.forEach((property, pattern) -> {
                if (resource.properties().entries().get(property) instanceof String name) {
                    assertThat(name).as(logicalId).matches(pattern);
                }
            });
            if (resource.type().equals("AWS::Events::Rule")) {
                assertThat(resource.properties().entries().get("Name").toString())
                        .hasSizeLessThanOrEqualTo(64);
            }
        }
    }

    private static Element configuration(Random random) {
        Element.Builder rules = Element.list("rules");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rules.element(Element.group("rule")
                    .value("name", "r" + i + word(random, 40))
                    .value("kind", "trade")
                    .values("detailTypes", "detailType", List.of("Type " + i))
                    .build());
        }
        return Configurations.handlerOnly()
                .value("name", "p" + word(random, 16))
                .element(rules.build())
                .value("delivery", random.nextBoolean() ? "buffered" : "direct")
                .element(Element.group("tables")
                        .value("encryption", random.nextBoolean() ? "customer" : "managed")
                        .build())
                .element(Element.group("alarms").value("topic", "create").build())
                .build();
    }

    private static String word(Random random, int longest) {
        List<String> parts = new ArrayList<>();
        int left = 1 + random.nextInt(longest);
        while (left > 0) {
            int size = Math.min(left, 1 + random.nextInt(8));
            parts.add(random.ints(size, 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString());
            left -= size + 1;
        }
        return String.join("-", parts);
    }
}
