package io.marketpipeline.wire;

import io.marketpipeline.deadletter.DeadLetters;
import io.marketpipeline.deadletter.DeadLettersContract;
import io.marketpipeline.deadletter.FakeQueue;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

class WireDeadLettersTest extends DeadLettersContract {
    private AwsWire wire;

    @Override
    protected DeadLetters open(FakeQueue queue, String url) {
        wire = AwsWire.open(Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "k",
                "AWS_SECRET_ACCESS_KEY", "s",
                "AWS_ENDPOINT_URL", queue.endpoint().toString()));
        return wire.deadLetters(url);
    }

    @AfterEach
    void closeWire() {
        wire.close();
    }
}
