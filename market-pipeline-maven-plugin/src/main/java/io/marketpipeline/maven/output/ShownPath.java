package io.marketpipeline.maven.output;

import java.nio.file.Path;

/** Paths as people type them: from where they are, as long as that is above. */
public final class ShownPath {
    private ShownPath() {}

    /** The path from the working directory; the whole path where it lies elsewhere. */
    public static String of(Path path) {
        return of(path, Path.of("").toAbsolutePath());
    }

    static String of(Path path, Path from) {
        Path whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(from) && !whole.equals(from) ? from.relativize(whole) : whole).toString();
    }
}
