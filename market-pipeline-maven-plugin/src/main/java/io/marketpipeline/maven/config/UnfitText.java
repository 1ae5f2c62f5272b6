package io.marketpipeline.maven.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text that no element may hold, since it would be read as something else where it ends up: in the template, in a log, on a
 * terminal.
 */
final class UnfitText {
    /** CloudFormation puts a stored parameter or secret in its place, in any property ("Using dynamic references"). */
    private static final Pattern DYNAMIC_REFERENCE = Pattern.compile("\\{\\{\\s*resolve\\s*:");

    private static final String ALLOWED =
            "text that reads the same everywhere: no control or direction characters, no halves"
                    + " of characters, no '{{resolve:', in whose place CloudFormation puts a secret";

    private UnfitText() {}

    /**
     * Notes every such value at or below an element.
     *
     * @param path of the element; empty for the plugin's configuration
     */
    static void check(Element element, String path, List<Problem> problems) {
        element.text()
                .filter(UnfitText::isUnfit)
                .ifPresent(text -> problems.add(Problem.of(
                        path, Optional.of(text), ALLOWED, "<" + element.name() + ">text</" + element.name() + ">")));
        element.children().forEach(child -> check(child, path + "<" + child.name() + ">", problems));
    }

    /** Lists may be written over several lines, so that white space passes here; each value has its own check. */
    static boolean isUnfit(String text) {
        return DYNAMIC_REFERENCE.matcher(text).find()
                || text.codePoints().anyMatch(c -> isHidden(c) && c != '\t' && c != '\n' && c != '\r');
    }

    /** Whether a character, or half of one, ends a line, commands a terminal or can't be seen. */
    static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
