package io.marketpipeline.maven.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.config.RandomConfigurations;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the template of any valid configuration. */
class AnyTemplateTest {
    private static final Pattern REFERENCE = Pattern.compile("!(?:Ref|GetAtt) ([A-Za-z0-9]+)");
    private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([A-Za-z0-9]+)(?:\\.[A-Za-z]+)?}");

    static LongStream seeds() {
        return LongStream.range(0, 400)
                .filter(seed -> RandomConfigurations.of(seed).isPresent());
    }

    @Test
    void mostSeedsMakeAValidConfiguration() {
        assertThat(seeds().count()).isGreaterThan(200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sameConfigurationGivesTheSameBytes(long seed) {
        assertThat(template(seed).yaml()).isEqualTo(template(seed).yaml());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyReferenceNamesSomethingOfTheTemplate(long seed) {
        Template template = template(seed);
        Set<String> known = new TreeSet<>(template.resourceTypes().keySet());
        known.add(PipelineTemplate.ARTIFACT_BUCKET_PARAMETER);

        Set<String> named = new TreeSet<>();
        Matcher reference = REFERENCE.matcher(template.yaml());
        while (reference.find()) {
            named.add(reference.group(1));
        }
        template.yaml().lines().filter(line -> line.contains("!Sub ")).forEach(line -> {
            Matcher inText = IN_TEXT.matcher(line);
            while (inText.find()) {
                named.add(inText.group(1));
            }
        });

        assertThat(known).containsAll(named);
    }

    /** CloudFormation infers no order from a name that is written out. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatNamesTheAliasByALiteralWaitsForIt(long seed) {
        Template template = template(seed);

        template.resource("FunctionInvokeConfig").ifPresent(invokeConfig -> assertThat(
                        invokeConfig.body().entries().get("DependsOn"))
                .isEqualTo(LogicalIds.ALIAS));
    }

    private static Template template(long seed) {
        return PipelineTemplate.of(RandomConfigurations.of(seed).orElseThrow(), CodeArtifact.UNKNOWN);
    }
}
