package io.marketpipeline.maven.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.local.cloudformation.resource.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The local endpoint has what goals, core and templates need, and nothing else without a reason. Needed are the calls of the
 * SDK's clients that the classes are compiled to, the types in the golden templates, and the operations whose names the local
 * CloudFormation's classes have as constants; the reasons for the rest are data, in local-endpoint-operations.txt.
 */
class OfferedOperationsTest {
    private static final String CLIENTS = "software.amazon.awssdk.services.";
    private static final Map<String, String> SERVICES = Map.of("eventbridge", "events", "cloudwatchlogs", "logs");
    private static final Pattern REASON = Pattern.compile("([a-z0-9]+): ([A-Za-z0-9 ]+) # .+");

    /** Methods of clients that send nothing. */
    private static final Set<String> NO_OPERATIONS =
            Set.of("builder", "create", "close", "serviceClientConfiguration", "utilities");

    private static Map<String, Set<String>> offered = Map.of();

    @BeforeAll
    static void ask() throws IOException {
        try (LocalEndpoint endpoint =
                LocalEndpoint.start(LocalOptions.defaults().withPort(0))) {
            offered = endpoint.operations();
        }
    }

    @Test
    void resourceTypesAreThoseOfTheTemplates() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String template : Set.of("minimal", "prod", "buffered", "artifact-bucket")) {
            Matcher type =
                    Pattern.compile("(?m)^    Type: (AWS::\\S+)$").matcher(text("/templates/" + template + ".yaml"));
            while (type.find()) {
                used.add(type.group(1));
            }
        }

        assertThat(Resources.types()).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void operationsThatGoalsAndCoreCallAreOffered() {
        assertThat(without(called(), offered)).isEmpty();
    }

    @Test
    void operationsWithAReasonAreOfferedAndNotNeededOtherwise() throws IOException {
        Map<String, Set<String>> reasons = withReason();

        assertThat(without(reasons, offered)).isEmpty();
        assertThat(without(reasons, without(without(reasons, called()), provisioning())))
                .as("operations that are needed without a reason of their own")
                .isEmpty();
    }

    @Test
    void operationsThatNobodyNeedsAreNotOffered() throws IOException {
        Map<String, Set<String>> rest = without(without(without(offered, called()), provisioning()), withReason());

        assertThat(rest).isEmpty();
    }

    /** What the compiled goals and the compiled core call. */
    private static Map<String, Set<String>> called() {
        Map<String, Set<String>> called = new TreeMap<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .withImportOption(location -> !location.contains("/io/marketpipeline/local/"))
                        .importPackages("io.marketpipeline")
                        .stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner()
                                .getName()
                                .matches("software\\.amazon\\.awssdk\\.services\\..*Client"))
                        .filter(call -> !NO_OPERATIONS.contains(call.getName()))
                        .forEach(call -> add(called, service(call), operation(call)));
        return called;
    }

    /** What the local CloudFormation calls to provision resources, and to read what is in its stacks. */
    private static Map<String, Set<String>> provisioning() {
        StringBuilder constants = new StringBuilder();
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.marketpipeline.local.cloudformation.resource")
                .forEach(type -> constants.append(classFile(type.getName())));
        Map<String, Set<String>> provisioning = new TreeMap<>();
        offered.forEach((service, operations) -> operations.stream()
                .filter(operation -> constants.indexOf(constant(operation)) >= 0)
                .forEach(operation -> add(provisioning, service, operation)));
        return provisioning;
    }

    /** A text in a class file: tag 1, two bytes of length, the text (JVM specification, 4.4.7). */
    private static String constant(String text) {
        return "\u0001\u0000" + (char) text.length() + text;
    }

    private static String classFile(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Set<String>> withReason() throws IOException {
        Map<String, Set<String>> reasons = new TreeMap<>();
        text("/local-endpoint-operations.txt")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    Matcher reason = REASON.matcher(line);
                    assertThat(reason.matches()).as(line).isTrue();
                    Stream.of(reason.group(2).split(" ", -1))
                            .forEach(operation -> add(reasons, reason.group(1), operation));
                });
        return reasons;
    }

    private static Map<String, Set<String>> without(Map<String, Set<String>> from, Map<String, Set<String>> taken) {
        Map<String, Set<String>> result = new TreeMap<>();
        from.forEach((service, operations) -> operations.stream()
                .filter(operation -> !taken.getOrDefault(service, Set.of()).contains(operation))
                .forEach(operation -> add(result, service, operation)));
        return result;
    }

    private static void add(Map<String, Set<String>> map, String service, String operation) {
        map.computeIfAbsent(service, key -> new TreeSet<>()).add(operation);
    }

    private static String service(JavaMethodCall call) {
        String name =
                call.getTargetOwner().getName().substring(CLIENTS.length()).replaceFirst("\\..*", "");
        return SERVICES.getOrDefault(name, name);
    }

    private static String operation(JavaMethodCall call) {
        String name = call.getName().replaceFirst("(Paginator|AsBytes)$", "");
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = OfferedOperationsTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
