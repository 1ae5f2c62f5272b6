package io.marketpipeline.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of one object's fields: a short list searched in turn, a set once there are many. */
final class SeenNames {
    private static final int MANY = 32;

    private String[] few = new String[10];
    private int size;
    private @Nullable Set<String> many;

    /** Whether the name is new. */
    boolean add(String name) {
        if (many != null) {
            return many.add(name);
        }
        for (int i = 0; i < size; i++) {
            if (few[i].equals(name)) {
                return false;
            }
        }
        if (size == MANY) {
            many = new HashSet<>(Arrays.asList(few).subList(0, size));
            return many.add(name);
        }
        if (size == few.length) {
            few = Arrays.copyOf(few, size * 2);
        }
        few[size++] = name;
        return true;
    }
}
