package io.marketpipeline.local.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a function process is started with. Immutable.
 *
 * @param functionName name of the function
 * @param version the version, or {@code $LATEST}
 * @param codeRoot the unpacked zip; the process's working directory
 * @param memory MB
 * @param timeout for one invocation
 * @param variables the whole environment but for what each process adds
 * @param logGroup where its log goes
 * @param snapStart whether the version has SnapStart, with which Lambda leaves the JVM its own compilers
 * @param logFormat how platform lines are written
 */
record ProcessSpec(
        String functionName,
        String version,
        Path codeRoot,
        int memory,
        Duration timeout,
        Map<String, String> variables,
        String logGroup,
        boolean snapStart,
        PlatformLog logFormat) {}
