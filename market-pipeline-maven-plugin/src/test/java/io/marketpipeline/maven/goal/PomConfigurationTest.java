package io.marketpipeline.maven.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.TablesConfig;
import java.io.File;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.junit.jupiter.api.Test;

/** Poms as Maven itself binds them to a goal. */
class PomConfigurationTest {
    private static final String DESIGN =
            """
            <configuration>
              <function>
                <handler>com.example.tape.TapeHandler</handler>
                <runtime>java21</runtime> <memory>512</memory> <timeout>30</timeout>
                <architecture>arm64</architecture> <snapStart>true</snapStart> <reservedConcurrency/>
                <excludes><exclude>org.slf4j:*</exclude></excludes>
              </function>
              <name/>
              <region>us-east-1</region> <accountId/> <endpoint/>
              <sources><source>market.data</source></sources>
              <rules>
                <rule><name>trade-events</name><detailTypes><detailType>Trade Execution</detailType></detailTypes></rule>
                <rule><name>quote-events</name><detailTypes><detailType>Market Quote</detailType></detailTypes></rule>
              </rules>
              <retry><attempts>2</attempts><maxAge>3600</maxAge></retry>
              <tables>
                <billing>PAY_PER_REQUEST</billing> <encryption>managed</encryption> <pitrDays>35</pitrDays>
                <protection>false</protection> <retain>false</retain>
              </tables>
              <identity><field>event_id</field></identity>
              <ttl><days>30</days><rules><rule><detailType>Market Quote</detailType><days>7</days></rule></rules></ttl>
              <audit><onFailure>fail</onFailure> <retentionDays/></audit>
              <deadLetters><retentionDays>14</retentionDays></deadLetters>
              <archive><retentionDays>30</retentionDays></archive>
              <logs><retentionDays>30</retentionDays> <level>INFO</level></logs>
              <alarms><topic/> <errors>5</errors> <duration>5000</duration></alarms>
              <tags><Project>FinancialMarketData</Project></tags>
              <environments>
                <environment>
                  <name>prod</name>
                  <function><memory>1024</memory></function>
                  <tables><protection>true</protection><retain>true</retain><encryption>customer</encryption></tables>
                </environment>
              </environments>
            </configuration>
            """;

    private final Properties userProperties = new Properties();
    private final MavenProject project = new MavenProject();

    @Test
    void designsPomWhenBoundIsItsConfiguration() throws Exception {
        PipelineConfig config = run(DESIGN, "prod");

        assertThat(config.function().memory()).isEqualTo(1024);
        assertThat(config.function().excludes()).containsExactly("org.slf4j:*");
        assertThat(config.tables().encryption()).isEqualTo(TablesConfig.Encryption.CUSTOMER);
        assertThat(config.tables().pitrDays()).hasValue(35);
        assertThat(config.rules()).hasSize(2);
        assertThat(config.ttl().rules()).hasSize(1);
        assertThat(config.tags()).containsEntry("Project", "FinancialMarketData");
        assertThat(config.names().prefix()).isEmpty();
    }

    @Test
    void pomWhenItNamesOnlyTheHandlerIsEnough() throws Exception {
        PipelineConfig config =
                run("<configuration><function><handler>a.B</handler></function></configuration>", "dev");

        assertThat(config.environment()).isEqualTo("dev");
    }

    @Test
    void switchWhenThePomHasTheSameElementWins() throws Exception {
        userProperties.setProperty("region", "eu-west-1");
        userProperties.setProperty("endpoint", "http://127.0.0.1:9");

        PipelineConfig config = run(DESIGN, "dev");

        assertThat(config.region()).isEqualTo("eu-west-1");
        assertThat(config.endpoint()).hasToString("Optional[http://127.0.0.1:9]");
    }

    @Test
    void endpointWhenStartHasSetItIsTheOneThatListens() throws Exception {
        project.getProperties().setProperty("market-pipeline.endpoint", "http://127.0.0.1:4711");

        assertThat(run(DESIGN, "local").endpoint()).hasToString("Optional[http://127.0.0.1:4711]");
    }

    @Test
    void elementsWhenUnknownInsideBeansAreToldTogetherWithOtherProblems() {
        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(() -> run(
                        """
                        <configuration><function><handler>a.B</handler><memroy>1</memroy><timeout>0</timeout></function>
                        <rules><rule><nmae>x</nmae></rule></rules>
                        <environments><environment><name>dev</name><tables><retian>true</retian></tables></environment>
                        </environments></configuration>""",
                        "dev"))
                .withMessageContaining("<function><memroy> isn't an element of <function>, did you mean <memory>?")
                .withMessageContaining("<rules><rule><nmae> isn't an element of <rules><rule>, did you mean <name>?")
                .withMessageContaining("<environments><environment><tables><retian>")
                .withMessageContaining("<function><timeout> is '0'");
    }

