package io.marketpipeline.wire;

import org.jspecify.annotations.Nullable;

/**
 * An HTTP answer.
 *
 * @param date when the service sent it, as the header says; null where there is none
 * @param body the caller's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor printed
record HttpAnswer(int status, @Nullable String date, byte[] body) {
    /** Whether the service failed or is busy, which may pass. */
    boolean isFault() {
        return status >= 500 || status == 429;
    }
}
