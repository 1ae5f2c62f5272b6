package io.marketpipeline.maven.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element of the configuration as the user wrote it, before any default or check. Immutable.
 *
 * <p>A group's children have different names and are overridden one by one. A list's children belong together and are
 * overridden as a whole.
 */
public final class Element {
    private enum Shape {
        VALUE,
        GROUP,
        LIST
    }

    private final String name;
    private final Shape shape;
    private final @Nullable String text;
    private final List<Element> children;

    private Element(String name, Shape shape, @Nullable String text, List<Element> children) {
        this.name = name;
        this.shape = shape;
        this.text = text;
        this.children = List.copyOf(children);
    }

    /** An element with text and nothing else. */
    public static Element value(String name, String text) {
        return new Element(name, Shape.VALUE, text.strip(), List.of());
    }

    public static Builder group(String name) {
        return new Builder(name, Shape.GROUP);
    }

    public static Builder list(String name) {
        return new Builder(name, Shape.LIST);
    }

    public String name() {
        return name;
    }

    /** The text without the white space around it; empty for a group or list. */
    public Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** In the order of the pom. */
    public List<Element> children() {
        return children;
    }

    Optional<Element> child(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).findFirst();
    }

    /**
     * This element with the other's content on top: an element inside a group that the other leaves out stays; values
     * and lists of the other take the place of this one's.
     */
    Element overriddenBy(Element other) {
        if (shape != Shape.GROUP || other.shape != Shape.GROUP) {
            return other;
        }
        Map<String, Element> merged = new LinkedHashMap<>();
        children.forEach(child -> merged.put(child.name, child));
        other.children.forEach(child -> merged.merge(child.name, child, Element::overriddenBy));
        return new Element(name, Shape.GROUP, null, List.copyOf(merged.values()));
    }

    Element without(String childName) {
        return new Element(
                name,
                shape,
                text,
                children.stream().filter(child -> !child.name.equals(childName)).toList());
    }

    @Override
    public String toString() {
        return "<" + name + ">" + (text == null ? children : text);
    }

    /** Collects children; what is {@code null} is left out. */
    public static final class Builder {
        private final String name;
        private final Shape shape;
        private final List<Element> children = new ArrayList<>();

        private Builder(String name, Shape shape) {
            this.name = name;
            this.shape = shape;
        }

        public Builder value(String childName, @Nullable String text) {
            if (text != null && !text.isBlank()) {
                children.add(Element.value(childName, text));
            }
            return this;
        }

        public Builder element(@Nullable Element child) {
            if (child != null) {
                children.add(child);
            }
            return this;
        }

        /** A list of plain values, each in an element named {@code itemName}. */
        public Builder values(String childName, String itemName, @Nullable List<@Nullable String> texts) {
            if (texts != null) {
                Builder list = list(childName);
                texts.forEach(text -> list.children.add(Element.value(itemName, text == null ? "" : text)));
                children.add(list.build());
            }
            return this;
        }

        /** A map, an element for each key; overridden key by key. */
        public Builder map(String childName, @Nullable Map<String, @Nullable String> entries) {
            if (entries != null) {
                Builder group = group(childName);
                entries.forEach((key, text) -> group.children.add(Element.value(key, text == null ? "" : text)));
                children.add(group.build());
            }
            return this;
        }

        public Element build() {
            return new Element(name, shape, null, children);
        }
    }
}
