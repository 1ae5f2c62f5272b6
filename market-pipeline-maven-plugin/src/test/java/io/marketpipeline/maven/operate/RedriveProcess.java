package io.marketpipeline.maven.operate;

import io.marketpipeline.dynamodb.DynamoDbAuditTrailReader;
import io.marketpipeline.dynamodb.DynamoDbTables;
import io.marketpipeline.lambda.MarketPipelineHandler;
import io.marketpipeline.maven.aws.AwsClients;
import io.marketpipeline.maven.config.ConfigurationReader;
import io.marketpipeline.maven.config.Element;
import io.marketpipeline.maven.config.PipelineConfig;
import io.marketpipeline.maven.config.Switches;
import io.marketpipeline.maven.output.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A redrive in a process of its own, to be killed: the goal's, but that letters which it holds are soon visible again. */
final class RedriveProcess {
    static final Duration HIDDEN = Duration.ofSeconds(3);

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
        try (AwsClients clients = AwsClients.of(config);
                RedriveReport report = RedriveReport.create(Path.of(arguments[2]))) {
            String url = clients.sqs()
                    .getQueueUrl(request -> request.queueName(config.names().deadLetterQueue()))
                    .queueUrl();
            String trail = config.names().auditTrailTable();
            new Redrive(
                            new HeldLetters(clients.sqs(), url, HIDDEN),
                            new LiveFunction(clients.lambda(), config.names().function()),
                            new LetterEvents(config),
                            new UndeliveredRecords(
                                    DynamoDbTables.of(clients.dynamoDb()).auditTrail(trail),
                                    new DynamoDbAuditTrailReader(clients.dynamoDb(), trail),
                                    config,
                                    "redrive"),
                            new Redrive.Settings(LetterFilter.ALL, 10, Integer.MAX_VALUE),
                            clients.environment(),
                            console)
                    .run(report);
        }
    }
}
