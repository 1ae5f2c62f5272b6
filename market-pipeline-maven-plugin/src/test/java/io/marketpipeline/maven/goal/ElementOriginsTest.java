package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.template.ElementOrigins;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What failures name as their origin must be an element that the pom can have. */
class ElementOriginsTest {
    static Set<String> elements() {
        return ElementOrigins.all();
    }

    @ParameterizedTest
    @MethodSource("elements")
    void elementIsOneOfTheConfiguration(String element) {
        List<String> path = Arrays.stream(element.split("[<>]+", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        Class<?> type = AbstractPipelineMojo.class;
        for (String name : path) {
            assertThat(fields(type)).as(element).contains(name);
            type = fieldType(type, name);
        }
    }

    private static Stream<String> fields(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields()).map(Field::getName);
    }

    private static Class<?> fieldType(Class<?> type, String name) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getType();
    }
}
