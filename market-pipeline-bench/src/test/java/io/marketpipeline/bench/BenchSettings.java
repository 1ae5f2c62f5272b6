package io.marketpipeline.bench;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run is made with.
 *
 * @param zip the packaged function
 * @param classPath of the plain handler: this module's, with the SDK and databind
 * @param output folder for what the run makes
 * @param data folder of the example's ticks
 * @param seed folder of the Terraform original's handler
 * @param python interpreter that has boto3; null where there is none, or no such handler
 * @param java25 a Java 25 or later to start on, too; null for none
 * @param rounds of warm measurements
 * @param coldRounds of cold starts
 */
record BenchSettings(
        Path zip,
        String classPath,
        Path output,
        Path data,
        Path seed,
        @Nullable Path python,
        Path java,
        @Nullable Path java25,
        int rounds,
        int coldRounds,
        String warmSeconds,
        String seconds) {}
