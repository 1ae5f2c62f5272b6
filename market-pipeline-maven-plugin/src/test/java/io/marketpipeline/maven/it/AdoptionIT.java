package io.marketpipeline.maven.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.local.LocalEndpoint;
import io.marketpipeline.local.LocalOptions;
import io.marketpipeline.maven.adopt.Adoption;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** What an import refuses before it touches anything, and what it says of an original that is there by half. */
class AdoptionIT {
    private static LocalEndpoint endpoint;
    private final List<String> lines = new ArrayList<>();

    @BeforeAll
    static void startEndpoint() throws IOException {
        endpoint = LocalEndpoint.start(LocalOptions.defaults().withPort(0));
    }

    @AfterAll
    static void endEndpoint() {
        endpoint.close();
    }

    @Test
    void importWhenNothingIsThereNamesWhatToCheck() {
        assertThatThrownBy(() -> adopt("nothing"))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("There is nothing to take over at http://127.0.0.1:")
                .hasMessageContaining("-Denv (nothing) must be the original's environment_suffix");
    }

    @Test
    void importWhenATableHasAnotherKeyNamesBoth() {
        try (OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "keyed")) {
            original.dynamoDb.createTable(request -> request.tableName("market-data-keyed")
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build())
                    .keySchema(KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build()));
        }

        assertThatThrownBy(() -> adopt("keyed"))
                .hasMessageContaining(
                        "Table market-data-keyed can't be taken over: its key is id HASH, the pipeline's is"
                                + " event_id HASH, timestamp RANGE");
    }

    @Test
    void importWhenAnotherRuleFeedsTheFunctionNamesIt() throws Exception {
        try (OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "fed")) {
            original.apply("java21", "com.example.Original", OriginalByTerraform.anyZip());
            original.events.putRule(request -> request.name("halts-rule-fed")
                    .eventBusName("market-data-bus-fed")
                    .eventPattern("{\"source\":[\"x\"]}"));
            original.events.putTargets(request -> request.rule("halts-rule-fed")
                    .eventBusName("market-data-bus-fed")
                    .targets(Target.builder()
                            .id("halts")
                            .arn(original.lambda
                                    .getFunctionConfiguration(function -> function.functionName("market-processor-fed"))
                                    .functionArn())
                            .build()));
        }

        assertThatThrownBy(() -> adopt("fed"))
                .hasMessageContaining("Rule halts-rule-fed hands events to the function by its target halts")
                .hasMessageContaining("Name the rule in <rules>, or delete it");
    }

    @Test
    void importWhenTheStackHasOnlyAPartNamesTheRest() throws Exception {
        try (OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "half");
                AwsClients clients = AwsClients.of(config("half"))) {
            original.tables();
            Adoption.of(clients, config("half"), console()).takeOver();
            original.rest("java21", "com.example.Original", OriginalByTerraform.anyZip());
        }

        assertThatThrownBy(() -> adopt("half"))
                .hasMessageContaining("Stack market-pipeline-half has resources of its own, but not EventBus,")
                .hasMessageContaining("Only a stack without resources can take the original over");
    }

    @Test
    void tellWhenOnlyTheTablesAreThereSaysWhatWillBeMade() throws Exception {
        try (OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "tables")) {
            original.tables();
        }

        adopt("tables");

        assertThat(lines)
                .anyMatch(line ->
                        line.matches(" +=  market-data-tables +AWS::DynamoDB::Table +taken over with what it holds"))
                .anyMatch(line -> line.matches(
                        " +[+]  market-processor-tables +AWS::Lambda::Function +isn't there, will be made"));
    }

    @Test
    void importWhenItIsDoneLeavesTheResourcesInTheStack() throws Exception {
        try (OriginalByTerraform original = new OriginalByTerraform(endpoint.uri(), "taken");
                AwsClients clients = AwsClients.of(config("taken"))) {
            original.apply("java21", "com.example.Original", OriginalByTerraform.anyZip());

            Adoption.of(clients, config("taken"), console()).takeOver();

            assertThat(clients.cloudFormation()
                            .describeStacks(request -> request.stackName("market-pipeline-taken"))
                            .stacks())
                    .singleElement()
                    .satisfies(stack -> assertThat(stack.stackStatus()).isEqualTo(StackStatus.IMPORT_COMPLETE));
            assertThat(clients.cloudFormation()
                            .listStackResources(request -> request.stackName("market-pipeline-taken"))
                            .stackResourceSummaries())
                    .hasSize(11);
            assertThat(original.lambda
                            .getFunctionConfiguration(function -> function.functionName("market-processor-taken"))
                            .handler())
                    .isEqualTo("com.example.Original");
        }
    }

    private void adopt(String environment) {
        PipelineConfig config = config(environment);
        try (AwsClients clients = AwsClients.of(config)) {
            Adoption.of(clients, config, console()).tell();
        }
    }

    private Console console() {
        return Console.of(lines::add, lines::add, System.out, false, false);
    }

    private static PipelineConfig config(String environment) {
        return Configurations.read(environment, Configurations.handlerOnly().build())
                .at(endpoint.uri());
    }
}
