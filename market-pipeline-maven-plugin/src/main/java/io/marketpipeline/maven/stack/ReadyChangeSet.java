package io.marketpipeline.maven.stack;

import java.util.List;

/**
 * A change set that can be executed.
 *
 * @param id its ARN
 * @param stackId the stack's ARN
 * @param changes what it does, in the order to show it
 */
record ReadyChangeSet(String id, String stackId, List<Change> changes) {
    ReadyChangeSet {
        changes = List.copyOf(changes);
    }
}
