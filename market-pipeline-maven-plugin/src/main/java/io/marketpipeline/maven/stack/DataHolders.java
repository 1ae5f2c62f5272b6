package io.marketpipeline.maven.stack;

import java.util.Map;
import java.util.Optional;

/** Types of resources that hold something that can't be made again. */
final class DataHolders {
    private static final Map<String, String> HELD = Map.of(
            "AWS::DynamoDB::Table", "rows or audit records",
            "AWS::SQS::Queue", "messages",
            "AWS::Events::Archive", "archived events",
            "AWS::Logs::LogGroup", "log lines",
            "AWS::KMS::Key", "the key to encrypted data",
            "AWS::S3::Bucket", "objects");

    private DataHolders() {}

    /** What a change does to data, in one line. */
    static String sentence(Change change) {
        String resource = "  " + change.logicalId() + " (" + change.type()
                + (change.physicalId().isEmpty() ? "" : " " + change.physicalId()) + ") ";
        String holds = held(change.type()).orElse("data");
        String count = change.contents().map(contents -> ": " + contents).orElse("");
        if (change.kind() == Change.Kind.REMOVE) {
            return resource + "would be DELETED with its " + holds + count;
        }
        String causes = change.causes().isEmpty() ? "" : " because of " + String.join(", ", change.causes());
        return resource + (change.kind() == Change.Kind.REPLACE ? "would be" : "could be") + " REPLACED" + causes
                + ": the new one is empty, the old one with its " + holds
                + (change.oldStays() ? " stays behind" : " is deleted") + count;
    }

    /** What resources of the type hold; empty where they hold nothing. */
    static Optional<String> held(String type) {
        return Optional.ofNullable(HELD.get(type));
    }
}
