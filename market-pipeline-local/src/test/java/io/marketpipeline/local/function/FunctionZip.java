package io.marketpipeline.local.function;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Function zips for tests. */
public final class FunctionZip {
    private FunctionZip() {}

    /** A zip with the given classes at its root. */
    public static byte[] of(Class<?>... types) {
        return padded(0, types);
    }

    /** A zip with the given classes, and some more bytes that don't compress. */
    static byte[] padded(int padding, Class<?>... types) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Class<?> type : types) {
                String path = type.getName().replace('.', '/') + ".class";
                zip.putNextEntry(new ZipEntry(path));
                try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
                    in.transferTo(zip);
                }
            }
            if (padding > 0) {
                byte[] noise = new byte[padding];
                new Random(1).nextBytes(noise);
                zip.putNextEntry(new ZipEntry("noise"));
                zip.write(noise);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A zip with one entry of that name. */
    static byte[] withEntry(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
