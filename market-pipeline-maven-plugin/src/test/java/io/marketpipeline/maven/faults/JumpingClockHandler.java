package io.marketpipeline.maven.faults;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.processor.MarketEventProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.SplittableRandom;

/** The library's handler in a process whose clock jumps by up to a day, forwards and back, every few readings. */
public final class JumpingClockHandler extends MarketPipelineHandler {
    /** Environment variable with the seed of the jumps. */
    public static final String SEED = "FAULTS_SEED";

    public JumpingClockHandler() {
        super(parts -> new MarketEventProcessor(
                parts.toBuilder().clock(new JumpingClock()).build()));
    }

    private static final class JumpingClock extends Clock {
        private static final long LONGEST_JUMP_MILLIS = Duration.ofDays(1).toMillis();

        private final SplittableRandom random = new SplittableRandom(Long.parseLong(System.getenv(SEED)));
        private Duration offset = Duration.ZERO;

        @Override
        public synchronized Instant instant() {
            if (random.nextInt(4) == 0) {
                offset = Duration.ofMillis(random.nextLong(-LONGEST_JUMP_MILLIS, LONGEST_JUMP_MILLIS));
            }
            return Instant.now().plus(offset);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
