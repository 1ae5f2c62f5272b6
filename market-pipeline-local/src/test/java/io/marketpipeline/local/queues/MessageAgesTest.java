package io.marketpipeline.local.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MessageAgesTest {
    private Instant now = Instant.parse("2026-11-20T14:30:00Z");
    private final MessageAges ages = new MessageAges(((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    @Test
    void oldestIsTheFirstOfThoseThatAreNotDeleted() {
        ages.sent("q", "a");
        pass(10);
        ages.sent("q", "b");
        pass(5);

        assertThat(ages.oldestSeconds("q", 2)).isEqualTo(15);
        ages.deleted("q", "a#1");
        assertThat(ages.oldestSeconds("q", 1)).isEqualTo(5);
        ages.deleted("q", "b#1");
        assertThat(ages.oldestSeconds("q", 0)).isZero();
    }

    /** A dead-letter queue that the engine filled seemed to hold nothing, so that its alarm on age never went off. */
    @Test
    void oldestWhenTheEngineMovedMessagesHereCountsFromWhenTheyWereFound() {
        assertThat(ages.oldestSeconds("dead", 0)).isZero();
        pass(60);
        assertThat(ages.oldestSeconds("dead", 2)).isZero();
        pass(40);
        ages.sent("dead", "c");
        pass(2);

        assertThat(ages.oldestSeconds("dead", 3)).isEqualTo(42);
        ages.deleted("dead", "of-a-moved-one#3");
        ages.deleted("dead", "of-another#3");
        assertThat(ages.oldestSeconds("dead", 1)).isEqualTo(2);
    }

    @Test
    void oldestWhenTheEngineMovedMessagesAwayIsThatOfTheRest() {
        ages.sent("q", "a");
        pass(10);
        ages.sent("q", "b");
        pass(5);

        assertThat(ages.oldestSeconds("q", 1)).isEqualTo(5);
    }

    @Test
    void oldestWhenAMessageWasCountedBeforeItsSenderToldOfItIsTheOldestStill() {
        ages.sent("q", "a");
        pass(10);
        assertThat(ages.oldestSeconds("q", 2)).isEqualTo(10);
        ages.sent("q", "b");
        pass(10);

        assertThat(ages.oldestSeconds("q", 2)).isEqualTo(20);
        ages.deleted("q", "a#1");
        assertThat(ages.oldestSeconds("q", 1)).isEqualTo(10);
    }

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }
}
