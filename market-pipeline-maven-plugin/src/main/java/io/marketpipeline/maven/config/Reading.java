package io.marketpipeline.maven.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of one group of elements and notes what is wrong with them; a value that is wrong reads as its
 * default, so that reading goes on to the next problem. Not for use by several threads.
 */
final class Reading {
    private final @Nullable Element element;
    private final String path;
    private final List<Problem> problems;

    Reading(@Nullable Element element, String path, List<Problem> problems) {
        this.element = element;
        this.path = path;
        this.problems = problems;
    }

    /** The group of that name, which reads as empty where it is absent. */
    Reading group(String name) {
        return new Reading(child(name).orElse(null), path(name), problems);
    }

    /** The items of a list; empty optional where the list is absent, so that a default applies. */
    Optional<List<Reading>> items(String name) {
        return child(name).map(list -> list.children().stream()
                .map(item -> new Reading(item, path(name) + "<" + item.name() + ">", problems))
                .toList());
    }

    /** The plain values of a list; empty optional where the list is absent. */
    Optional<List<String>> values(String name) {
        return child(name).map(list -> list.children().stream()
                .map(item -> item.text().orElse(""))
                .toList());
    }

    /** The children of a map as elements with text. */
    List<Element> entries() {
        return element == null ? List.of() : element.children();
    }

    boolean isPresent(String name) {
        return child(name).isPresent();
    }

    Optional<String> text(String name) {
        return child(name).flatMap(Element::text);
    }

    /** The text of a value that must match, or empty where it is absent or wrong. */
    Optional<String> text(String name, String regex, String allowed, String example) {
        Optional<String> found = text(name);
        if (found.isPresent() && !found.get().matches(regex)) {
            wrong(name, allowed, example);
            return Optional.empty();
        }
        return found;
    }

    int integer(String name, int fallback, int min, int max, String unit) {
        return integer(name, min, max, unit, fallback).orElse(fallback);
    }

    OptionalInt integer(String name, int min, int max, String unit, int example) {
        Optional<String> found = text(name);
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int value = Integer.parseInt(found.get());
            if (value >= min && value <= max) {
                return OptionalInt.of(value);
            }
        } catch (NumberFormatException e) {
            // Reported below, with what is allowed.
        }
        wrong(name, "a whole number from " + min + " to " + max + " (" + unit + ")", Integer.toString(example));
        return OptionalInt.empty();
    }

    boolean flag(String name, boolean fallback) {
        Optional<String> found = text(name).map(text -> text.toLowerCase(Locale.ROOT));
        if (found.isPresent() && !List.of("true", "false").contains(found.get())) {
            wrong(name, "true or false", Boolean.toString(fallback));
            return fallback;
        }
        return found.map(Boolean::parseBoolean).orElse(fallback);
    }

    /** One of an enum's constants, written as {@code label} says; upper and lower case don't matter. */
    <E extends Enum<E>> E choice(String name, E fallback, Function<E, String> label) {
        E[] constants = fallback.getDeclaringClass().getEnumConstants();
        Optional<String> found = text(name);
        if (found.isEmpty()) {
            return fallback;
        }
        for (E constant : constants) {
            if (label.apply(constant).equalsIgnoreCase(found.get())) {
                return constant;
            }
        }
        wrong(
                name,
                "one of " + Arrays.stream(constants).map(label).collect(Collectors.joining(", ")),
                label.apply(fallback));
        return fallback;
    }

    /** Notes that a child's value, or its absence, is wrong. */
    void wrong(String name, String allowed, String exampleText) {
        problems.add(Problem.of(path(name), text(name), allowed, "<" + name + ">" + exampleText + "</" + name + ">"));
    }

    /** Notes a problem with this element itself. */
    void wrongHere(@Nullable String value, String allowed, String example) {
        problems.add(Problem.of(path, Optional.ofNullable(value), allowed, example));
    }

    private String path(String name) {
        return path + "<" + name + ">";
    }

    private Optional<Element> child(String name) {
        return element == null ? Optional.empty() : element.child(name);
    }
}
