package io.marketpipeline.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String ROOT = "io.marketpipeline.local";
    private static final List<String> SERVICES = List.of(
            "cloudformation",
            "events",
            "function",
            "identity",
            "keys",
            "logs",
            "monitoring",
            "notifications",
            "queues",
            "storage",
            "tables");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void serviceKnowsNoOtherServiceAndNotTheRoot() {
        for (String service : SERVICES) {
            String[] others = SERVICES.stream()
                    .filter(other -> !other.equals(service))
                    .map(ArchitectureTest::packageOf)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(packageOf(service))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT)
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }

    @Test
    void gatewayKnowsNoService() {
        noClasses()
                .that()
                .resideInAPackage(packageOf("gateway"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        SERVICES.stream().map(ArchitectureTest::packageOf).toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void engineTypesStayInTheirServices() {
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("tables"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.amazonaws.services.dynamodbv2..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(packageOf("queues"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.elasticmq..", "org.apache.pekko..", "scala..")
                .check(CLASSES);
    }

    private static String packageOf(String name) {
        return ROOT + "." + name + "..";
    }
}
