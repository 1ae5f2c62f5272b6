package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.store.ReadFailedException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class StackCallsTest {
    private static final String NOT_DEPLOYED = "Could not query the market data: http://127.0.0.1:9 has no stack of"
            + " environment 'dev', or not all of it (Requested resource not found). Deploy it first: mvn"
            + " market-pipeline:deploy -Denv=dev -Dendpoint=http://127.0.0.1:9\nIf it is deployed, this was deleted by hand;"
            + " -DrevertDrift makes it anew";

    private final PipelineConfig config = Configurations.minimal().at(URI.create("http://127.0.0.1:9"));
    private final ResourceNotFoundException notThere = ResourceNotFoundException.builder()
            .awsErrorDetails(AwsErrorDetails.builder()
                    .errorCode("ResourceNotFoundException")
                    .errorMessage("Requested resource not found")
                    .build())
            .build();

    @Test
    void tableThatIsNotThereMeansNotDeployed() {
        assertThatThrownBy(() -> failing(notThere))
                .isInstanceOf(UserFixableException.class)
                .hasMessage(NOT_DEPLOYED);
    }

    @Test
    void readersFailureIsToldByItsCause() {
        assertThatThrownBy(() -> failing(new ReadFailedException("reading failed", notThere)))
                .isInstanceOf(UserFixableException.class)
                .hasMessage(NOT_DEPLOYED);
    }

    private void failing(RuntimeException failure) throws Exception {
        try (AwsClients clients = AwsClients.of(config)) {
            new StackCalls(clients, config).during("query the market data", () -> {
                throw failure;
            });
        }
    }
}
