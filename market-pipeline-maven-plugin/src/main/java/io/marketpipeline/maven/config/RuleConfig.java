package io.marketpipeline.maven.config;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.schema.DetailTypes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule on the bus: which detail types go to the function.
 *
 * @param name such as {@code trade-events}
 * @param detailTypes with the kind of each, in the order of the pom; at least one
 */
public record RuleConfig(String name, Map<String, EventKind> detailTypes) {
    private static final Map<String, EventKind> KNOWN = EventKind.knownDetailTypes();

    /** What the Terraform original routes. */
    static final List<RuleConfig> DEFAULTS =
            List.of(known("trade-events", DetailTypes.TRADES), known("quote-events", DetailTypes.QUOTES));

    private static final int MAX_PATTERN_BYTES = 2048;
    private static final int PATTERN_BYTES_PER_VALUE = 3;
    private static final int PATTERN_FRAME_BYTES = 30;

    private static final String EXAMPLE = "<rule><name>trade-events</name><detailTypes><detailType>Trade Execution"
            + "</detailType></detailTypes></rule>";

    public RuleConfig {
        detailTypes = Collections.unmodifiableMap(new LinkedHashMap<>(detailTypes));
    }

    static List<RuleConfig> readAll(Reading root) {
        List<Reading> items = root.items("rules").orElse(List.of());
        if (items.isEmpty()) {
            if (root.isPresent("rules")) {
                root.group("rules").wrongHere("", "at least one rule, or left out for the default two", EXAMPLE);
            }
            return DEFAULTS;
        }
        List<RuleConfig> rules = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        Set<String> routed = new LinkedHashSet<>();
        for (Reading item : items) {
            RuleConfig rule = read(item);
            if (!rule.name.isEmpty() && !Collections.disjoint(names, ids(rule.name))) {
                item.wrong(
                        "name",
                        "another name than the rules above have, different in more than hyphens and an ending '-events'",
                        "index-events");
            }
            names.addAll(ids(rule.name));
            for (String detailType : rule.detailTypes.keySet()) {
                if (!routed.add(detailType)) {
                    item.group("detailTypes")
                            .wrongHere(
                                    detailType,
                                    "a detail type that no other rule routes, else each event of it is processed twice",
                                    "<detailType>Index Level</detailType>");
                }
            }
            rules.add(rule);
        }
        return rules;
    }

    /** Two rules with one of these in common would be the same rule, or share a permission, in the template. */
    private static List<String> ids(String name) {
        return List.of("rule " + camel(name), "permission " + camel(shortName(name)));
    }

    /** {@code trade-events} becomes {@code TradeEvents}, since logical ids have no hyphens. */
    public static String camel(String hyphenated) {
        return Arrays.stream(hyphenated.split("-", -1))
                .filter(word -> !word.isEmpty())
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** {@code trade-events} becomes {@code trade}, as the Terraform original abbreviates it. */
    public static String shortName(String name) {
        return name.endsWith("-events") ? name.substring(0, name.length() - "-events".length()) : name;
    }

    private static RuleConfig read(Reading rule) {
        String allowed = "letters, digits and single hyphens, beginning with a letter";
        if (!rule.isPresent("name")) {
            rule.wrong("name", allowed, "trade-events");
        }
        String name = rule.text("name", "[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*", allowed, "trade-events")
                .orElse("");
        EventKind kind = rule.choice("kind", EventKind.TRADE, EventKind::settingName);
        Map<String, EventKind> detailTypes = new LinkedHashMap<>();
        for (String detailType : rule.values("detailTypes").orElse(List.of())) {
            if (!detailType.matches("[^;=\\p{Cntrl}]{1,128}")) {
                rule.group("detailTypes")
                        .wrongHere(
                                detailType,
                                "1 to 128 characters without ';' and '='",
                                "<detailType>Trade Execution</detailType>");
                continue;
            }
            if (!KNOWN.containsKey(detailType) && !rule.isPresent("kind")) {
                rule.wrong(
                        "kind",
                        "trade, quote or price, because '" + detailType + "' isn't one of the known detail types",
                        "trade");
            }
            detailTypes.put(detailType, KNOWN.getOrDefault(detailType, kind));
        }
        if (rule.values("detailTypes").orElse(List.of()).isEmpty()) {
            rule.group("detailTypes")
                    .wrongHere(null, "at least one detail type", "<detailType>Trade Execution</detailType>");
        }
        return new RuleConfig(name, detailTypes);
    }

    /** EventBridge quotas: "Event pattern size". */
    void checkPattern(Reading root, List<String> sources) {
        int size = Stream.concat(sources.stream(), detailTypes.keySet().stream())
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length + PATTERN_BYTES_PER_VALUE)
                .sum();
        if (size + PATTERN_FRAME_BYTES > MAX_PATTERN_BYTES) {
            root.group("rules")
                    .wrongHere(
                            name,
                            "rules whose sources and detail types have together at most " + MAX_PATTERN_BYTES
                                    + " characters; split the detail types over more rules",
                            EXAMPLE);
        }
    }

    private static RuleConfig known(String name, List<String> detailTypes) {
        Map<String, EventKind> kinds = new LinkedHashMap<>();
        detailTypes.forEach(detailType -> kinds.put(detailType, KNOWN.getOrDefault(detailType, EventKind.TRADE)));
        return new RuleConfig(name, kinds);
    }
}
