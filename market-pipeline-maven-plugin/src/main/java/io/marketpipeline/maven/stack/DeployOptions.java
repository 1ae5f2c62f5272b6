package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.config.ElementPlaces;
import java.util.List;
import java.util.Optional;

/**
 * What a person decides for one run, and what helps to tell them more.
 *
 * @param allowDataLoss whether resources that hold data may be replaced or deleted
 * @param waitWhenBusy whether an operation of somebody else is waited for; else it is refused
 * @param skipInRollback logical ids of resources that a rollback which failed leaves as they are
 * @param places where elements of the configuration stand
 * @param again what follows an operation under way, where it is no pipeline's; empty for goal {@code deploy}
 * @param revertDrift whether what was changed by hand is put back, also where the template says nothing new
 */
public record DeployOptions(
        boolean allowDataLoss,
        boolean waitWhenBusy,
        List<String> skipInRollback,
        ElementPlaces places,
        Optional<String> again,
        boolean revertDrift) {
    /** Data stays, others are waited for, nothing is skipped, what was changed by hand is left where it may be. */
    public static final DeployOptions CAREFUL =
            new DeployOptions(false, true, List.of(), ElementPlaces.UNKNOWN, Optional.empty(), false);

    public DeployOptions {
        skipInRollback = List.copyOf(skipInRollback);
    }

    /** The same, but data may go. */
    public DeployOptions allowingDataLoss() {
        return new DeployOptions(true, waitWhenBusy, skipInRollback, places, again, revertDrift);
    }

    /** The same, but others are not waited for. */
    public DeployOptions withoutWaiting() {
        return new DeployOptions(allowDataLoss, false, skipInRollback, places, again, revertDrift);
    }

    /** The same, but a failed rollback leaves these resources as they are. */
    public DeployOptions skipping(List<String> logicalIds) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, logicalIds, places, again, revertDrift);
    }

    /** The same, with more to tell. */
    public DeployOptions telling(ElementPlaces elementPlaces) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, skipInRollback, elementPlaces, again, revertDrift);
    }

    /** The same, for a stack that is no pipeline's. */
    DeployOptions followedBy(String what) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, skipInRollback, places, Optional.of(what), revertDrift);
    }

    /** The same, and what was changed by hand is put back, or isn't. */
    public DeployOptions revertingDrift(boolean revert) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, skipInRollback, places, again, revert);
    }
}
