package io.marketpipeline.maven.config;

import io.marketpipeline.schema.StackNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that is known about one environment's pipeline: complete, checked, immutable. Made by
 * {@link ConfigurationReader}.
 *
 * @param names of all resources; holds prefix and environment
 * @param region AWS region
 * @param accountId the account that calls must go to; empty for whichever the credentials belong to
 * @param endpoint where all calls go; empty for AWS's own
 * @param sources of events that the rules let through, at least one
 * @param rules at least one
 * @param identity fields of {@code detail} that make an event's identity, at least one
 * @param negativePrices symbols whose prices may be negative, joined by commas; {@code *} for all
 * @param tags on every resource, sorted by key
 * @param given switches of this run beside the environment, by name, that must be given again to mean the same pipeline
 * @param outputDirectory where zip, template and outputs are written
 */
public record PipelineConfig(
        StackNames names,
        String region,
        Optional<String> accountId,
        Optional<URI> endpoint,
        FunctionConfig function,
        List<String> sources,
        List<RuleConfig> rules,
        DeliveryConfig delivery,
        RetryConfig retry,
        TablesConfig tables,
        List<String> identity,
        String negativePrices,
        TtlConfig ttl,
        AuditConfig audit,
        DeadLettersConfig deadLetters,
        ArchiveConfig archive,
        LogsConfig logs,
        AlarmsConfig alarms,
        Access access,
        Map<String, String> tags,
        Map<String, String> given,
        Path outputDirectory) {
    public PipelineConfig {
        sources = List.copyOf(sources);
        rules = List.copyOf(rules);
        identity = List.copyOf(identity);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /** The same pipeline at another endpoint. */
    public PipelineConfig at(URI other) {
        if (endpoint.filter(other::equals).isPresent()) {
            return this;
        }
        Map<String, String> givenThere = new LinkedHashMap<>(given);
        givenThere.put(Switches.ENDPOINT, other.toString());
        return new PipelineConfig(
                names,
                region,
                accountId,
                Optional.of(other),
                function,
                sources,
                rules,
                delivery,
                retry,
                tables,
                identity,
                negativePrices,
                ttl,
                audit,
                deadLetters,
                archive,
                logs,
                alarms,
                access,
                tags,
                givenThere,
                outputDirectory);
    }

    /** Such as {@code dev}. */
    public String environment() {
        return names.environment();
    }

    /** The function's zip, written by goal {@code package}. */
    public Path functionZip() {
        return outputDirectory.resolve("function.zip");
    }

    /** The stack's template, written by goals {@code package} and {@code validate}. */
    public Path templateFile() {
        return outputDirectory.resolve("template-" + environment() + ".yaml");
    }
}
