package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.output.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A console without a terminal that keeps what is written. */
final class Lines {
    final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    final Console console =
            Console.of(lines::add, warnings::add, new PrintStream(results, true, StandardCharsets.UTF_8), false, false);

    List<String> results() {
        return results.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
