package io.marketpipeline.local.events;

import io.marketpipeline.local.gateway.AwsError;

/**
 * Why an event could not be handed to its target, in EventBridge's own error codes.
 *
 * @param retried whether EventBridge tries again: yes for throttling and faults of the service, no for missing
 *     permissions, missing targets and other errors of the request
 */
record DeliveryFailure(String code, String message, boolean retried) {
    static DeliveryFailure noPermissions(String action, String arn) {
        return new DeliveryFailure(
                "NO_PERMISSIONS",
                "User: events.amazonaws.com is not authorized to perform: " + action + " on resource: " + arn
                        + " because no resource-based policy allows the " + action + " action",
                false);
    }

    static DeliveryFailure of(AwsError error) {
        if (error.httpStatus() == 404
                || error.code().contains("NonExistent")
                || error.code().contains("NotExist")) {
            return new DeliveryFailure("NO_RESOURCE", error.message(), false);
        }
        if (error.httpStatus() == 429) {
            return new DeliveryFailure("THROTTLING", error.message(), true);
        }
        return error.httpStatus() >= 500
                ? internal(error.message())
                : new DeliveryFailure("ERROR_FROM_TARGET", error.message(), false);
    }

    static DeliveryFailure internal(String message) {
        return new DeliveryFailure("INTERNAL_ERROR", message, true);
    }
}
