package io.marketpipeline.maven.endpoint;

import java.io.IOException;

/** A process that behaves as its argument says. */
final class ScriptedEndpoint {
    private ScriptedEndpoint() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "ready" -> {
                System.out.println("market-pipeline-local ready http://127.0.0.1:4711");
                untilInputEnds();
                System.out.println("input ended");
            }
            case "fails" -> {
                for (int line = 1; line <= 20; line++) {
                    System.out.println("line " + line);
                }
                System.exit(1);
            }
            case "port-taken" -> {
                System.err.println("java.net.BindException: Address already in use");
                System.exit(1);
            }
            default -> untilInputEnds();
        }
    }

    private static void untilInputEnds() throws IOException {
        int read;
        do {
            read = System.in.read();
        } while (read >= 0);
    }
}
