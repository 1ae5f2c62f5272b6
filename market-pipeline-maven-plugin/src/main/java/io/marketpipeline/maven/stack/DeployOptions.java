package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.config.ElementPlaces;
import java.util.List;

/**
 * What a person decides for one run, and what helps to tell them more.
 *
 * @param allowDataLoss whether resources that hold data may be replaced or deleted
 * @param waitWhenBusy whether an operation of somebody else is waited for; else it is refused
 * @param skipInRollback logical ids of resources that a rollback which failed leaves as they are
 * @param places where elements of the configuration stand
 * @param follow the command that follows an operation under way
 * @param revertDrift whether what was changed by hand is put back, also where the template says nothing new
 */
public record DeployOptions(
        boolean allowDataLoss,
        boolean waitWhenBusy,
        List<String> skipInRollback,
        ElementPlaces places,
        String follow,
        boolean revertDrift) {
    /** Data stays, others are waited for, nothing is skipped, what was changed by hand is left where it may be. */
    public static final DeployOptions CAREFUL = new DeployOptions(
            false, true, List.of(), ElementPlaces.UNKNOWN, "mvn market-pipeline:deploy -Dattach -Denv=...", false);

    public DeployOptions {
        skipInRollback = List.copyOf(skipInRollback);
    }

    /** The same, but data may go. */
    public DeployOptions allowingDataLoss() {
        return new DeployOptions(true, waitWhenBusy, skipInRollback, places, follow, revertDrift);
    }

    /** The same, but others are not waited for. */
    public DeployOptions withoutWaiting() {
        return new DeployOptions(allowDataLoss, false, skipInRollback, places, follow, revertDrift);
    }

    /** The same, but a failed rollback leaves these resources as they are. */
    public DeployOptions skipping(List<String> logicalIds) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, logicalIds, places, follow, revertDrift);
    }

    /** The same, with more to tell. */
    public DeployOptions telling(ElementPlaces elementPlaces, String followCommand) {
        return new DeployOptions(
                allowDataLoss, waitWhenBusy, skipInRollback, elementPlaces, followCommand, revertDrift);
    }

    /** The same, and what was changed by hand is put back, or isn't. */
    public DeployOptions revertingDrift(boolean revert) {
        return new DeployOptions(allowDataLoss, waitWhenBusy, skipInRollback, places, follow, revert);
    }
}
