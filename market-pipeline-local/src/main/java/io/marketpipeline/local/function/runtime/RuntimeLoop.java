package io.marketpipeline.local.function.runtime;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Main class of a function process: loads the handler named by {@code _HANDLER}, then takes one invocation after the
 * other from {@code AWS_LAMBDA_RUNTIME_API} until the process is ended. Ends by itself when its standard input does.
 */
public final class RuntimeLoop {
    private final RuntimeApi api;
    private final InvocationHandler handler;
    private final FunctionOutput output;

    private RuntimeLoop(RuntimeApi api, InvocationHandler handler, FunctionOutput output) {
        this.api = api;
        this.handler = handler;
        this.output = output;
    }

    /** Runs until the process ends; an error while loading the handler is reported to the Runtime API and ends it. */
    public static void main(String[] arguments) throws IOException {
        LifeLine.watch(System.in);
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                true,
                StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(out);
        FunctionOutput output = new FunctionOutput(out);
        RuntimeApi api = RuntimeApi.connect(variable("AWS_LAMBDA_RUNTIME_API"));
        InvocationHandler handler;
        try {
            handler = HandlerLoader.load(variable("_HANDLER"));
        } catch (Throwable e) {
            Throwable cause = HandlerLoader.unwrapped(e);
            output.message(ErrorReport.text(cause));
            api.initError(ErrorReport.json(cause), cause.getClass().getName());
            Runtime.getRuntime().exit(1);
            return;
        }
        new RuntimeLoop(api, handler, output).run();
    }

    private void run() throws IOException {
        RuntimeApi.Next next = api.next();
        while (true) {
            next = handled(next);
        }
    }

    private RuntimeApi.Next handled(RuntimeApi.Next next) throws IOException {
        byte[] answer;
        try {
            answer = handler.handle(next.payload(), new InvocationContext(next, output));
        } catch (Throwable e) {
            Throwable cause = HandlerLoader.unwrapped(e);
            output.message(ErrorReport.text(cause));
            output.end(next.requestId());
            byte[] report = ErrorReport.json(cause);
            if (cause instanceof VirtualMachineError) {
                api.errorAndExit(next.requestId(), report, cause.getClass().getName());
            }
            return api.error(next.requestId(), report, cause.getClass().getName());
        }
        output.end(next.requestId());
        return api.response(next.requestId(), answer);
    }

    private static String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException("Environment variable " + name + " isn't set; only the local endpoint"
                    + " starts this class, and it sets it.");
        }
        return value;
    }
}
