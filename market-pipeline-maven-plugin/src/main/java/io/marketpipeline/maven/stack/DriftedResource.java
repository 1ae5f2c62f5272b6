package io.marketpipeline.maven.stack;

import java.util.List;
import java.util.Optional;

/**
 * A resource that was changed past CloudFormation.
 *
 * @param logicalId its name in the template
 * @param physicalId its name in AWS
 * @param type such as {@code AWS::SQS::Queue}
 * @param deleted whether it is gone
 * @param properties what differs; empty where it is gone
 * @param explanation why it differs, where a goal of ours did it; empty where somebody else did
 */
record DriftedResource(
        String logicalId,
        String physicalId,
        String type,
        boolean deleted,
        List<DriftedProperty> properties,
        Optional<String> explanation) {
    DriftedResource {
        properties = List.copyOf(properties);
    }

    /**
     * One property that differs.
     *
     * @param path with slashes, such as {@code /Environment/Variables/LEVEL}
     * @param expected what the template says; empty where it says nothing
     * @param actual what is there; empty where nothing is
     */
    record DriftedProperty(String path, Optional<String> expected, Optional<String> actual) {
        /** The path as people write it, with dots. */
        String name() {
            return (path.startsWith("/") ? path.substring(1) : path).replace('/', '.');
        }

        /** Both sides in words. */
        String words() {
            if (expected.isEmpty()) {
                return "added: " + actual.orElse("");
            }
            return "expected " + expected.get() + ", "
                    + actual.map(value -> "is " + value).orElse("is not there");
        }
    }
}
