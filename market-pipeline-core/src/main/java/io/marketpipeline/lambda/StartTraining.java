package io.marketpipeline.lambda;

/**
 * Starts a function as Lambda does, up to its first event, and ends. What is loaded then is what goal {@code package} archives,
 * so that function processes of the local endpoint start faster. Nothing is sent anywhere: the handler rehearses an event by
 * itself.
 */
public final class StartTraining {
    private StartTraining() {}

    /**
     * Makes the handler.
     *
     * @param arguments name of the handler's class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Object handler = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        System.out.println(handler.getClass().getName());
    }
}
