package io.marketpipeline.maven.operate;

import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file to publish. Immutable.
 *
 * @param path CSV with a header, or JSON lines; plain or {@code .gz}
 * @param dataSet first part of each row's identity: letters, digits, {@code .}, {@code _} and {@code -}
 * @param type what its rows are; empty to tell by the columns
 * @param limit how many rows are read, from the top
 */
public record InputFile(Path path, String dataSet, Optional<EventType> type, long limit) {
    /** Throws {@link UserFixableException} if the file can't be read, or its parts aren't as told above. */
    public InputFile {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new UserFixableException(
                    "-Dfile (<file>) names '" + path + "', which isn't a file that can be read; give the path of a CSV"
                            + " or JSON lines file, plain or .gz");
        }
        if (!dataSet.matches("[A-Za-z0-9._-]+")) {
            throw new UserFixableException("The data set of " + path + " is named '" + dataSet
                    + "'; it is part of each row's identity and may hold letters, digits, '.', '_' and '-' only."
                    + " Name it with -DdataSet (<dataSet>), for example -DdataSet=BAC-2013-10-07");
        }
        if (limit < 1) {
            throw new UserFixableException("-Dlimit (<limit>) is " + limit + ", must be at least 1; example: 2000");
        }
    }

    /** The file's name without what tells its format: {@code BAC-2013-10-07-trades} of {@code .csv.gz}. */
    public static String dataSetOf(Path path) {
        String name = nameOf(path);
        String plain = name.toLowerCase(Locale.ROOT).endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        int dot = plain.lastIndexOf('.');
        return dot > 0 ? plain.substring(0, dot) : plain;
    }

    /** Throws {@link UserFixableException} if two files would give their rows the same identities. */
    public static void requireDistinct(List<InputFile> files) {
        Map<List<Object>, Path> seen = new HashMap<>();
        for (InputFile file : files) {
            Path other = seen.putIfAbsent(List.of(file.dataSet, file.type), file.path);
            if (other != null) {
                throw new UserFixableException(other + " and " + file.path + " are both data set '" + file.dataSet
                        + "', so their rows would have the same identities and be taken for repetitions. Give each"
                        + " <file> a <dataSet> of its own, or publish them one by one with -DdataSet");
            }
        }
    }

    boolean compressed() {
        return nameOf(path).toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    boolean csv() {
        return nameOf(path).toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").endsWith(".csv");
    }

    private static String nameOf(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
