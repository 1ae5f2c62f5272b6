package io.marketpipeline.maven.config;

import java.util.Locale;

/** What the function may do to its tables and logs. */
public enum Access {
    /** Put rows and audit records, send dead letters, write its log. */
    LEAST,
    /** What the Terraform original granted: reading and updating both tables and their indexes, too. */
    ORIGINAL;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
