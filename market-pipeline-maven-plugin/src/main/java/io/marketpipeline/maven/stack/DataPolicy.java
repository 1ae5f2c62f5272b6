package io.marketpipeline.maven.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of the resources that hold data (tables, and the key that decrypts them) when their stack goes. Edits the
 * text of a template as this project writes it: block style, resources indented by two, their attributes by four. The
 * rest of the text stays as it is.
 */
enum DataPolicy {
    /** They stay, and a later deploy takes them over. */
    KEEP("RetainExceptOnCreate", "Retain"),
    /** They go with the stack. */
    DELETE("Delete", "Delete");

    private static final Set<String> DATA_TYPES = Set.of("AWS::DynamoDB::Table", "AWS::KMS::Key");
    private static final Pattern RESOURCE = Pattern.compile(" {2}([A-Za-z0-9]+):\\s*");
    private static final Pattern TYPE = Pattern.compile(" {4}Type:\\s*[\"']?([A-Za-z0-9:]+)[\"']?\\s*");
    private static final Pattern POLICY = Pattern.compile(" {4}DeletionPolicy:\\s*[\"']?([A-Za-z]+)[\"']?\\s*");
    private static final Pattern PROTECTED = Pattern.compile(" +DeletionProtectionEnabled:\\s*[\"']?true[\"']?\\s*");

    private final String value;
    private final String asGood;

    DataPolicy(String value, String asGood) {
        this.value = value;
        this.asGood = asGood;
    }

    /** Whether every resource that holds data has the policy, or one that is as good. */
    boolean holdsIn(String template) {
        return blocks(template).stream()
                .filter(Block::holdsData)
                .allMatch(
                        block -> block.policy().equals(value) || block.policy().equals(asGood));
    }

    /**
     * The template with the policy in each resource that holds data.
     *
     * @param marker something new, such as a time: CloudFormation doesn't take a changed policy as a change by itself, so
     *     a piece of metadata goes with it
     */
    String in(String template, String marker) {
        StringBuilder edited = new StringBuilder();
        for (Block block : blocks(template)) {
            for (String line : block.lines) {
                if (!block.holdsData() || !POLICY.matcher(line).matches()) {
                    edited.append(line).append('\n');
                }
                if (block.holdsData() && TYPE.matcher(line).matches()) {
                    edited.append("    DeletionPolicy: ").append(value).append('\n');
                    if (!block.hasMetadata()) {
                        edited.append("    Metadata:\n");
                        edited.append("      DeletionPolicySet: '")
                                .append(marker)
                                .append("'\n");
                    }
                }
                if (block.holdsData() && line.startsWith("    Metadata:")) {
                    edited.append("      DeletionPolicySet: '").append(marker).append("'\n");
                }
            }
        }
        return edited.toString();
    }

    /** Logical ids of the tables that refuse to be deleted. */
    static List<String> protectedIn(String template) {
        return blocks(template).stream()
                .filter(Block::holdsData)
                .filter(block -> block.lines.stream()
                        .anyMatch(line -> PROTECTED.matcher(line).matches()))
                .map(block -> block.lines.get(0).strip().replace(":", ""))
                .toList();
    }

    /** Whether resources of the type hold data. */
    static boolean coversType(String type) {
        return DATA_TYPES.contains(type);
    }

    private static List<Block> blocks(String template) {
        List<Block> blocks = new ArrayList<>();
        Block current = new Block();
        blocks.add(current);
        boolean resources = false;
        for (String line : template.lines().toList()) {
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0)) && line.charAt(0) != '#') {
                resources = line.startsWith("Resources:");
                current = new Block();
                blocks.add(current);
            } else if (resources && RESOURCE.matcher(line).matches()) {
                current = new Block();
                blocks.add(current);
            }
            current.lines.add(line);
        }
        return blocks;
    }

    /** The lines of one resource, or those between. */
    private static final class Block {
        private final List<String> lines = new ArrayList<>();

        boolean holdsData() {
            return DATA_TYPES.contains(first(TYPE));
        }

        boolean hasMetadata() {
            return lines.stream().anyMatch(line -> line.startsWith("    Metadata:"));
        }

        String policy() {
            return first(POLICY);
        }

        private String first(Pattern pattern) {
            return lines.stream()
                    .map(pattern::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse("");
        }
    }
}
