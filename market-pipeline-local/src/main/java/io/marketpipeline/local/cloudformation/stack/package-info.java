/**
 * Stacks: what a change set would change, doing it, undoing it, and what happened. Calls services through
 * {@code cloudformation.resource} only.
 */
@NullMarked
package io.marketpipeline.local.cloudformation.stack;

import org.jspecify.annotations.NullMarked;
