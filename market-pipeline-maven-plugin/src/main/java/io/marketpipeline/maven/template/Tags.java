package io.marketpipeline.maven.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tags of a resource: its {@code Name}, then the configured ones by key. */
final class Tags {
    private final Map<String, String> common;

    Tags(Map<String, String> common) {
        this.common = common;
    }

    List<Properties> named(String name) {
        List<Properties> tags = new ArrayList<>();
        tags.add(tag("Name", name));
        common.forEach((key, value) -> tags.add(tag(key, value)));
        return tags;
    }

    private static Properties tag(String key, String value) {
        return Properties.of("Key", key).with("Value", value);
    }
}
