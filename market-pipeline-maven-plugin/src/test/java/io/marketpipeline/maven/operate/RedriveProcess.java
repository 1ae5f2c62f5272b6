package io.marketpipeline.maven.operate;

import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.output.Console;
import java.net.URI;
import java.nio.file.Path;

/** A redrive in a process of its own, to be killed. */
final class RedriveProcess {
    private RedriveProcess() {}

    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[1]);
        PipelineConfig config = ConfigurationReader.read(
                        Element.group("configuration")
                                .element(Element.group("function")
                                        .value("handler", MarketPipelineHandler.class.getName())
                                        .build())
                                .build(),
                        Switches.ofEnvironment("it", target))
                .at(URI.create(arguments[0]));
        Console console = Console.of(System.out::println, System.out::println, System.out, false, false);
        try (AwsClients clients = AwsClients.of(config)) {
            new Operations(clients, config, console)
                    .redrive(LetterFilter.ALL, 20, Integer.MAX_VALUE, target.resolve("killed.jsonl"));
        }
    }
}
