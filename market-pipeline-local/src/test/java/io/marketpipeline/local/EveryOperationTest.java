package io.marketpipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Finds operations that no test calls with AWS's own Java clients, by looking at what the tests are compiled to. */
@ExtendWith(SharedEndpoint.class)
class EveryOperationTest {
    private static final String CLIENTS = "software.amazon.awssdk.services.";

    /** Services by the SDK's package, where they differ. */
    private static final Map<String, String> SERVICES = Map.of("eventbridge", "events", "cloudwatchlogs", "logs");

    /** Methods of clients that are another operation's, with more comfort. */
    private static final Map<String, String> COMFORTS = Map.of("getObjectAsBytes", "getObject");

    @Test
    void everyOperationIsCalledWithTheSdk() {
        JavaClasses tests = new ClassFileImporter().importPackages("io.marketpipeline.local");
        Map<String, Set<String>> called = new TreeMap<>();
        tests.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call ->
                        call.getTargetOwner().getName().matches("software\\.amazon\\.awssdk\\.services\\..*Client"))
                .forEach(call -> called.computeIfAbsent(service(call), name -> new TreeSet<>())
                        .add(operation(call)));

        Map<String, Set<String>> untested = new TreeMap<>();
        SharedEndpoint.operations().forEach((service, operations) -> {
            Set<String> missing = new TreeSet<>(operations);
            missing.removeAll(called.getOrDefault(service, Set.of()));
            if (!missing.isEmpty()) {
                untested.put(service, missing);
            }
        });
        assertThat(untested).isEmpty();
    }

    private static String service(JavaMethodCall call) {
        String name =
                call.getTargetOwner().getName().substring(CLIENTS.length()).replaceFirst("\\..*", "");
        return SERVICES.getOrDefault(name, name);
    }

    private static String operation(JavaMethodCall call) {
        String name = COMFORTS.getOrDefault(call.getName(), call.getName()).replaceFirst("Paginator$", "");
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
