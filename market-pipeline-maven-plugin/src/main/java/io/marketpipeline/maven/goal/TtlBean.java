package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Element {@code <ttl>}. */
public final class TtlBean {
    /** Days that rows are kept, or {@code never}; default 30. */
    private @Nullable String days;

    /** The first that matches wins over {@code <days>}. */
    private @Nullable List<TtlRuleBean> rules;

    Element element() {
        return Element.group("ttl")
                .value("days", days)
                .element(Beans.list("rules", rules, TtlRuleBean::element))
                .build();
    }
}
