package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.template.PipelineTemplate;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;

/** Invokes the version behind the {@code live} alias, as the rules do, but waits for the answer. Thread-safe. */
final class LiveFunction implements FunctionCall {
    private final LambdaClient client;
    private final String function;

    LiveFunction(LambdaClient client, String function) {
        this.client = client;
        this.function = function;
    }

    @Override
    public FunctionAnswer invoke(byte[] payload) {
        try {
            InvokeResponse response = client.invoke(request -> request.functionName(function)
                    .qualifier(PipelineTemplate.ALIAS_NAME)
                    .invocationType(InvocationType.REQUEST_RESPONSE)
                    .payload(SdkBytes.fromByteArrayUnsafe(payload)));
            return FunctionAnswer.of(
                    Optional.ofNullable(response.functionError()),
                    response.payload().asUtf8String());
        } catch (InvalidRequestContentException | RequestTooLargeException e) {
            return FunctionAnswer.failed(
                    "Lambda doesn't take it: " + e.awsErrorDetails().errorMessage());
        }
    }
}
