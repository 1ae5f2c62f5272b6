package io.marketpipeline.maven.config;

/**
 * The bus's archive.
 *
 * @param enabled whether there is one
 * @param retentionDays 0 for ever
 */
public record ArchiveConfig(boolean enabled, int retentionDays) {
    static ArchiveConfig read(Reading archive) {
        return new ArchiveConfig(
                archive.flag("enabled", true), archive.integer("retentionDays", 30, 0, 36_500, "days, 0 for ever"));
    }
}
