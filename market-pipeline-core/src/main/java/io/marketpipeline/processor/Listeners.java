package io.marketpipeline.processor;

/** Calls listeners so that their failures stay their own. */
final class Listeners {
    private Listeners() {}

    @SuppressWarnings("EmptyCatch") // there is nobody left to tell: the listener is where failures are told to
    static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException dropped) {
        }
    }
}
