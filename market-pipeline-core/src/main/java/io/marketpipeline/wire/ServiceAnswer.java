package io.marketpipeline.wire;

import org.jspecify.annotations.Nullable;

/** What a service said to one call in the end. */
sealed interface ServiceAnswer {
    /** It did it. */
    record Done(HttpAnswer http) implements ServiceAnswer {}

    /**
     * It refused, and would again.
     *
     * @param code the error's name without namespace, such as {@code AccessDeniedException}
     */
    record Refused(String code, String message, HttpAnswer http) implements ServiceAnswer {}

    /** Not known: the time was over, or the service was unreachable. */
    record Unknown(String message, @Nullable Throwable cause) implements ServiceAnswer {}
}
