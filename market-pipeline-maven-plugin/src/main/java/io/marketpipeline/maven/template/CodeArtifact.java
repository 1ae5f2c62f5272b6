package io.marketpipeline.maven.template;

/**
 * The function's zip.
 *
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 */
public record CodeArtifact(String sha256) {
    /** Stands for a zip that isn't built yet, so that a template can be checked without one. */
    public static final CodeArtifact UNKNOWN = new CodeArtifact("0".repeat(64));

    public CodeArtifact {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
    }

    /** Key in the artifact bucket: the same bytes have the same key. */
    public String key() {
        return "functions/" + sha256 + ".zip";
    }
}
