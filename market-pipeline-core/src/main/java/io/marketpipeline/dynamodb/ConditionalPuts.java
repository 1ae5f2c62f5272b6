package io.marketpipeline.dynamodb;

import io.marketpipeline.puts.Backoff;
import io.marketpipeline.puts.Backoff.Pause;
import io.marketpipeline.puts.ItemPuts;
import io.marketpipeline.puts.ParallelCalls;
import io.marketpipeline.puts.PutAnswer;
import io.marketpipeline.schema.TableItem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReplicatedWriteConflictException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Puts an item where none is, and answers with the one that is there otherwise. Tries again what may pass (throttling, a
 * fault of the service, a cut connection), with jitter, until a deadline. Thread-safe.
 */
final class ConditionalPuts implements ItemPuts {
    /** Below this the SDK's own limit per try (its HTTP client's time-outs) might outlast the deadline. */
    private static final Duration TIGHT = Duration.ofSeconds(6);

    /** No try begins with less than this: it could hardly succeed. */
    private static final Duration LEAST = Duration.ofMillis(20);

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;
    private final Pause pause;
    private final ParallelCalls calls;
    private final UnaryOperator<PutItemRequest.Builder> target;

    ConditionalPuts(
            DynamoDbClient client,
            String table,
            String keyAttribute,
            InstantSource clock,
            Pause pause,
            ParallelCalls calls) {
        this.client = client;
        this.table = table;
        this.clock = clock;
        this.pause = pause;
        this.calls = calls;
        String condition = "attribute_not_exists(" + keyAttribute + ")";
        this.target = request -> request.tableName(table)
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    }

    @Override
    public List<PutAnswer> put(List<? extends TableItem> items, Instant deadline) {
        return calls.map(items, item -> put(Items.of(item), deadline));
    }

    PutAnswer put(Map<String, AttributeValue> item, Instant deadline) {
        Backoff backoff = new Backoff();
        String last = "there was no time left for the first try";
        Throwable cause = null;
        for (int tries = 1; ; tries++) {
            Duration remaining = Duration.between(clock.instant(), deadline);
            if (remaining.compareTo(LEAST) < 0) {
                return failed("no time left after " + (tries - 1) + " tries; last: " + last, cause);
            }
            try {
                return tryOnce(item, remaining);
            } catch (SdkException e) {
                if (!mayPass(e)) {
                    return refused(e);
                }
                last = describe(e);
                cause = e;
            }
            if (!pause.ended(backoff.next(deadline, clock))) {
                return failed("interrupted after " + tries + " tries; last: " + last, cause);
            }
        }
    }

    private PutAnswer tryOnce(Map<String, AttributeValue> item, Duration remaining) {
        PutItemRequest.Builder request = target.apply(PutItemRequest.builder()).item(item);
        if (remaining.compareTo(TIGHT) < 0) {
            request.overrideConfiguration(limits -> limits.apiCallTimeout(remaining));
        }
        try {
            client.putItem(request.build());
            return new PutAnswer.Written();
        } catch (ConditionalCheckFailedException e) {
            return new PutAnswer.Taken(Items.existing(e.item()));
        }
    }

    private static boolean mayPass(SdkException e) {
        if (e instanceof DynamoDbException service) {
            return service.isThrottlingException()
                    || service.statusCode() >= 500
                    || e instanceof TransactionConflictException
                    || e instanceof ReplicatedWriteConflictException
                    || isNameless(service);
        }
        return e.retryable() || e instanceof ApiCallTimeoutException || isCut(e);
    }

    /** An error whose body broke off before its name. */
    private static boolean isNameless(DynamoDbException service) {
        AwsErrorDetails details = service.awsErrorDetails();
        return details == null
                || details.errorCode() == null
                || details.errorCode().isEmpty();
    }

    /** An answer that breaks off is told as one that can't be read, with the network's failure beneath. */
    private static boolean isCut(@Nullable Throwable failure) {
        return failure != null && (failure instanceof IOException || isCut(failure.getCause()));
    }

    private PutAnswer failed(String message, @Nullable Throwable cause) {
        return new PutAnswer.Failed("table " + table + ": " + message, cause);
    }

    private PutAnswer refused(SdkException e) {
        boolean tooLarge = e instanceof DynamoDbException service
                && service.awsErrorDetails() != null
                && "ValidationException".equals(service.awsErrorDetails().errorCode())
                && String.valueOf(e.getMessage()).contains("Item size");
        return tooLarge ? new PutAnswer.TooLarge(describe(e)) : failed(describe(e), e);
    }

    private static String describe(SdkException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
}
