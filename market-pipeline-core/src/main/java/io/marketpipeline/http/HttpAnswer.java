package io.marketpipeline.http;

/**
 * An HTTP answer.
 *
 * @param body the caller's
 */
@SuppressWarnings("ArrayRecordComponent") // never compared nor printed
public record HttpAnswer(int status, byte[] body) {
    /** Whether the service failed, is busy, or had given a kept connection up (408), which may pass. */
    public boolean isFault() {
        return status >= 500 || status == 429 || status == 408;
    }
}
