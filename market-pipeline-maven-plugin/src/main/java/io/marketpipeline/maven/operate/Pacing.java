package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;

/**
 * How fast files are published. Immutable.
 *
 * @param rate events per second, evenly; 0 for no such limit
 * @param speed how many seconds of the tape pass in one second, by the events' own times; 0 to leave those alone
 */
public record Pacing(double rate, double speed) {
    /** As fast as the bus takes events. */
    public static final Pacing FASTEST = new Pacing(0, 0);

    /** Throws {@link UserFixableException} for numbers below zero, and where both are given. */
    public Pacing {
        if (!(rate >= 0) || Double.isInfinite(rate)) {
            throw new UserFixableException(
                    "-Drate is " + rate + ", must be 0 (as fast as possible) or events per second; example: 500");
        }
        if (!(speed >= 0) || Double.isInfinite(speed)) {
            throw new UserFixableException("-Dspeed is " + speed
                    + ", must be 0 (the recorded times don't matter), 1 (as recorded) or a factor; example: 60");
        }
        if (rate > 0 && speed > 0) {
            throw new UserFixableException("-Drate is " + rate + " and -Dspeed is " + speed
                    + ", but events go either evenly or as they were recorded; leave one of them out");
        }
    }

    boolean asRecorded() {
        return speed > 0;
    }
}
