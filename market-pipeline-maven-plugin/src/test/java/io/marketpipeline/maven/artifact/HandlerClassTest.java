package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.FunctionConfig;
import io.marketpipeline.maven.config.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerClassTest {
    @TempDir
    Path folder;

    @Test
    void librarysHandlerHasNoProblem() throws Exception {
        assertThat(problemsOf(MarketPipelineHandler.class)).isEmpty();
    }

    @Test
    void classWhenNoHandlerIsRefusedWithWhatOneIs() throws Exception {
        assertThat(problemsOf(PublicClass.class))
                .singleElement()
                .asString()
                .contains(
                        "<function><handler> is '" + PublicClass.class.getName() + "', which Lambda can't run",
                        "extends io.marketpipeline.lambda.MarketPipelineHandler");
    }

    @Test
    void handlerWhenItsConstructorIsHiddenIsRefused() throws Exception {
        assertThat(problemsOf(Hidden.class))
                .singleElement()
                .asString()
                .contains("public constructor without parameters");
    }

    @Test
    void handlerWhenItCantBeLoadedHasNoProblem() throws IOException {
        assertThat(HandlerClass.problems(function(ProjectFixture.HANDLER), new ProjectFixture(folder).project()))
                .isEmpty();
    }

    @Test
    void handlerWhenItIsADependencysHasNoProblem() throws IOException {
        ProjectFixture fixture = new ProjectFixture(folder).dependency("com.example", "Ready", "a class");

        assertThat(HandlerClass.problems(function("Ready"), fixture.project())).isEmpty();
    }

    @Test
    void handlerWhenNothingIsCompiledSaysHowTo() throws IOException {
        ProjectFiles uncompiled = new ProjectFiles("tape", folder.resolve("none"), List.of());

        assertThat(HandlerClass.problems(function(ProjectFixture.HANDLER), uncompiled))
                .singleElement()
                .asString()
                .contains("nothing is compiled", "mvn process-classes");
    }

    @Test
    void handlerWhenItIsMissingNamesTheOneThatWasMeant() throws IOException {
        assertThat(HandlerClass.problems(function("com.example.TapeHandler"), new ProjectFixture(folder).project()))
                .singleElement()
                .asString()
                .contains(
                        "<function><handler> is 'com.example.TapeHandler'",
                        "did you mean 'com.example.tape.TapeHandler'?");
    }

    private static List<Problem> problemsOf(Class<?> handler) throws Exception {
        List<Dependency> classPath = new ArrayList<>();
        for (Class<?> type : List.of(
                handler,
                MarketPipelineHandler.class,
                MarketPipelineHandler.class.getInterfaces()[0])) {
            URI home = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            classPath.add(new Dependency("group", type.getSimpleName(), "1", "", Path.of(home)));
        }
        return HandlerClass.problems(
                function(handler.getName()), new ProjectFiles("tape", Path.of("nothing-compiled"), classPath));
    }

    private static FunctionConfig function(String handler) {
        return Configurations.read(
                        "dev",
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", handler)
                                        .build())
                                .build())
                .function();
    }

    public static final class PublicClass {}

    public static final class Hidden extends MarketPipelineHandler {
        private Hidden() {}
    }
}
