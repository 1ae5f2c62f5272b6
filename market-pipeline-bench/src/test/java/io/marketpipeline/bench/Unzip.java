package io.marketpipeline.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Lays out what the contestants' processes need. */
final class Unzip {
    private static final List<Class<?>> DRIVERS = List.of(
            Driver.class, Target.class, OursTarget.class, FloorTarget.class, BenchContext.class, PlainTarget.class);

    private Unzip() {}

    static void into(Path zip, Path folder) throws IOException {
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && file.startsWith(folder)) {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Copies the driver as a jar would have it, since class data is archived from jars only. */
    static void copyDrivers(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : DRIVERS) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(name));
                try (InputStream in = Objects.requireNonNull(Unzip.class.getResourceAsStream("/" + name))) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
