package io.marketpipeline.maven.template;

import java.util.List;

/** Policy documents and their statements. */
final class Policies {
    private Policies() {}

    static Properties document(List<Properties> statements) {
        return Properties.of("Version", "2012-10-17").with("Statement", statements);
    }

    static Properties allow(String sid, List<String> actions, Object resources) {
        return Properties.of("Sid", sid)
                .with("Effect", "Allow")
                .with("Action", actions)
                .with("Resource", resources);
    }

    static Properties allowService(String sid, Object service, List<String> actions, Object resource) {
        return Properties.of("Sid", sid)
                .with("Effect", "Allow")
                .with("Principal", Properties.of("Service", service))
                .with("Action", actions)
                .with("Resource", resource);
    }

    /** Refuses every call that doesn't come over TLS. */
    static Properties tlsOnly(String actions, Object resource) {
        return Properties.of("Sid", "DenyWithoutTls")
                .with("Effect", "Deny")
                .with("Principal", "*")
                .with("Action", actions)
                .with("Resource", resource)
                .with("Condition", Properties.of("Bool", Properties.of("aws:SecureTransport", "false")));
    }
}
