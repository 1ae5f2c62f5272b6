package io.marketpipeline.maven.permission;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The AWS calls that each goal's compiled code can reach: every method that {@code run} calls, and what those call. A call of
 * an interface or of a method that can be overridden reaches every implementation.
 */
final class ReachedCalls {
    private static final String GOALS = "io.marketpipeline.maven.goal.";
    private static final String CLIENTS = "software.amazon.awssdk.services.";
    private static final Map<String, String> SERVICES = Map.of("eventbridge", "events", "cloudwatchlogs", "logs");
    private static final Set<String> NO_OPERATIONS =
            Set.of("builder", "create", "close", "serviceClientConfiguration", "utilities");

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/marketpipeline/local/"))
            .importPackages("io.marketpipeline");

    /** By goal, as {@code service:Operation}. */
    Map<String, Set<String>> byGoal() {
        Map<String, Set<String>> calls = new TreeMap<>();
        classes.stream()
                .filter(type -> type.getName().startsWith(GOALS))
                .filter(type -> type.isAnnotatedWith("org.apache.maven.plugins.annotations.Mojo"))
                .forEach(type -> calls.put(goal(type), of(type)));
        return calls;
    }

    private static String goal(JavaClass type) {
        String name = type.getSimpleName().replaceFirst("Mojo$", "");
        return name.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private Set<String> of(JavaClass goal) {
        Set<String> operations = new TreeSet<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(goal.getCodeUnits());
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (seen.add(unit)) {
                for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
                    if (access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target) {
                        operation(target, operations);
                        open.addAll(reached(target));
                    }
                }
            }
        }
        return operations;
    }

    private static void operation(AccessTarget.CodeUnitAccessTarget target, Set<String> operations) {
        String owner = target.getOwner().getName();
        if (owner.matches("software\\.amazon\\.awssdk\\.services\\..*Client")
                && !NO_OPERATIONS.contains(target.getName())) {
            String service = owner.substring(CLIENTS.length()).replaceFirst("\\..*", "");
            String name = target.getName().replaceFirst("(Paginator|AsBytes)$", "");
            operations.add(SERVICES.getOrDefault(service, service) + ":" + Character.toUpperCase(name.charAt(0))
                    + name.substring(1));
        }
    }

    private Set<JavaCodeUnit> reached(AccessTarget.CodeUnitAccessTarget target) {
        Set<JavaCodeUnit> reached = new HashSet<>();
        if (!target.getOwner().getName().startsWith("io.marketpipeline.")) {
            return reached;
        }
        target.resolveMember().ifPresent(member -> reached.add((JavaCodeUnit) member));
        for (JavaClass subclass : target.getOwner().getAllSubclasses()) {
            subclass.getMethods().stream()
                    .filter(method -> method.getName().equals(target.getName()))
                    .filter(method -> method.getRawParameterTypes().equals(target.getRawParameterTypes()))
                    .forEach(reached::add);
        }
        return reached;
    }
}
