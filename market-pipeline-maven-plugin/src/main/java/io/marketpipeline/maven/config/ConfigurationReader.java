package io.marketpipeline.maven.config;

import io.marketpipeline.schema.DetailTypes;
import io.marketpipeline.schema.MarketDataTable;
import io.marketpipeline.schema.StackNames;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the pom's elements and the run's switches into a {@link PipelineConfig}. */
public final class ConfigurationReader {
    private static final String LOCAL = "local";
    private static final String LOCAL_ENDPOINT = "http://127.0.0.1:4700";

    private final List<Problem> problems = new ArrayList<>();

    private ConfigurationReader(List<Problem> found) {
        problems.addAll(found);
    }

    /**
     * The configuration of the environment that the switches name.
     *
     * @param configuration group of the plugin's top-level elements
     * @throws ConfigurationException with every problem found
     */
    public static PipelineConfig read(Element configuration, Switches switches) {
        return read(configuration, switches, List.of());
    }

    /**
     * As {@link #read(Element, Switches)}, told together with what was found wrong before.
     *
     * @param found problems that the elements' reader can't see; with one of them there is no configuration
     */
    public static PipelineConfig read(Element configuration, Switches switches, List<Problem> found) {
        ConfigurationReader reader = new ConfigurationReader(found);
        return reader.unlessWrong(reader.config(configuration, switches));
    }

    /**
     * As {@link #read(Element, Switches, List)}, with checks that need more than the elements.
     *
     * @throws ConfigurationException with every problem found, by whichever check
     */
    public static PipelineConfig read(
            Element configuration, Switches switches, List<Problem> found, List<ConfigurationCheck> checks)
            throws IOException {
        ConfigurationReader reader = new ConfigurationReader(found);
        PipelineConfig config = reader.config(configuration, switches);
        for (ConfigurationCheck check : checks) {
            reader.problems.addAll(check.problems(config));
        }
        return reader.unlessWrong(config);
    }

