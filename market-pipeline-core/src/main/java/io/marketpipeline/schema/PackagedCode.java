package io.marketpipeline.schema;

/** What the packaged function says about itself. */
public final class PackagedCode {
    /** Resource with one line: the project's version, a hyphen, and the start of the hash over all that is packaged. */
    public static final String VERSION_FILE = "META-INF/market-pipeline/code-version";

    private PackagedCode() {}
}
