package io.marketpipeline.local.gateway;

import java.util.Map;

/**
 * Error codes of the Query protocol by shape name, where the two differ. Services throw shape names; Query answers
 * carry codes, and JSON and CBOR answers carry both, in the body and in {@code x-amzn-query-error}.
 *
 * <p>Source: the {@code error.code} traits of the services' public models.
 */
final class ErrorCodes {
    /** CloudWatch's, version 2010-08-01. */
    private static final Map<String, String> CLOUDWATCH = Map.of(
            "DashboardInvalidInputError", "InvalidParameterInput",
            "DashboardNotFoundError", "ResourceNotFound",
            "InternalServiceFault", "InternalServiceError",
            "InvalidFormatFault", "InvalidFormat",
            "InvalidParameterCombinationException", "InvalidParameterCombination",
            "InvalidParameterValueException", "InvalidParameterValue",
            "LimitExceededFault", "LimitExceeded",
            "MissingRequiredParameterException", "MissingParameter");

    /** SQS's, from its public model of version 2012-11-05. */
    private static final Map<String, String> SQS = Map.of(
            "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
            "QueueNameExists", "QueueAlreadyExists",
            "QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently",
            "PurgeQueueInProgress", "AWS.SimpleQueueService.PurgeQueueInProgress",
            "EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest",
            "TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
            "BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
            "BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong",
            "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation");

    private static final Map<String, Map<String, String>> CODES = Map.of("monitoring", CLOUDWATCH, "sqs", SQS);

    private ErrorCodes() {}

    static String queryCode(String service, String code) {
        return CODES.getOrDefault(service, Map.of()).getOrDefault(code, code);
    }

    /** The header {@code x-amzn-query-error} for services whose JSON and CBOR replaced a Query protocol; else none. */
    static Map<String, String> queryErrorHeader(String service, AwsError error) {
        return CODES.containsKey(service)
                ? Map.of(
                        "x-amzn-query-error",
                        queryCode(service, error.code()) + (error.senderFault() ? ";Sender" : ";Receiver"))
                : Map.of();
    }
}
