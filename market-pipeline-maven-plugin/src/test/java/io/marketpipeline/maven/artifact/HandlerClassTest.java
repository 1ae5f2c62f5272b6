package io.marketpipeline.maven.artifact;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerClassTest {
    private static final List<Path> CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();

    @Test
    void librarysHandlerPasses() {
        assertThatCode(() -> HandlerClass.check(MarketPipelineHandler.class.getName(), CLASS_PATH))
                .doesNotThrowAnyException();
    }

    @Test
    void classWhenNoHandlerIsRefusedWithWhatOneIs() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> HandlerClass.check(PublicClass.class.getName(), CLASS_PATH))
                .withMessageContaining("<function><handler> is '" + PublicClass.class.getName() + "'")
                .withMessageContaining("extends io.marketpipeline.lambda.MarketPipelineHandler");
    }

    @Test
    void handlerWhenItsConstructorIsHiddenIsRefused() {
        assertThatExceptionOfType(UserFixableException.class)
                .isThrownBy(() -> HandlerClass.check(Hidden.class.getName(), CLASS_PATH))
                .withMessageContaining("public constructor without parameters");
    }

    @Test
    void classWhenItCantBeLoadedPasses() {
        assertThatCode(() -> HandlerClass.check("com.example.Missing", List.of()))
                .doesNotThrowAnyException();
    }

    public static final class PublicClass {}

    public static final class Hidden extends MarketPipelineHandler {
        private Hidden() {}
    }
}
