package io.marketpipeline.maven.aws;

/**
 * What the SDK's signers write about their work. At debug level, which {@code mvn -X} sets for all, they write each
 * signed header with its value: the session token, too, which is a secret.
 */
final class SignerLog {
    /** How Maven's logging finds a logger's level, by the longest part of its name, when the logger is made. */
    private static final String LEVEL = "org.slf4j.simpleLogger.log.";

    private SignerLog() {}

    /** Leaves out those lines. To be called before a client signs for the first time. */
    static void silence() {
        System.setProperty(LEVEL + "software.amazon.awssdk.http.auth.aws.internal.signer", "info");
        System.setProperty(LEVEL + "software.amazon.awssdk.auth.signer", "info");
    }
}
