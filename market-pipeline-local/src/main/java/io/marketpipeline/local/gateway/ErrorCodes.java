package io.marketpipeline.local.gateway;

import java.util.Map;

/**
 * Error codes of CloudWatch's Query protocol by shape name, where the two differ. Services throw shape names; Query answers
 * carry codes, and JSON and CBOR answers carry both, in the body and in {@code x-amzn-query-error}.
 *
 * <p>Source: the {@code error.code} traits of the service's public model, version 2010-08-01.
 */
final class ErrorCodes {
    private static final Map<String, String> CLOUDWATCH = Map.of(
            "DashboardInvalidInputError", "InvalidParameterInput",
            "DashboardNotFoundError", "ResourceNotFound",
            "InternalServiceFault", "InternalServiceError",
            "InvalidFormatFault", "InvalidFormat",
            "InvalidParameterCombinationException", "InvalidParameterCombination",
            "InvalidParameterValueException", "InvalidParameterValue",
            "LimitExceededFault", "LimitExceeded",
            "MissingRequiredParameterException", "MissingParameter");

    private ErrorCodes() {}

    static String queryCode(String service, String code) {
        return service.equals("monitoring") ? CLOUDWATCH.getOrDefault(code, code) : code;
    }

    /** The header {@code x-amzn-query-error} for services whose JSON and CBOR replaced a Query protocol; else none. */
    static Map<String, String> queryErrorHeader(String service, AwsError error) {
        return service.equals("monitoring") || service.equals("sqs")
                ? Map.of(
                        "x-amzn-query-error",
                        queryCode(service, error.code()) + (error.senderFault() ? ";Sender" : ";Receiver"))
                : Map.of();
    }
}
