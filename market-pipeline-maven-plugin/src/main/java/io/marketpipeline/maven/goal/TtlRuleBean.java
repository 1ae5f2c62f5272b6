package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import org.jspecify.annotations.Nullable;

/** Element {@code <rule>} of {@code <ttl><rules>}. */
public final class TtlRuleBean {
    /** Detail type that the rule is for; any where left out. */
    private @Nullable String detailType;

    /** Exchange that the rule is for; any where left out. */
    private @Nullable String exchange;

    /** Days, or {@code never}. */
    private @Nullable String days;

    Element element() {
        return Element.group("rule")
                .value("detailType", detailType)
                .value("exchange", exchange)
                .value("days", days)
                .build();
    }
}
