package io.marketpipeline.maven.template;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Says which element of the configuration a property of the template comes from. */
public final class ElementOrigins {
    private static final String KEY = "<tables><keyArn>";

    /** By type and property; a type alone stands for what isn't named. */
    private static final Map<String, String> ELEMENTS = elements();

    private ElementOrigins() {}

    /**
     * The element's path, such as {@code <function><memory>}; empty where no element has a say.
     *
     * @param type such as {@code AWS::Lambda::Function}
     * @param property such as {@code MemorySize}; empty where it isn't known
     */
    public static Optional<String> element(String type, String property) {
        if (property.equals("Tags")) {
            return Optional.of("<tags>");
        }
        String found = ELEMENTS.get(type + "." + property);
        if (found == null && property.endsWith("Name") && ELEMENTS.containsKey(type)) {
            return Optional.of("<name>");
        }
        return Optional.ofNullable(found == null ? ELEMENTS.get(type) : found);
    }

    /** Every element that it can name. */
    public static Set<String> all() {
        Set<String> all = new TreeSet<>(ELEMENTS.values());
        all.addAll(Set.of("<tags>", "<name>"));
        return all;
    }

    /** The property of the type that a text speaks of; empty where it speaks of none. */
    public static Optional<String> propertyIn(String type, String text) {
        String words = text.toLowerCase(Locale.ROOT);
        return ELEMENTS.keySet().stream()
                .filter(key -> key.startsWith(type + "."))
                .map(key -> key.substring(type.length() + 1))
                .filter(property -> words.contains(property.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static Map<String, String> elements() {
        Map<String, String> elements = new LinkedHashMap<>();
        of(elements, "AWS::Lambda::Function", "<function>")
                .with("ReservedConcurrentExecutions", "<function><reservedConcurrency>")
                .with("MemorySize", "<function><memory>")
                .with("Timeout", "<function><timeout>")
                .with("Runtime", "<function><runtime>")
                .with("Architectures", "<function><architecture>")
                .with("Handler", "<function><handler>")
                .with("SnapStart", "<function><snapStart>")
                .with("TracingConfig", "<function><tracing>")
                .with("KmsKeyArn", KEY);
        of(elements, "AWS::Lambda::EventInvokeConfig", "<retry>");
        of(elements, "AWS::Lambda::EventSourceMapping", "<delivery>");
        of(elements, "AWS::DynamoDB::Table", "<tables>")
                .with("BillingMode", "<tables><billing>")
                .with("ProvisionedThroughput", "<tables><writeCapacity>")
                .with("GlobalSecondaryIndexes", "<tables><indexShards>")
                .with("SSESpecification", "<tables><encryption>")
                .with("KMSMasterKeyId", KEY)
                .with("PointInTimeRecoverySpecification", "<tables><pitrDays>")
                .with("DeletionProtectionEnabled", "<tables><protection>")
                .with("TimeToLiveSpecification", "<ttl>");
        of(elements, "AWS::KMS::Key", "<tables><encryption>");
        of(elements, "AWS::SQS::Queue", "<deadLetters>")
                .with("MessageRetentionPeriod", "<deadLetters><retentionDays>")
                .with("KmsMasterKeyId", KEY);
        of(elements, "AWS::Logs::LogGroup", "<logs>")
                .with("RetentionInDays", "<logs><retentionDays>")
                .with("KmsKeyId", KEY);
        of(elements, "AWS::Events::Archive", "<archive>").with("RetentionDays", "<archive><retentionDays>");
        of(elements, "AWS::Events::EventBus", "<name>");
        of(elements, "AWS::Events::Rule", "<rules>")
                .with("EventPattern", "<rules>")
                .with("Targets", "<retry>");
        of(elements, "AWS::CloudWatch::Alarm", "<alarms>").with("AlarmActions", "<alarms><topic>");
        of(elements, "AWS::SNS::Topic", "<alarms><topic>");
        of(elements, "AWS::IAM::Role", "<access>");
        return elements;
    }

    private static OfType of(Map<String, String> elements, String type, String element) {
        elements.put(type, element);
        return new OfType(elements, type);
    }

    private record OfType(Map<String, String> elements, String type) {
        OfType with(String property, String element) {
            elements.put(type + "." + property, element);
            return this;
        }
    }
}
