package io.marketpipeline.maven.config;

import java.util.Optional;

/** Knows where in the user's files an element stands. */
@FunctionalInterface
public interface ElementPlaces {
    /** Knows nothing. */
    ElementPlaces UNKNOWN = element -> Optional.empty();

    /**
     * The place of an element, such as {@code pom.xml:42}; empty where the element isn't written anywhere.
     *
     * @param element its path, such as {@code <function><memory>}
     */
    Optional<String> of(String element);
}
