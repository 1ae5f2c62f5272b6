package io.marketpipeline.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.audit.AuditAnswer;
import io.marketpipeline.audit.AuditRecord;
import io.marketpipeline.audit.AuditStatus;
import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReplicatedWriteConflictException;

class ConditionalPutsTest {
    private static final Instant START = Instant.parse("2026-11-22T20:15:00Z");
    private static final Map<String, AttributeValue> ITEM = Map.of("event_id", AttributeValue.fromS("e"));

    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private final List<PutItemRequest> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = START;

    private final DynamoDbClient client = new DynamoDbClient() {
        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            requests.add(request);
            if (!failures.isEmpty()) {
                throw failures.poll();
            }
            return PutItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private PutAnswer put(Duration remaining) {
        ConditionalPuts puts = puts(pause -> {
            pauses.add(pause);
            now = now.plus(pause);
        });
        return puts.put(ITEM, START.plus(remaining));
    }

    private ConditionalPuts puts(Backoff.Pause pause) {
        return new ConditionalPuts(client, "t", "event_id", () -> now, pause, new ParallelCalls(1));
    }

    @Test
    void putWhenTheServiceStaysBusyEndsAtTheDeadline() {
        for (int i = 0; i < 1000; i++) {
            failures.add(throttled());
        }

        assertThat(put(Duration.ofSeconds(10))).isInstanceOf(PutAnswer.Failed.class);
        assertThat(now).isBeforeOrEqualTo(START.plusSeconds(10));
        assertThat(pauses).hasSizeGreaterThan(10);
    }

    private static RuntimeException throttled() {
        return ProvisionedThroughputExceededException.builder()
                .message("slow down")
                .statusCode(400)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ProvisionedThroughputExceededException")
                        .build())
                .build();
    }

    private static RuntimeException service(int status, String code, String message) {
        return DynamoDbException.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    @Test
    void putWhenFaultsPassTriesAgainWithPauses() {
        failures.add(throttled());
        failures.add(service(503, "ServiceUnavailable", "later"));
        failures.add(service(400, "ThrottlingException", "slow down"));
        failures.add(SdkClientException.create("cut", new SocketTimeoutException("read timed out")));
        failures.add(SdkClientException.create("cut", new IOException("reset")));
        failures.add(SdkClientException.create(
                "unreadable", new IllegalStateException(new UncheckedIOException(new IOException("cut within")))));
        failures.add(ReplicatedWriteConflictException.builder()
                .statusCode(400)
                .message("elsewhere")
                .build());

        assertThat(put(Duration.ofSeconds(20))).isEqualTo(new PutAnswer.Written());
        assertThat(requests).hasSize(8);
        assertThat(pauses).hasSize(7).allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void putWhenThrottledForGoodEndsBeforeTheDeadline() {
        for (int i = 0; i < 10_000; i++) {
            failures.add(throttled());
        }

        assertThat(put(Duration.ofSeconds(10))).isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> {
            assertThat(failed.message()).contains("no time left", "slow down");
            assertThat(failed.cause()).isInstanceOf(ProvisionedThroughputExceededException.class);
        });
        assertThat(now).isBefore(START.plusSeconds(12));
        assertThat(requests).hasSizeGreaterThan(5);
    }

    @Test
    void putWhenNoTimeIsLeftTriesNothing() {
        assertThat(put(Duration.ZERO)).isInstanceOf(PutAnswer.Failed.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void putWhenTimeIsShortLimitsTheCallToIt() {
        put(Duration.ofSeconds(2));
        put(Duration.ofSeconds(20));

        assertThat(requests.get(0).overrideConfiguration().orElseThrow().apiCallTimeout())
                .contains(Duration.ofSeconds(2));
        assertThat(requests.get(1).overrideConfiguration()).isEmpty();
    }

    @Test
    void putWhenRefusedForGoodTriesOnce() {
        failures.add(service(400, "AccessDeniedException", "may not put"));

        assertThat(put(Duration.ofSeconds(20)))
                .isInstanceOfSatisfying(PutAnswer.Failed.class, failed -> assertThat(failed.message())
                        .contains("table t", "may not put"));
        assertThat(requests).hasSize(1);
    }

    @Test
    void putWhenItemIsTooLargeSaysSo() {
        failures.add(service(400, "ValidationException", "Item size has exceeded the maximum allowed size"));

        assertThat(put(Duration.ofSeconds(20))).isInstanceOf(PutAnswer.TooLarge.class);
    }

    @Test
    void putWhenInterruptedEndsAndKeepsTheFlag() {
        failures.add(throttled());
        ConditionalPuts puts = puts(pause -> {
            throw new InterruptedException();
        });

        assertThat(puts.put(ITEM, START.plusSeconds(20))).isInstanceOf(PutAnswer.Failed.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void offlineTablesTakeWritesWithoutNetworkAndCredentials() {
        try (DynamoDbTables tables = DynamoDbTables.offline()) {
            AuditRecord record =
                    AuditRecord.builder(AuditStatus.SUCCESS, "prime").build();

            assertThat(tables.auditTrail("none")
                            .record(List.of(record), Instant.now().plusSeconds(60)))
                    .containsExactly(new AuditAnswer.Recorded());
        }
    }
}
