package io.marketpipeline.maven.adopt;

import io.marketpipeline.maven.template.OriginalResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A resource of the original that is there.
 *
 * @param resource which one
 * @param identifier how an import names it
 * @param properties what it is now, as CloudFormation's properties
 */
record Found(OriginalResource resource, String identifier, Map<String, Object> properties) {
    Found {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** The same with what another reading knows. */
    Found with(String property, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(properties);
        more.put(property, value);
        return new Found(resource, identifier, more);
    }
}
