package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.marketpipeline.local.cloudformation.resource.ResourceDefinition.Setting;
import io.marketpipeline.local.gateway.EndpointSettings;
import io.marketpipeline.local.gateway.ServiceCalls;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes, changes, reads and deletes resources of all types. Thread-safe. */
public final class Resources {
    private static final Map<String, ResourceDefinition> DEFINITIONS = Stream.of(
                    DatabaseResources.all(),
                    EventResources.all(),
                    FunctionResources.all(),
                    IdentityResources.all(),
                    MonitoringResources.all(),
                    MessagingResources.all(),
                    StorageResources.all())
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(ResourceDefinition::type, Function.identity()));

    private final ServiceCalls calls;
    private final EndpointSettings settings;
    private final PhysicalNames names;

    /** Creates the resources of one endpoint. */
    public Resources(ServiceCalls calls, EndpointSettings settings) {
        this.calls = calls;
        this.settings = settings;
        this.names = new PhysicalNames();
    }

    /**
     * A resource that exists.
     *
     * @param physicalId what {@code Ref} gives
     * @param attributes what {@code Fn::GetAtt} gives, by name
     */
    public record Physical(String physicalId, Map<String, String> attributes) {}

    /**
     * A resource in its stack.
     *
     * @param type such as {@code AWS::SQS::Queue}
     */
    public record Address(String stackName, String stackId, String logicalId, String type) {}

    /**
     * Makes a resource.
     *
     * @throws ResourceFailure if its service refuses; {@code partial} of it is the id of what exists nevertheless
     */
    public Physical create(Address address, ObjectNode properties) {
        ResourceDefinition definition = definition(address.type());
        String id = "";
        try {
            ResourceCalls unnamed = calls(definition, address, "");
            ObjectNode named = SystemTags.added(address, named(address, properties, unnamed.generatedName()));
            id = definition.create().create(unnamed, named);
            ResourceCalls own = unnamed.withPhysicalId(id);
            definition.ready().await(own);
            ObjectNode none = JsonNodeFactory.instance.objectNode();
            for (Setting setting : definition.settings()) {
                if (setting.onCreate() && setting.differs(none, named)) {
                    setting.change().apply(own, none, named);
                    definition.ready().await(own);
                }
            }
            return new Physical(id, definition.attributes().of(own, named));
        } catch (RuntimeException e) {
            throw ResourceFailure.of(e, definition.service(), Optional.of(id).filter(made -> !made.isEmpty()));
        }
    }

    /**
     * Changes a resource in place.
     *
     * @throws ResourceFailure if its service refuses; what it had accepted before stays changed, and is the failure's
     *     {@link ResourceFailure#applied}
     */
    public Physical update(Address address, String physicalId, ObjectNode before, ObjectNode after) {
        ResourceDefinition definition = definition(address.type());
        ObjectNode applied = before.deepCopy();
        try {
            ResourceCalls own = calls(definition, address, physicalId);
            for (Setting setting : definition.settings()) {
                if (setting.differs(before, after)) {
                    if (setting.severalCalls()) {
                        apply(setting, after, applied);
                    }
                    setting.change().apply(own, SystemTags.added(address, before), SystemTags.added(address, after));
                    apply(setting, after, applied);
                    definition.ready().await(own);
                }
            }
            return new Physical(physicalId, definition.attributes().of(own, after));
        } catch (RuntimeException e) {
            throw ResourceFailure.of(e, definition.service(), Optional.empty()).withApplied(applied);
        }
    }

    private static void apply(Setting setting, ObjectNode after, ObjectNode applied) {
        for (String name : setting.properties()) {
            if (after.has(name)) {
                applied.set(name, after.get(name));
            } else {
                applied.remove(name);
            }
        }
    }

    /**
     * Deletes a resource; it is no error if it is gone.
     *
     * @throws ResourceFailure if its service refuses
     */
    public void delete(Address address, String physicalId, ObjectNode properties) {
        ResourceDefinition definition = definition(address.type());
        try {
            definition.delete().delete(calls(definition, address, physicalId), properties);
        } catch (RuntimeException e) {
            throw ResourceFailure.of(e, definition.service(), Optional.empty());
        }
    }

    /** The resource that has the name which the properties give, if it exists. */
    public Optional<Physical> find(Address address, ObjectNode properties) {
        ResourceDefinition definition = definition(address.type());
        if (ResourceSchema.of(address.type())
                .flatMap(ResourceSchema::name)
                .filter(rule -> !properties.hasNonNull(rule.property()))
                .isPresent()) {
            return Optional.empty();
        }
        try {
            ResourceCalls unnamed = calls(definition, address, "");
            return definition
                    .identify()
                    .identify(unnamed, properties)
                    .map(unnamed::withPhysicalId)
                    .filter(own -> definition.read().read(own, properties).isPresent())
                    .map(own -> new Physical(
                            own.physicalId(), definition.attributes().of(own, properties)));
        } catch (RuntimeException e) {
            throw ResourceFailure.of(e, definition.service(), Optional.empty());
        }
    }

    /**
     * The resource's properties as its service has them now, of the schema's types, with the stack's tags but without
     * AWS's own; empty if its type's drift isn't detected.
     *
     * @param properties as the stack has them
     * @throws ResourceFailure if its service refuses
     */
    public Optional<ObjectNode> live(Address address, String physicalId, ObjectNode properties) {
        ResourceDefinition definition = definition(address.type());
        try {
            ResourceCalls own = calls(definition, address, physicalId);
            return definition
                    .read()
                    .read(own, properties)
                    .flatMap(description -> definition.live().properties(own, properties, description))
                    .map(live -> PropertyCheck.of(
                                    ResourceSchema.of(address.type()).orElseThrow(), SystemTags.removed(live))
                            .properties());
        } catch (RuntimeException e) {
            throw ResourceFailure.of(e, definition.service(), Optional.empty());
        }
    }

    /** Properties of a type that its service doesn't give back. */
    public static Set<String> writeOnly(String type) {
        return definition(type).writeOnly();
    }

    /** Whether the resource is there. */
    public boolean exists(Address address, String physicalId, ObjectNode properties) {
        ResourceDefinition definition = definition(address.type());
        return definition
                .read()
                .read(calls(definition, address, physicalId), properties)
                .isPresent();
    }

    /** The physical id of what an import names by its type's identifier. */
    public static String imported(String type, String identifier) {
        return definition(type).imported().apply(identifier);
    }

    /** The names of all types. */
    public static Set<String> types() {
        return DEFINITIONS.keySet();
    }

    private ResourceCalls calls(ResourceDefinition definition, Address address, String physicalId) {
        int length = ResourceSchema.of(address.type())
                .flatMap(ResourceSchema::name)
                .map(ResourceSchema.NameRule::maxLength)
                .orElse(100);
        String generated = names.generate(address.stackName(), address.logicalId(), length);
        return new ResourceCalls(
                calls,
                definition.service(),
                settings,
                address.logicalId(),
                definition.service().equals("s3") ? generated.toLowerCase(Locale.ROOT) : generated,
                physicalId);
    }

    private static ObjectNode named(Address address, ObjectNode properties, String generated) {
        Optional<String> property =
                ResourceSchema.of(address.type()).flatMap(ResourceSchema::name).map(ResourceSchema.NameRule::property);
        if (property.isEmpty() || properties.hasNonNull(property.get())) {
            return properties;
        }
        boolean fifo = properties.path("FifoQueue").asBoolean()
                || properties.path("FifoTopic").asBoolean();
        ObjectNode named = properties.deepCopy();
        named.put(
                property.get(), fifo ? generated.substring(0, Math.min(75, generated.length())) + ".fifo" : generated);
        return named;
    }

    private static ResourceDefinition definition(String type) {
        ResourceDefinition definition = DEFINITIONS.get(type);
        if (definition == null) {
            throw new IllegalArgumentException("No resource type " + type);
        }
        return definition;
    }
}
