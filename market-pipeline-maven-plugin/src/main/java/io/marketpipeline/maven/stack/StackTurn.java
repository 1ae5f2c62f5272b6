package io.marketpipeline.maven.stack;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** Waits until nobody else changes a stack, or refuses to. */
final class StackTurn {
    private final StackReader reader;
    private final StackListener listener;
    private final Pace pace;
    private final DeployOptions options;

    StackTurn(StackReader reader, StackListener listener, Pace pace, DeployOptions options) {
        this.reader = reader;
        this.listener = listener;
        this.pace = pace;
        this.options = options;
    }

    /**
     * The stack when nothing is under way in it.
     *
     * @throws StackException where something is, and it isn't to be waited for
     */
    Optional<Stack> await(String name) throws InterruptedException {
        Optional<Stack> stack = reader.find(name);
        if (stack.isEmpty() || StackCondition.of(stack.get().stackStatus()) != StackCondition.BUSY) {
            return stack;
        }
        String since = reader.operationBegan(stack.get().stackId())
                .map(time -> " since " + time)
                .orElse("");
        if (!options.waitWhenBusy()) {
            throw new StackException("Stack " + name + " is " + stack.get().stackStatus() + since
                    + " by another operation. Run the goal again when it has ended, or leave out -DonBusy=fail to wait;"
                    + " deploy -Dattach follows it. Nothing was touched.");
        }
        listener.note("Stack " + name + " is " + stack.get().stackStatus() + since
                + " by another operation; waiting for its end (-DonBusy=fail refuses instead)");
        StackWatch.from(reader, listener, pace, stack.get().stackId()).untilSettled();
        return reader.find(name);
    }
}
