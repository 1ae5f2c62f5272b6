package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.config.Element;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Element {@code <identity>}. */
public final class IdentityBean {
    /** Field of the event's detail that is its identity; default {@code event_id}. */
    private @Nullable String field;

    /** Several fields that are its identity together. */
    private @Nullable List<@Nullable String> fields;

    Element element() {
        return Element.group("identity")
                .value("field", field)
                .values("fields", "field", fields)
                .build();
    }
}
