package io.marketpipeline.wire;

/**
 * An HTTP answer.
 *
 * @param body the caller's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor printed
record HttpAnswer(int status, byte[] body) {
    /** Whether the service failed or is busy, which may pass. */
    boolean isFault() {
        return status >= 500 || status == 429;
    }
}
