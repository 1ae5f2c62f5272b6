package io.marketpipeline.maven.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Processor time that a process and its children took, in seconds.
 *
 * @param java of threads that run Java
 * @param sqlite of the one that holds DynamoDB Local's database
 * @param queues of ElasticMQ's
 * @param compiler of the JIT compiler
 * @param machine of the JVM's other threads
 * @param functions of the children, those that have ended included
 */
record Snapshot(double java, double sqlite, double queues, double compiler, double machine, double functions) {
    static final Snapshot NONE = new Snapshot(0, 0, 0, 0, 0, 0);

    /** The kernel's clock ticks, which Linux counts at 100 a second in /proc everywhere. */
    private static final double TICKS = 100;

    private static final Pattern COMPILER = Pattern.compile("C[12] CompilerThre.*");
    private static final Pattern MACHINE =
            Pattern.compile("(G1|GC|VM|Sweeper|JFR|Service Thread|Monitor|Common-Cleaner|Ref).*");

    /** Whether all that a thread does is one part's, so that its time is known without samples. */
    static boolean isOneParts(String thread) {
        return isSqlite(thread) || isQueues(thread);
    }

    private static boolean isSqlite(String thread) {
        return thread.startsWith("SQLiteQueue");
    }

    private static boolean isQueues(String thread) {
        return thread.startsWith("elasticmq");
    }

    static Snapshot of(ProcessHandle process) throws IOException {
        Path directory = Path.of("/proc", Long.toString(process.pid()));
        double sqlite = 0;
        double queues = 0;
        double compiler = 0;
        double machine = 0;
        try (Stream<Path> threads = Files.list(directory.resolve("task"))) {
            for (Path thread : threads.toList()) {
                Stat stat = Stat.of(thread);
                if (isSqlite(stat.name)) {
                    sqlite += stat.own;
                } else if (isQueues(stat.name)) {
                    queues += stat.own;
                } else if (COMPILER.matcher(stat.name).matches()) {
                    compiler += stat.own;
                } else if (MACHINE.matcher(stat.name).matches()) {
                    machine += stat.own;
                }
            }
        }
        // The others by difference: threads that have ended are in the process's own sum only, and those were Java's.
        Stat whole = Stat.of(directory);
        double java = whole.own - sqlite - queues - compiler - machine;
        double functions = whole.children;
        for (ProcessHandle child : process.descendants().toList()) {
            functions += Stat.of(Path.of("/proc", Long.toString(child.pid()))).own;
        }
        return new Snapshot(java, sqlite, queues, compiler, machine, functions);
    }

    Snapshot minus(Snapshot earlier) {
        return new Snapshot(
                java - earlier.java,
                sqlite - earlier.sqlite,
                queues - earlier.queues,
                compiler - earlier.compiler,
                machine - earlier.machine,
                functions - earlier.functions);
    }

    /** A line of {@code /proc}: see proc(5). */
    private record Stat(String name, double own, double children) {
        private static final int USER = 11;

        static Stat of(Path directory) throws IOException {
            try {
                String line = Files.readString(directory.resolve("stat"));
                int end = line.lastIndexOf(')');
                List<String> fields = List.of(line.substring(end + 2).split(" ", -1));
                return new Stat(
                        line.substring(line.indexOf('(') + 1, end),
                        (Long.parseLong(fields.get(USER)) + Long.parseLong(fields.get(USER + 1))) / TICKS,
                        (Long.parseLong(fields.get(USER + 2)) + Long.parseLong(fields.get(USER + 3))) / TICKS);
            } catch (NoSuchFileException e) {
                return new Stat("", 0, 0); // ended meanwhile
            }
        }
    }
}
