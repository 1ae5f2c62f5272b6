package io.marketpipeline.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A contestant's process. */
final class Child {
    private static final Pattern NUMBER = Pattern.compile("\"(\\w+)\":\\s*([0-9.]+)");

    private final Map<String, String> environment;

    /**
     * Processes with an environment.
     *
     * @param environment the whole of it
     */
    Child(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Runs a process to its end.
     *
     * @return the numbers of the line that it wrote, and {@code first_ms}: from its start to that line
     */
    Map<String, Double> run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        long start = System.nanoTime();
        Process process = builder.start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            StringBuilder noise = new StringBuilder();
            Map<String, Double> result = null;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("{") && result == null) {
                    result = new HashMap<>(Map.of("first_ms", (System.nanoTime() - start) / 1e6));
                    Matcher number = NUMBER.matcher(line);
                    while (number.find()) {
                        result.put(number.group(1), Double.valueOf(number.group(2)));
                    }
                } else {
                    noise.append(line).append('\n');
                }
            }
            if (result == null) {
                throw new IOException(command + " gave no result:\n" + noise);
            }
            return result;
        } finally {
            process.destroyForcibly();
        }
    }
}
