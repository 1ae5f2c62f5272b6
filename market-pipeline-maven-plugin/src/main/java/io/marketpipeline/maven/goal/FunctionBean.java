package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Element {@code <function>}. */
public final class FunctionBean {
    /** Fully qualified name of the handler class. The only element that must be there. */
    private @Nullable String handler;

    /** {@code java17}, {@code java21} (default) or {@code java25}. */
    private @Nullable String runtime;

    /** MB, 128 to 10240; default 512. */
    private @Nullable String memory;

    /** Seconds, 1 to 900; default 30. */
    private @Nullable String timeout;

    /** {@code arm64} (default) or {@code x86_64}. */
    private @Nullable String architecture;

    /** Whether the published version starts from a snapshot; default {@code true}. */
    private @Nullable String snapStart;

    /** Whether X-Ray traces invocations; default {@code true}. */
    private @Nullable String tracing;

    /** Most events in work at once; no limit of its own by default. */
    private @Nullable String reservedConcurrency;

    /** Published versions that are kept, the live one included; default 5. */
    private @Nullable String keepVersions;

    /**
     * What the function writes with: {@code lean} (default), the library's own signed calls, with which a function starts and
     * runs several times as fast and the zip has no AWS SDK; or {@code sdk}, the AWS SDK, with proxies, profiles and whatever
     * else it knows.
     */
    private @Nullable String client;

    /** Dependencies left out of the zip, {@code groupId:artifactId} with {@code *} for any characters. */
    private @Nullable List<@Nullable String> excludes;

    /** Dependencies put into the zip although they are left out by default, written alike. */
    private @Nullable List<@Nullable String> includes;

    Element element() {
        return Element.group("function")
                .value("handler", handler)
                .value("runtime", runtime)
                .value("memory", memory)
                .value("timeout", timeout)
                .value("architecture", architecture)
                .value("snapStart", snapStart)
                .value("tracing", tracing)
                .value("reservedConcurrency", reservedConcurrency)
                .value("keepVersions", keepVersions)
                .value("client", client)
                .values("excludes", "exclude", excludes)
                .values("includes", "include", includes)
                .build();
    }
}
