package io.marketpipeline;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom. */
@AnalyzeClasses(packages = "io.marketpipeline", importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
    @ArchTest
    static final ArchRule arrowsFormNoCircle =
            slices().matching("io.marketpipeline.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyDynamodbKnowsTheDynamoDbSdk =
            onlyRoom("dynamodb", "software.amazon.awssdk.services.dynamodb..");

    @ArchTest
    static final ArchRule onlyPublishKnowsTheEventBridgeSdk =
            onlyRoom("publish", "software.amazon.awssdk.services.eventbridge..");

    @ArchTest
    static final ArchRule onlyDeadletterKnowsTheSqsSdk =
            onlyRoom("deadletter", "software.amazon.awssdk.services.sqs..");

    @ArchTest
    static final ArchRule onlyLambdaKnowsTheLambdaRuntime = onlyRoom("lambda", "com.amazonaws.services.lambda..");

    @ArchTest
    static final ArchRule theSdkStaysInItsAdapters = noClasses()
            .that()
            .resideOutsideOfPackages(rooms("dynamodb", "publish", "deadletter"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..");

    @ArchTest
    static final ArchRule textKnowsNobody = knowsOnly("text");

    @ArchTest
    static final ArchRule schemaKnowsHowToWriteTextAndNothingElse = knowsOnly("schema", "text");

    @ArchTest
    static final ArchRule httpKnowsHowToWriteTextAndNoOtherRoom = knowsNoRoomBut("http", "text");

    @ArchTest
    static final ArchRule credentialsKnowHttpAndNoOtherRoom = knowsNoRoomBut("credentials", "http");

    private static ArchRule knowsNoRoomBut(String room, String... others) {
        return classes()
                .that()
                .resideInAPackage("io.marketpipeline." + room + "..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideOutsideOfPackage("io.marketpipeline..")
                        .or(JavaClass.Predicates.resideInAnyPackage(rooms(room)))
                        .or(JavaClass.Predicates.resideInAnyPackage(rooms(others))));
    }

    private static ArchRule knowsOnly(String room, String... others) {
        return classes()
                .that()
                .resideInAPackage("io.marketpipeline." + room + "..")
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("java..", "org.jspecify..")
                        .or(JavaClass.Predicates.resideInAnyPackage(rooms(room)))
                        .or(JavaClass.Predicates.resideInAnyPackage(rooms(others))));
    }

    private static ArchRule onlyRoom(String room, String foreign) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("io.marketpipeline." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(foreign);
    }

    private static String[] rooms(String... names) {
        String[] packages = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            packages[i] = "io.marketpipeline." + names[i] + "..";
        }
        return packages;
    }
}
