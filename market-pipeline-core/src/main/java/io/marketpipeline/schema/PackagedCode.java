package io.marketpipeline.schema;

/** What the packaged function says about itself. */
public final class PackagedCode {
    /** Resource with one line: the first 16 hexadecimal digits of the SHA-256 over all else that is packaged. */
    public static final String VERSION_FILE = "META-INF/market-pipeline/code-version";

    private PackagedCode() {}
}
