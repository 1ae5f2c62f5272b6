package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of beans as elements. */
final class Beans {
    private Beans() {}

    /** {@code null} where there is no list. */
    static <T> @Nullable Element list(String name, @Nullable List<T> beans, Function<T, Element> element) {
        if (beans == null) {
            return null;
        }
        Element.Builder list = Element.list(name);
        beans.forEach(bean -> list.element(element.apply(bean)));
        return list.build();
    }
}
