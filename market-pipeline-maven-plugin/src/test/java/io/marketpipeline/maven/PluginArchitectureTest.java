package io.marketpipeline.maven;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plugin's rooms and which way their arrows point. */
@AnalyzeClasses(packages = "io.marketpipeline.maven", importOptions = ImportOption.DoNotIncludeTests.class)
class PluginArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_GOALS_KNOW_MAVEN = noClasses()
            .that()
            .resideOutsideOfPackage("..maven.goal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "org.codehaus.plexus..");

    @ArchTest
    static final ArchRule TEMPLATE_IS_PURE = noClasses()
            .that()
            .resideInAPackage("..maven.template..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "software.amazon..");

    @ArchTest
    static final ArchRule CONFIG_KNOWS_ONLY_ITSELF_AND_NAMES = classes()
            .that()
            .resideInAPackage("..maven.config..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..maven.config..",
                    "io.marketpipeline.schema..",
                    "io.marketpipeline.event..",
                    "java..",
                    "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule NOTHING_KNOWS_GOALS = noClasses()
            .that()
            .resideOutsideOfPackage("..maven.goal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..maven.goal..");

    @ArchTest
    static final ArchRule ROOMS_FORM_NO_CIRCLE =
            slices().matching("io.marketpipeline.maven.(*)..").should().beFreeOfCycles();
}
