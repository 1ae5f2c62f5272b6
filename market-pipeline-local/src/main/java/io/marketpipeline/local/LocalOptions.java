package io.marketpipeline.local;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a local endpoint is started with.
 *
 * @param port the loopback port, or 0 for a free one
 * @param region the one region that it plays
 * @param accountId the 12 digits of the one account that it plays
 * @param delayFactor what AWS's retry delays are multiplied by; 1 is AWS's own pace, 0 is no delay
 * @param concurrency function processes at most, 1 or more
 * @param stackStep milliseconds that CloudFormation takes for each resource besides its work, so that a test can meet a
 *     stack under way; 0 for none
 * @param stackHold file at whose presence CloudFormation begins no further resource, so that a test can look at a stack under
 *     way for as long as it likes. Null for none
 * @param classData folder where goal {@code package} leaves what function processes start faster with; it needn't be there.
 *     Null for none
 */
public record LocalOptions(
        int port,
        String region,
        String accountId,
        double delayFactor,
        int concurrency,
        int stackStep,
        @Nullable Path stackHold,
        @Nullable Path classData) {
    /** The port where {@code -Denv=local} looks. */
    public static final int DEFAULT_PORT = 4700;

    private static final List<String> NAMES = List.of(
            "--port",
            "--region",
            "--account",
            "--delay-factor",
            "--concurrency",
            "--stack-step",
            "--stack-hold",
            "--class-data");

    /** Checks the values. */
    public LocalOptions {
        require(port >= 0 && port <= 65_535, "--port", port, "0 to 65535");
        require(region.matches("[a-z]{2}(-[a-z]+)+-[0-9]"), "--region", region, "an AWS region such as us-east-1");
        require(accountId.matches("[0-9]{12}"), "--account", accountId, "12 digits");
        require(delayFactor >= 0 && delayFactor <= 1000, "--delay-factor", delayFactor, "0 to 1000");
        require(concurrency >= 1 && concurrency <= 1000, "--concurrency", concurrency, "1 to 1000");
        require(stackStep >= 0 && stackStep <= 60_000, "--stack-step", stackStep, "0 to 60000 (milliseconds)");
    }

    /** Port 4700, us-east-1, account 000000000000, AWS's own pace, as many function processes as processors. */
    public static LocalOptions defaults() {
        return new LocalOptions(
                DEFAULT_PORT,
                "us-east-1",
                "000000000000",
                1.0,
                Runtime.getRuntime().availableProcessors(),
                0,
                null,
                null);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a message for the user, when an option is unknown or its value wrong
     */
    static LocalOptions parse(String... arguments) {
        LocalOptions defaults = defaults();
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!NAMES.contains(arguments[i])) {
                throw new IllegalArgumentException(
                        "Unknown option %s. Options: %s".formatted(arguments[i], String.join(" ", NAMES)));
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException("Option %s has no value".formatted(arguments[i]));
            }
            given.put(arguments[i], arguments[i + 1]);
        }
        return new LocalOptions(
                (int) number(given, "--port", defaults.port),
                given.getOrDefault("--region", defaults.region),
                given.getOrDefault("--account", defaults.accountId),
                number(given, "--delay-factor", defaults.delayFactor),
                (int) number(given, "--concurrency", defaults.concurrency),
                (int) number(given, "--stack-step", defaults.stackStep),
                path(given, "--stack-hold"),
                path(given, "--class-data"));
    }

    /** These options with another port; 0 for a free one. */
    public LocalOptions withPort(int newPort) {
        return new LocalOptions(newPort, region, accountId, delayFactor, concurrency, stackStep, stackHold, classData);
    }

    /** These options with another delay factor. */
    public LocalOptions withDelayFactor(double newDelayFactor) {
        return new LocalOptions(port, region, accountId, newDelayFactor, concurrency, stackStep, stackHold, classData);
    }

    /** These options with another number of function processes. */
    public LocalOptions withConcurrency(int newConcurrency) {
        return new LocalOptions(port, region, accountId, delayFactor, newConcurrency, stackStep, stackHold, classData);
    }

    private static @Nullable Path path(Map<String, String> given, String name) {
        String text = given.get(name);
        return text == null ? null : Path.of(text);
    }

    private static double number(Map<String, String> given, String name, double otherwise) {
        String text = given.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Option %s is '%s', which is no number".formatted(name, text), e);
        }
    }

    private static void require(boolean right, String name, Object value, String expected) {
        if (!right) {
            throw new IllegalArgumentException("Option %s is '%s'; expected %s".formatted(name, value, expected));
        }
    }
}
