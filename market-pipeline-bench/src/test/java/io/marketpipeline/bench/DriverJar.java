package io.marketpipeline.bench;

import io.marketpipeline.lambda.Unprimed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/** The driver of the contestants' processes. */
final class DriverJar {
    private static final List<Class<?>> DRIVERS = List.of(
            Driver.class,
            Latencies.class,
            Target.class,
            OursTarget.class,
            FloorTarget.class,
            BenchContext.class,
            PlainTarget.class,
            Unprimed.class);

    private DriverJar() {}

    /** Copies the driver as a jar would have it, since class data is archived from jars only. */
    static void copyTo(Path jar) throws IOException {
        Files.createDirectories(jar.getParent());
        List<Class<?>> types = new ArrayList<>(DRIVERS);
        for (Class<?> type : DRIVERS) {
            types.addAll(List.of(type.getDeclaredClasses()));
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : types) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new ZipEntry(name));
                try (InputStream in = Objects.requireNonNull(DriverJar.class.getResourceAsStream("/" + name))) {
                    in.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
