package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Element {@code <environment>} of {@code <environments>}: what is different in one environment. */
public final class EnvironmentBean {
    /** Name of the environment, the value of {@code -Denv}. */
    private @Nullable String name;

    /** Overrides of {@code <function>}, element by element. */
    private @Nullable FunctionBean function;

    /** Takes the place of {@code <region>}. */
    private @Nullable String region;

    /** Takes the place of {@code <accountId>}. */
    private @Nullable String accountId;

    /** Takes the place of {@code <endpoint>}. */
    private @Nullable String endpoint;

    /** Takes the place of {@code <sources>}. */
    private @Nullable List<@Nullable String> sources;

    /** Takes the place of {@code <rules>}. */
    private @Nullable List<RuleBean> rules;

    /** Takes the place of {@code <delivery>}. */
    private @Nullable String delivery;

    /** Overrides of {@code <queue>}, element by element. */
    private @Nullable QueueBean queue;

    /** Overrides of {@code <retry>}, element by element. */
    private @Nullable RetryBean retry;

    /** Overrides of {@code <tables>}, element by element. */
    private @Nullable TablesBean tables;

    /** Overrides of {@code <identity>}, element by element. */
    private @Nullable IdentityBean identity;

    /** Takes the place of {@code <negativePrices>}. */
    private @Nullable String negativePrices;

    /** Overrides of {@code <ttl>}, element by element. */
    private @Nullable TtlBean ttl;

    /** Overrides of {@code <audit>}, element by element. */
    private @Nullable AuditBean audit;

    /** Overrides of {@code <deadLetters>}, element by element. */
    private @Nullable DeadLettersBean deadLetters;

    /** Overrides of {@code <archive>}, element by element. */
    private @Nullable ArchiveBean archive;

    /** Overrides of {@code <logs>}, element by element. */
    private @Nullable LogsBean logs;

    /** Overrides of {@code <alarms>}, element by element. */
    private @Nullable AlarmsBean alarms;

    /** Takes the place of {@code <access>}. */
    private @Nullable String access;

    /** Added to {@code <tags>}, or in place of those of the same key. */
    private @Nullable Map<String, @Nullable String> tags;

    Element element() {
        return Element.group("environment")
                .value("name", name)
                .element(function == null ? null : function.element())
                .value("region", region)
                .value("accountId", accountId)
                .value("endpoint", endpoint)
                .values("sources", "source", sources)
                .element(Beans.list("rules", rules, RuleBean::element))
                .value("delivery", delivery)
                .element(queue == null ? null : queue.element())
                .element(retry == null ? null : retry.element())
                .element(tables == null ? null : tables.element())
                .element(identity == null ? null : identity.element())
                .value("negativePrices", negativePrices)
                .element(ttl == null ? null : ttl.element())
                .element(audit == null ? null : audit.element())
                .element(deadLetters == null ? null : deadLetters.element())
                .element(archive == null ? null : archive.element())
                .element(logs == null ? null : logs.element())
                .element(alarms == null ? null : alarms.element())
                .value("access", access)
                .map("tags", tags)
                .build();
    }
}
