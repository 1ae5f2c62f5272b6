package io.marketpipeline.maven.goal;

import io.marketpipeline.maven.artifact.HandlerClass;
import io.marketpipeline.maven.artifact.ProjectFiles;
import io.marketpipeline.maven.config.ConfigurationCheck;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Problem;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.config.UserFixableException;
import io.marketpipeline.maven.output.Console;
import io.marketpipeline.maven.output.Terminal;
import io.marketpipeline.maven.output.Visible;
import io.marketpipeline.maven.template.VariablesLimit;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * What all goals share: the pom's configuration, the run's switches, and how a failure is told. A goal extends it
 * directly and does its work in {@link #run}.
 */
abstract class AbstractPipelineMojo extends AbstractMojo {
    /** Set by goal {@code start}: where the endpoint that it started listens. */
    static final String ENDPOINT_PROPERTY = "market-pipeline.endpoint";

    /** Set by goal {@code start}: the environment that it started the endpoint for. */
    static final String ENVIRONMENT_PROPERTY = "market-pipeline.env";

    /**
     * Name of the environment, the end of all names; for example {@code -Denv=dev}. No default but in {@code run} and
     * {@code start}, where it is {@code local}, and after {@code start} in the same build, where it is that of
     * {@code start}.
     */
    @Parameter(property = "env")
    private @Nullable String env;

    /** AWS region; default {@code us-east-1}. {@code -Dregion} wins over the pom. */
    @Parameter(property = "region")
    private @Nullable String region;

    /** Account that the stack must be in, 12 digits; whichever the credentials belong to by default. */
    @Parameter(property = "accountId")
    private @Nullable String accountId;

    /**
     * URL that all AWS calls go to in place of AWS's own; {@code http://127.0.0.1:4700} in environment {@code local}.
     * {@code -Dendpoint} wins over the pom.
     */
    @Parameter(property = "endpoint")
    private @Nullable String endpoint;

    /** Leaves the goal out; default {@code false}. */
    @Parameter(property = "market-pipeline.skip", defaultValue = "false")
    private boolean skip;

    /** What all names begin with, so that two pipelines can share an account; none by default. */
    @Parameter
    private @Nullable String name;

    /** The function; its {@code <handler>} is the only element that must be there. */
    @Parameter
    private @Nullable FunctionBean function;

    /** Sources of events that are let through; default {@code market.data}. */
    @Parameter
    private @Nullable List<@Nullable String> sources;

    /** Rules of the bus; {@code trade-events} and {@code quote-events} by default. */
    @Parameter
    private @Nullable List<RuleBean> rules;

    /**
     * How events get from the rules to the function: {@code direct} (default), {@code buffered}, through a queue, or
     * {@code draining}, the step from buffered back to direct.
     */
    @Parameter
    private @Nullable String delivery;

    /** The queue of buffered delivery. */
    @Parameter
    private @Nullable QueueBean queue;

    /** How often and how long a failed event is tried again. */
    @Parameter
    private @Nullable RetryBean retry;

    /** Billing, encryption, recovery and protection of the two tables. */
    @Parameter
    private @Nullable TablesBean tables;

    /** Which fields of an event's detail are its identity; default {@code event_id}. */
    @Parameter
    private @Nullable IdentityBean identity;

    /** Symbols whose prices may be negative, joined by commas; {@code *} (default) for all, or {@code none}. */
    @Parameter
    private @Nullable String negativePrices;

    /** How long rows are kept; 30 days by default. */
    @Parameter
    private @Nullable TtlBean ttl;

    /** Audit trail. */
    @Parameter
    private @Nullable AuditBean audit;

    /** Dead-letter queue. */
    @Parameter
    private @Nullable DeadLettersBean deadLetters;

    /** Archive of the bus. */
    @Parameter
    private @Nullable ArchiveBean archive;

    /** Log of the function. */
    @Parameter
    private @Nullable LogsBean logs;

    /** Alarms, and whom they tell. */
    @Parameter
    private @Nullable AlarmsBean alarms;

    /**
     * What the function may do to the tables: {@code least} (default: put, nothing else) or {@code original} (what the
     * Terraform original granted).
     */
    @Parameter
    private @Nullable String access;

    /** Tags of every resource. */
    @Parameter
    private @Nullable Map<String, @Nullable String> tags;

    /** What is different in one environment; an element in it overrides the same element above. */
    @Parameter
    private @Nullable List<EnvironmentBean> environments;

    /** Where zip, template and outputs are written. */
    @Parameter(defaultValue = "${project.build.directory}/market-pipeline", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private File outputDirectory;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    @SuppressWarnings("NullAway.Init") // Maven sets it.
    private MojoExecution execution;

    private List<Problem> misspeltInside = List.of();

    /**
     * Does the goal's work.
     *
     * @throws UserFixableException shown as it is, as a failure of the build
     * @throws IOException shown with its cause, as an error of the build
     * @throws InterruptedException ends the build; the thread's interrupt flag is set again
     */
    abstract void run(PipelineConfig config) throws IOException, InterruptedException;

    /** The environment where neither the pom nor {@code -Denv} names one; by default there is none. */
    Optional<String> defaultEnvironment() {
        return Optional.empty();
    }

    /**
     * What the function is made of, in goals that package it: its handler is looked at with the configuration, before
     * anything is touched. By default the goal packages nothing.
     */
    Optional<ProjectFiles> packagedProject() {
        return Optional.empty();
    }

    MavenProject project() {
        return project;
    }

    MavenSession session() {
        return session;
    }

    /** Where the goal writes: Maven's log, and the terminal itself where one is there and Maven is interactive. */
    Console console() {
        boolean terminal = session.getRequest().isInteractiveMode()
                && getLog().isInfoEnabled()
                && Terminal.attached(System.getenv());
        LogLines lines = new LogLines(
                getLog(),
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                LogLines::processIsEnding);
        return Console.of(lines::info, lines::warn, System.out, terminal, Terminal.colours(System.getenv()));
    }

    /** This goal as Maven runs it, with the plugin's own coordinates. */
    MojoExecution execution() {
        return execution;
    }

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped by <skip> or -Dmarket-pipeline.skip");
            return;
        }
        String goal = execution.getGoal();
        try {
            run(ConfigurationReader.read(configuration(), switches(), misspelt(), checks()));
        } catch (UserFixableException e) {
            // Maven would print the causes' messages behind this one, which says it all; -X shows them.
            getLog().debug(e);
            throw new MojoFailureException(shown(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("Goal " + goal + " was interrupted", e);
        } catch (IOException | RuntimeException e) {
            throw new MojoExecutionException("Goal " + goal + " failed: " + e, e);
        }
    }

    /** The lines are the message's own; what is foreign in one loses what commands a terminal. */
    private static String shown(UserFixableException e) {
        return Visible.lines(String.valueOf(e.getMessage()));
    }

    private List<ConfigurationCheck> checks() {
        List<ConfigurationCheck> checks = new ArrayList<>(List.of(VariablesLimit::problems));
        packagedProject().ifPresent(files -> checks.add(config -> HandlerClass.problems(config.function(), files)));
        return checks;
    }

    private List<Problem> misspelt() {
        PluginDescriptor descriptor = execution.getMojoDescriptor().getPluginDescriptor();
        Plugin plugin = project.getPlugin(descriptor.getPluginLookupKey());
        List<Problem> misspelt = new ArrayList<>(misspeltInside);
        if (plugin != null) {
            misspelt.addAll(new ElementNames(descriptor).unknown(plugin));
        }
        return misspelt;
    }

    /** Told by {@link PomConfigurator}: elements inside the beans that no bean knows. */
    void misspeltInside(List<Problem> problems) {
        misspeltInside = List.copyOf(problems);
    }

    private Switches switches() {
        return new Switches(
                userProperty("env")
                        .or(() -> Optional.ofNullable(env))
                        .or(() -> Optional.ofNullable(project.getProperties().getProperty(ENVIRONMENT_PROPERTY)))
                        .or(this::defaultEnvironment),
                userProperty("region"),
                userProperty("endpoint")
                        .or(() -> Optional.ofNullable(project.getProperties().getProperty(ENDPOINT_PROPERTY))),
                userProperty("accountId"),
                userProperty("aws.profile"),
                outputDirectory.toPath());
    }

    /** {@code -D} on the command line, which otherwise would lose against the pom. */
    private Optional<String> userProperty(String key) {
        return Optional.ofNullable(session.getUserProperties().getProperty(key));
    }

    private Element configuration() {
        return Element.group("configuration")
                .value("name", name)
                .value("region", region)
                .value("accountId", accountId)
                .value("endpoint", endpoint)
                .element(function == null ? null : function.element())
                .values("sources", "source", sources)
                .element(Beans.list("rules", rules, RuleBean::element))
                .value("delivery", delivery)
                .element(queue == null ? null : queue.element())
                .element(retry == null ? null : retry.element())
                .element(tables == null ? null : tables.element())
                .element(identity == null ? null : identity.element())
                .value("negativePrices", negativePrices)
                .element(ttl == null ? null : ttl.element())
                .element(audit == null ? null : audit.element())
                .element(deadLetters == null ? null : deadLetters.element())
                .element(archive == null ? null : archive.element())
                .element(logs == null ? null : logs.element())
                .element(alarms == null ? null : alarms.element())
                .value("access", access)
                .map("tags", tags)
                .element(Beans.list("environments", environments, EnvironmentBean::element))
                .build();
    }
}
