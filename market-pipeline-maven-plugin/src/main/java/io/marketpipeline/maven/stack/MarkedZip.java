package io.marketpipeline.maven.stack;

import io.marketpipeline.text.Sha256Hex;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A zip with a comment behind its entries: the same files under another hash.
 *
 * @param bytes the marked zip; not to be changed
 * @param sha256 its hash
 * @param original the hash without the mark
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; megabytes that need no copy.
record MarkedZip(byte[] bytes, String sha256, String original) {
    private static final String COMMENT = "market-pipeline: fast deployment";

    /** The zip's last record without a comment (APPNOTE.TXT, 4.3.16): its last two bytes are the comment's length. */
    private static final int END_RECORD = 22;

    private static final byte[] END_SIGNATURE = {'P', 'K', 5, 6};

    /**
     * The zip with the mark.
     *
     * @throws IllegalArgumentException where it has a comment already, or is no zip
     */
    static MarkedZip of(byte[] zip) {
        int end = zip.length - END_RECORD;
        if (end < 0 || !Arrays.equals(END_SIGNATURE, Arrays.copyOfRange(zip, end, end + END_SIGNATURE.length))) {
            throw new IllegalArgumentException("not a zip without a comment");
        }
        byte[] comment = COMMENT.getBytes(StandardCharsets.US_ASCII);
        byte[] marked = Arrays.copyOf(zip, zip.length + comment.length);
        marked[zip.length - 2] = (byte) comment.length;
        System.arraycopy(comment, 0, marked, zip.length, comment.length);
        return new MarkedZip(marked, Sha256Hex.of(marked), Sha256Hex.of(zip));
    }
}
