package io.marketpipeline.maven.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One resource of a template. Not for use by several threads while it is built. */
final class Resource {
    private final String logicalId;
    private final String type;
    private final Properties properties;
    private final List<String> dependsOn = new ArrayList<>();
    private final Map<String, String> skippedChecks = new TreeMap<>();
    private boolean deletionStated;
    private boolean retained;

    Resource(String logicalId, String type, Properties properties) {
        this.logicalId = logicalId;
        this.type = type;
        this.properties = properties;
    }

    String logicalId() {
        return logicalId;
    }

    String type() {
        return type;
    }

    Properties properties() {
        return properties;
    }

    /** Order that CloudFormation can't infer from references. */
    Resource after(String... logicalIds) {
        dependsOn.addAll(List.of(logicalIds));
        return this;
    }

    Resource after(List<String> logicalIds) {
        dependsOn.addAll(logicalIds);
        return this;
    }

    /** States what becomes of the resource, and of what a replacement leaves behind, when it goes. */
    Resource retained(boolean stays) {
        this.deletionStated = true;
        this.retained = stays;
        return this;
    }

    /** A check of checkov that this resource doesn't follow, with the reason. */
    Resource skipping(String checkId, String reason) {
        skippedChecks.put(checkId, reason);
        return this;
    }

    Properties body() {
        Properties body = Properties.of("Type", type);
        if (deletionStated) {
            body.with("DeletionPolicy", retained ? "Retain" : "Delete")
                    .with("UpdateReplacePolicy", retained ? "Retain" : "Delete");
        }
        if (dependsOn.size() == 1) {
            body.with("DependsOn", dependsOn.get(0));
        } else {
            body.withAll("DependsOn", dependsOn);
        }
        if (!skippedChecks.isEmpty()) {
            List<Properties> skips = skippedChecks.entrySet().stream()
                    .map(skip -> Properties.of("id", skip.getKey()).with("comment", skip.getValue()))
                    .toList();
            body.with("Metadata", Properties.of("checkov", Properties.of("skip", skips)));
        }
        return properties.isEmpty() ? body : body.with("Properties", properties);
    }
}
