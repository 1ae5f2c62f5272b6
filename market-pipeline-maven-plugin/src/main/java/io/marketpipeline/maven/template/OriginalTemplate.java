package io.marketpipeline.maven.template;

import io.marketpipeline.maven.config.PipelineConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The template that a stack takes over the Terraform original's resources with. It says what they are now, not what they
 * shall be: CloudFormation compares the next template with this one, and would not change what both say.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-manually.html
 */
public final class OriginalTemplate {
    private OriginalTemplate() {}

    /**
     * Describes resources as they are.
     *
     * @param resources with their properties: texts, whole numbers, booleans, lists and maps of them
     */
    public static Template of(PipelineConfig config, Map<OriginalResource, Map<String, Object>> resources) {
        boolean withBus =
                resources.keySet().stream().anyMatch(resource -> resource.kind() == OriginalResource.Kind.BUS);
        Template.Builder template = new Template.Builder(
                "Taken over from the Terraform original: " + config.names().stack());
        resources.forEach((resource, values) -> {
            Properties properties = properties(values);
            if (withBus && resource.kind() == OriginalResource.Kind.RULE) {
                properties.with("EventBusName", Intrinsic.ref(LogicalIds.EVENT_BUS));
            }
            // Required of what is imported; the next update says what it is to be.
            template.add(new Resource(resource.logicalId(), resource.kind().type(), properties).retained(true));
        });
        return template.build();
    }

    private static Properties properties(Map<?, ?> values) {
        Properties properties = new Properties();
        // Maps made in passing have no order; the text shall always be the same.
        new TreeMap<>(values).forEach((name, value) -> properties.with(name.toString(), value(value)));
        return properties;
    }

    private static Object value(Object value) {
        if (value instanceof Map<?, ?> map) {
            return properties(map);
        }
        if (value instanceof Collection<?> items) {
            List<Object> values = new ArrayList<>();
            items.forEach(item -> values.add(value(item)));
            return values;
        }
        return value;
    }
}