    private PipelineConfig unlessWrong(PipelineConfig config) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return config;
    }

    private PipelineConfig config(Element configuration, Switches switches) {
        Element merged = EnvironmentElements.effective(configuration, switches.environment(), problems);
        UnfitText.check(merged, "", problems);
        Reading root = new Reading(merged, "", problems);
        List<RuleConfig> rules = RuleConfig.readAll(root);
        StackNames names = new StackNames(
                root.text("name", "[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*", NameLimits.PREFIX_ALLOWED, "us-tape")
                        .orElse(""),
                switches.environment().orElse(""));
        NameLimits.check(names, rules, problems);
        FunctionConfig function = FunctionConfig.read(root.group("function"));
        return new PipelineConfig(
                names,
                region(root, switches),
                accountId(root, switches),
                endpoint(root, switches),
                function,
                sources(root, rules),
                rules,
                DeliveryConfig.read(root, function),
                RetryConfig.read(root.group("retry")),
                TablesConfig.read(root.group("tables")),
                identity(root),
                negativePrices(root),
                TtlConfig.read(root.group("ttl")),
                AuditConfig.read(root.group("audit")),
                DeadLettersConfig.read(root.group("deadLetters")),
                ArchiveConfig.read(root.group("archive")),
                LogsConfig.read(root.group("logs")),
                AlarmsConfig.read(root.group("alarms")),
                root.choice("access", Access.LEAST, Access::label),
                tags(root, names),
                switches.given(),
                switches.outputDirectory());
    }

    private String region(Reading root, Switches switches) {
        return checked(
                        root,
                        "region",
                        switches.region(),
                        "[a-z]{2}(-[a-z]+)+-[0-9]",
                        "the name of an AWS region",
                        "us-east-1")
                .orElse("us-east-1");
    }

    private Optional<String> accountId(Reading root, Switches switches) {
        return checked(
                root, "accountId", switches.accountId(), "[0-9]{12}", "the 12 digits of an account", "111122223333");
    }

    private Optional<URI> endpoint(Reading root, Switches switches) {
        Optional<String> text = switches.endpoint().or(() -> root.text("endpoint"));
        if (text.isEmpty()) {
            boolean local = switches.environment().filter(LOCAL::equals).isPresent();
            return local ? Optional.of(URI.create(LOCAL_ENDPOINT)) : Optional.empty();
        }
        Optional<URI> uri = EndpointUrl.parse(text.get());
        if (uri.isEmpty()) {
            // What stands before an @ may be a password.
            String shown = text.get().replaceFirst("//.*@", "//...@");
            String where = switches.endpoint().isPresent() ? "-Dendpoint" : "<endpoint>";
            problems.add(Problem.of(where, Optional.of(shown), EndpointUrl.ALLOWED, LOCAL_ENDPOINT));
        }
        return uri;
    }

    /** The switch where it is given, else the element; each must match. */
    private Optional<String> checked(
            Reading root, String name, Optional<String> given, String regex, String allowed, String example) {
        if (given.isEmpty()) {
            return root.text(name, regex, allowed, example);
        }
        if (given.get().matches(regex)) {
            return given;
        }
        problems.add(Problem.of("-D" + name, given, allowed, "-D" + name + "=" + example));
        return Optional.empty();
    }

    private static List<String> sources(Reading root, List<RuleConfig> rules) {
        List<String> sources = root.values("sources").orElse(List.of(DetailTypes.DEFAULT_SOURCE));
        String example = "<source>" + DetailTypes.DEFAULT_SOURCE + "</source>";
        if (sources.isEmpty()) {
            root.group("sources").wrongHere(null, "at least one source", example);
        }
        for (String source : sources) {
            if (!source.matches("[/.\\-_A-Za-z0-9]{1,256}")
                    || source.toLowerCase(Locale.ROOT).startsWith("aws.")) {
                root.group("sources")
                        .wrongHere(
                                source,
                                "letters, digits and any of / . - _, not beginning with 'aws.', which is AWS's own",
                                example);
            }
        }
        rules.forEach(rule -> rule.checkPattern(root, sources));
        return sources;
    }

    private static List<String> identity(Reading root) {
        Reading identity = root.group("identity");
        String example = "<field>" + MarketDataTable.EVENT_ID + "</field>";
        List<String> fields = new ArrayList<>();
        identity.text("field").ifPresent(fields::add);
        identity.values("fields").ifPresent(fields::addAll);
        if (identity.isPresent("field") && identity.isPresent("fields")) {
            identity.wrongHere(null, "given with either <field> or <fields>", example);
        }
        for (String field : fields) {
            if (!field.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                identity.wrongHere(field, "the name of a field of the event's detail", example);
            }
        }
        return fields.isEmpty() ? List.of(MarketDataTable.EVENT_ID) : fields;
    }

    private static String negativePrices(Reading root) {
        String text = root.text(
                        "negativePrices",
                        "\\*|none|[^,\\s*]+(\\s*,\\s*[^,\\s*]+)*",
                        "'*' for every symbol, 'none', or symbols joined by commas",
                        "CL,NG")
                .orElse("*");
        return text.replaceAll("\\s", "");
    }

    /** Limits: Tag in the AWS resource tagging reference; 40 keys leave room for the stack's own. */
    private static Map<String, String> tags(Reading root, StackNames names) {
        Map<String, String> tags = new TreeMap<>(Map.of(
                "Project", "FinancialMarketData",
                "ManagedBy", "market-pipeline-maven-plugin",
                "Environment", names.environment()));
        root.group("tags")
                .entries()
                .forEach(entry -> tags.put(entry.name(), entry.text().orElse("")));
        tags.forEach((key, value) -> {
            if (!key.matches("[\\p{L}\\p{N}_.:/=+@-]{1,128}")
                    || key.toLowerCase(Locale.ROOT).startsWith("aws:")
                    || key.equals("Name")
                    || !value.matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}")) {
                root.group("tags")
                        .wrongHere(
                                key + "=" + value,
                                "letters, digits, spaces and _ . : / = + - @, at most 128 in the key and 256 in the"
                                        + " value; 'Name' is set on each resource",
                                "<Team>Platform</Team>");
            }
        });
        if (tags.size() > 40) {
            root.group("tags").wrongHere(tags.size() + " tags", "at most 40", "<Team>Platform</Team>");
        }
        return tags;
    }
}
