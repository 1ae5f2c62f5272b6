package io.marketpipeline.local.cloudformation.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * How resources of one type are made, changed, read and deleted: data and small functions, no control flow. Immutable.
 *
 * @param type such as {@code AWS::SQS::Queue}
 * @param service the service whose operations the functions call
 * @param create makes the resource and gives its physical id
 * @param identify the physical id that the properties' own name leads to, if they have one; may find nothing
 * @param settings what changes in place, and what creation needs beyond {@code create}
 * @param ready waits after creation and after each update until the resource is usable
 * @param delete deletes it; it is no error if it is gone
 * @param read the resource's description by its service; empty if it isn't there
 * @param attributes what {@code Fn::GetAtt} reads
 * @param imported the physical id of what an import names by the type's identifier
 * @param live its properties as the service has them now; empty for types whose drift isn't detected
 * @param writeOnly properties that the service doesn't give back
 */
record ResourceDefinition(
        String type,
        String service,
        Create create,
        Identify identify,
        List<Setting> settings,
        Ready ready,
        Delete delete,
        Read read,
        Attributes attributes,
        UnaryOperator<String> imported,
        Live live,
        Set<String> writeOnly) {

    interface Create {
        String create(ResourceCalls calls, ObjectNode properties);
    }

    interface Identify {
        Optional<String> identify(ResourceCalls calls, ObjectNode properties);
    }

    interface Ready {
        void await(ResourceCalls calls);
    }

    interface Delete {
        void delete(ResourceCalls calls, ObjectNode properties);
    }

    interface Read {
        Optional<JsonNode> read(ResourceCalls calls, ObjectNode properties);
    }

    interface Attributes {
        Map<String, String> of(ResourceCalls calls, ObjectNode properties);
    }

    interface Live {
        Optional<ObjectNode> properties(ResourceCalls calls, ObjectNode properties, JsonNode description);
    }

    interface Change {
        void apply(ResourceCalls calls, ObjectNode before, ObjectNode after);
    }

    /**
     * Something that is set by a call of its own.
     *
     * @param properties those that it covers; it is applied if one of them differs
     * @param onCreate whether {@code create} leaves it to this setting
     * @param severalCalls whether a failure may leave it half done, so that going back applies it once more
     */
    record Setting(Set<String> properties, boolean onCreate, boolean severalCalls, Change change) {
        boolean differs(ObjectNode before, ObjectNode after) {
            return properties.stream().anyMatch(name -> !before.path(name).equals(after.path(name)));
        }
    }

    static Builder of(String type, String service) {
        return new Builder(type, service);
    }

    /** Collects a definition. Not thread-safe. */
    static final class Builder {
        private final String type;
        private final String service;
        private final List<Setting> settings = new ArrayList<>();
        private Create create = (calls, properties) -> calls.generatedName();
        private Identify identify = (calls, properties) -> Optional.empty();
        private Ready ready = calls -> {};
        private Delete delete = (calls, properties) -> {};
        private Read read = (calls, properties) -> Optional.empty();
        private Attributes attributes = (calls, properties) -> Map.of();
        private UnaryOperator<String> imported = identifier -> identifier;
        private Live live = (calls, properties, description) -> Optional.empty();
        private Set<String> writeOnly = Set.of();

        private Builder(String type, String service) {
            this.type = type;
            this.service = service;
        }

        Builder create(Create value) {
            create = value;
            return this;
        }

        Builder identify(Identify value) {
            identify = value;
            return this;
        }

        /** The physical id is the name that this property gives. */
        Builder identifiedBy(String property) {
            return identify((calls, properties) -> text(properties, property));
        }

        /** Something that only updates call; {@code create} covers it at creation. */
        Builder update(Set<String> properties, Change change) {
            settings.add(new Setting(properties, false, false, change));
            return this;
        }

        /** Something that creation and updates set by a call of its own. */
        Builder setting(Set<String> properties, Change change) {
            settings.add(new Setting(properties, true, false, change));
            return this;
        }

        /** As {@link #setting}, but made of several calls, each of which does no harm when repeated. */
        Builder settingOfSeveralCalls(Set<String> properties, Change change) {
            settings.add(new Setting(properties, true, true, change));
            return this;
        }

        Builder ready(Ready value) {
            ready = value;
            return this;
        }

        Builder delete(Delete value) {
            delete = value;
            return this;
        }

        Builder read(Read value) {
            read = value;
            return this;
        }

        Builder attributes(Attributes value) {
            attributes = value;
            return this;
        }

        /** Where an import's identifier isn't the physical id. */
        Builder imported(UnaryOperator<String> value) {
            imported = value;
            return this;
        }

        Builder live(Live value) {
            live = value;
            return this;
        }

        /** Properties that the service doesn't give back, and that therefore can't drift. */
        Builder writeOnly(String... properties) {
            writeOnly = Set.of(properties);
            return this;
        }

        ResourceDefinition build() {
            return new ResourceDefinition(
                    type,
                    service,
                    create,
                    identify,
                    List.copyOf(settings),
                    ready,
                    delete,
                    read,
                    attributes,
                    imported,
                    live,
                    writeOnly);
        }
    }

    static Optional<String> text(ObjectNode properties, String property) {
        return Optional.ofNullable(properties.get(property)).map(JsonNode::asText);
    }
}
