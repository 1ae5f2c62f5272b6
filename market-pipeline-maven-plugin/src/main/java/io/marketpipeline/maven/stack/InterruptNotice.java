package io.marketpipeline.maven.stack;

import io.marketpipeline.maven.aws.AwsEnvironment;

/**
 * Says, when Maven is ended while a stack changes (Ctrl-C, a CI job that is cancelled), that AWS goes on, and how to
 * follow it. Close it when the operation has ended.
 */
final class InterruptNotice {
    private final Thread hook;

    private InterruptNotice(Thread hook) {
        this.hook = hook;
    }

    static InterruptNotice of(String words, StackListener listener) {
        Thread hook = new Thread(() -> words.lines().forEach(listener::note), "interrupt-notice");
        Runtime.getRuntime().addShutdownHook(hook);
        return new InterruptNotice(hook);
    }

    static String words(String stack, boolean create, String follow, AwsEnvironment environment) {
        return "Interrupted, but CloudFormation goes on with stack " + stack + " by itself and "
                + (create ? "creates it, or removes what it made" : "updates it, or takes the update back")
                + ".\n  Follow it:  " + follow
                + (create
                        ? ""
                        : "\n  Stop it:    "
                                + environment.cli("aws cloudformation cancel-update-stack --stack-name " + stack));
    }

    void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // Maven is ending: the notice is being told.
        }
    }
}
