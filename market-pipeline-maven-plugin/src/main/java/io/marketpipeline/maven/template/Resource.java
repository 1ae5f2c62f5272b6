package io.marketpipeline.maven.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One resource of a template. Not for use by several threads while it is built. */
final class Resource {
    private final String logicalId;
    private final String type;
    private final Properties properties;
    private final List<String> dependsOn = new ArrayList<>();
    private final Map<String, String> skippedChecks = new TreeMap<>();
    private Optional<String> deletionPolicy = Optional.empty();
    private Optional<String> replacePolicy = Optional.empty();

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
        this.deletionPolicy = Optional.of(stays ? "Retain" : "Delete");
        this.replacePolicy = deletionPolicy;
        return this;
    }

    /**
     * Holds data, which stays unless told otherwise: CloudFormation takes over again only what has one of these policies.
     * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html
     */
    Resource holdingData(boolean replacedStays) {
        this.deletionPolicy = Optional.of(replacedStays ? "Retain" : "RetainExceptOnCreate");
        this.replacePolicy = Optional.of(replacedStays ? "Retain" : "Delete");
        return this;
    }

    /** A check of checkov that this resource doesn't follow, with the reason. */
    Resource skipping(String checkId, String reason) {
        skippedChecks.put(checkId, reason);
        return this;
    }

    Properties body() {
        Properties body = Properties.of("Type", type);
        deletionPolicy.ifPresent(policy -> body.with("DeletionPolicy", policy));
        replacePolicy.ifPresent(policy -> body.with("UpdateReplacePolicy", policy));
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
