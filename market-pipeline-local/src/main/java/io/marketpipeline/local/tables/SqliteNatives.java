package io.marketpipeline.local.tables;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Unpacks the native library of SQLite that DynamoDB Local needs on this machine. It is packed into our jar. */
final class SqliteNatives {
    /** The system property in which sqlite4java looks for its library's folder. */
    private static final String PATH_PROPERTY = "sqlite4java.library.path";

    private SqliteNatives() {}

    /**
     * Unpacks the library into a folder and tells sqlite4java where it is. A process loads it once, so a second call in the
     * same process changes nothing that matters.
     *
     * @throws IllegalStateException if there is none for this machine
     */
    static void unpack(Path folder) throws IOException {
        String resource = resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Files.createDirectories(folder);
        try (InputStream in = SqliteNatives.class.getResourceAsStream("/native/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("The jar of market-pipeline-local lacks native/" + resource);
            }
            Files.copy(in, folder.resolve(resource));
        }
        System.setProperty(PATH_PROPERTY, folder.toString());
    }

    static String resource(String osName, String architecture) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean arm = architecture.equals("aarch64") || architecture.equals("arm64");
        if (os.contains("mac")) {
            return arm ? "libsqlite4java-osx-aarch64.dylib" : "libsqlite4java-osx.dylib";
        }
        if (os.contains("linux") && !arm) {
            return "libsqlite4java-linux-amd64.so";
        }
        if (os.contains("windows") && !arm) {
            return "sqlite4java-win32-x64.dll";
        }
        throw new IllegalStateException("DynamoDB Local has no SQLite library for " + osName + " on " + architecture
                + ". It runs on Linux and Windows with an x86-64 JDK, and on macOS.");
    }
}
