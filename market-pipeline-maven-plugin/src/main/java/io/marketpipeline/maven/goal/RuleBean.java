package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Element {@code <rule>} of {@code <rules>}. */
public final class RuleBean {
    /** Letters, digits and hyphens, such as {@code trade-events}. */
    private @Nullable String name;

    /** {@code trade}, {@code quote} or {@code price}; needed where a detail type is not one of the known four. */
    private @Nullable String kind;

    /** What the rule routes to the function. */
    private @Nullable List<@Nullable String> detailTypes;

    Element element() {
        return Element.group("rule")
                .value("name", name)
                .value("kind", kind)
                .values("detailTypes", "detailType", detailTypes)
                .build();
    }
}
