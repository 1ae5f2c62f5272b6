package io.marketpipeline.local.function;

import io.marketpipeline.local.gateway.AwsError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Function code: unpacked once under the hash of the zip, and the zip itself beside it. Thread-safe. */
final class CodeStore {
    /** Lambda's limit for the unpacked code. */
    private static final long LARGEST_UNPACKED = 250L << 20;

    /**
     * One zip.
     *
     * @param sha256 its hash in Base64, as Lambda gives it
     * @param size in bytes
     * @param root the folder with its files
     * @param zip the zip itself
     */
    record Code(String sha256, long size, Path root, Path zip) {}

    private final Path folder;

    CodeStore(Path folder) {
        this.folder = folder;
    }

    /** Unpacks a zip unless one with the same bytes is there already. */
    synchronized Code add(byte[] zip) {
        byte[] hash = sha256(zip);
        String name = HexFormat.of().formatHex(hash);
        Code code = new Code(
                Base64.getEncoder().encodeToString(hash),
                zip.length,
                folder.resolve(name),
                folder.resolve(name + ".zip"));
        try {
            if (!Files.exists(code.zip())) {
                unpack(zip, code.root());
                Files.write(code.zip(), zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Could not unpack the function's code into " + code.root(), e);
        }
        return code;
    }

    private static void unpack(byte[] zip, Path root) throws IOException {
        Files.createDirectories(root);
        long left = LARGEST_UNPACKED;
        int entries = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries++;
                left -= unpack(entry, in, root, left);
            }
        }
        if (entries == 0) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "Could not unzip uploaded file. Please check your file, then try to upload again.");
        }
    }

    private static long unpack(ZipEntry entry, InputStream in, Path root, long left) throws IOException {
        Path file = root.resolve(entry.getName()).normalize();
        if (!file.startsWith(root)) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "The zip has an entry that leads out of its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return 0;
        }
        Files.createDirectories(root.resolve(file).getParent());
        byte[] content = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
        if (content.length > left) {
            throw AwsError.of(
                    "InvalidParameterValueException",
                    "Unzipped size must be smaller than " + LARGEST_UNPACKED + " bytes");
        }
        Files.copy(new ByteArrayInputStream(content), file, StandardCopyOption.REPLACE_EXISTING);
        return content.length;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
