package io.marketpipeline.maven.story;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A line of a publisher's manifest.
 *
 * @param status {@code accepted}, {@code refused} or {@code unknown}
 * @param entryId EventBridge's id of what it accepted
 * @param sentAt when it was sent, where it was accepted
 * @param reason why it wasn't
 */
record Published(
        Path manifest,
        String eventId,
        String sha256,
        String status,
        Optional<String> entryId,
        Optional<Instant> sentAt,
        Optional<String> reason) {}