    @Test
    void elementWhenUnknownAtTheTopIsRefusedWithTheOneThatWasMeant() {
        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(() -> run(
                        "<configuration><function><handler>a.B</handler></function><tabels/></configuration>", "dev"))
                .withMessageContaining("<tabels> isn't an element of this plugin, did you mean <tables>?");
    }

    @Test
    void environmentWhenNoneIsGivenIsAskedFor() {
        assertThatExceptionOfType(MojoFailureException.class)
                .isThrownBy(() -> run(DESIGN, null))
                .withMessageContaining("-Denv is missing")
                .withMessageContaining("example: -Denv=dev");
    }

    @Test
    void goalWhenInterruptedSetsTheFlagAgain() throws Exception {
        Probe probe = bound(DESIGN, "dev");
        probe.failure = new InterruptedException();

        assertThatExceptionOfType(MojoExecutionException.class)
                .isThrownBy(probe::execute)
                .withMessage("Goal probe was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void goalWhenSomethingElseFailsKeepsTheCause() throws Exception {
        Probe probe = bound(DESIGN, "dev");
        probe.failure = new IllegalStateException("broken");

        assertThatExceptionOfType(MojoExecutionException.class)
                .isThrownBy(probe::execute)
                .withMessageContaining("Goal probe failed: ")
                .withCause(probe.failure);
    }

    @Test
    void goalWhenSkippedReadsNothing() throws Exception {
        Probe probe = bound("<configuration><skip>true</skip></configuration>", null);

        probe.execute();

        assertThat(probe.seen).isEmpty();
    }

    private PipelineConfig run(String configuration, String environment) throws Exception {
        Probe probe = bound(configuration, environment);
        probe.execute();
        return probe.seen.orElseThrow();
    }

    private Probe bound(String configuration, String environment) throws Exception {
        Xpp3Dom dom = Xpp3DomBuilder.build(new StringReader(configuration));
        if (environment != null) {
            userProperties.setProperty("env", environment);
        }
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.marketpipeline");
        plugin.setArtifactId("market-pipeline-maven-plugin");
        plugin.setConfiguration(dom);
        project.getBuild().addPlugin(plugin);
        Probe probe = new Probe();
        new PomConfigurator()
                .configureComponent(
                        probe,
                        new XmlPlexusConfiguration(dom(dom, known())),
                        evaluator(),
                        new ClassWorld("test", getClass().getClassLoader()).getRealm("test"));
        set(probe, "project", project);
        set(probe, "session", session());
        set(probe, "execution", execution(plugin));
        set(probe, "outputDirectory", new File("target/market-pipeline"));
        return probe;
    }

    /** As Maven does: only what the goal knows reaches it. */
    private static Xpp3Dom dom(Xpp3Dom configuration, List<String> known) {
        Xpp3Dom filtered = new Xpp3Dom(configuration.getName());
        for (Xpp3Dom child : configuration.getChildren()) {
            if (known.contains(child.getName())) {
                filtered.addChild(child);
            }
        }
        return filtered;
    }

    private static ExpressionEvaluator evaluator() {
        return new ExpressionEvaluator() {
            @Override
            public Object evaluate(String expression) {
                return expression;
            }

            @Override
            public File alignToBaseDirectory(File file) {
                return file;
            }
        };
    }

    @SuppressWarnings("deprecation") // Maven has no other way to make a session outside of itself.
    private MavenSession session() {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        request.setUserProperties(userProperties);
        return new MavenSession(null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
    }

    private static MojoExecution execution(Plugin plugin) throws Exception {
        PluginDescriptor pluginDescriptor = new PluginDescriptor();
        pluginDescriptor.setGroupId(plugin.getGroupId());
        pluginDescriptor.setArtifactId(plugin.getArtifactId());
        MojoDescriptor mojo = new MojoDescriptor();
        mojo.setPluginDescriptor(pluginDescriptor);
        mojo.setGoal("probe");
        for (String name : known()) {
            Parameter parameter = new Parameter();
            parameter.setName(name);
            mojo.addParameter(parameter);
        }
        pluginDescriptor.addMojo(mojo);
        return new MojoExecution(mojo, "default-cli");
    }

    /** The annotations don't outlive the compiler, so every field counts. */
    private static List<String> known() {
        List<String> names = new ArrayList<>();
        for (var field : AbstractPipelineMojo.class.getDeclaredFields()) {
            names.add(field.getName());
        }
        return names;
    }

    private static void set(Probe probe, String name, Object value) throws Exception {
        var field = AbstractPipelineMojo.class.getDeclaredField(name);
        field.setAccessible(true);
        field.set(probe, value);
    }

    /** A goal that keeps what it is given, or fails as told. */
    private static final class Probe extends AbstractPipelineMojo {
        private Optional<PipelineConfig> seen = Optional.empty();
        private Exception failure;

        @Override
        void run(PipelineConfig config) throws InterruptedException {
            seen = Optional.of(config);
            if (failure instanceof InterruptedException interruption) {
                throw interruption;
            }
            if (failure instanceof RuntimeException broken) {
                throw broken;
            }
        }
    }
}
