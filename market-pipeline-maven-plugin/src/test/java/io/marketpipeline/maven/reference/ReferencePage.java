package io.marketpipeline.maven.reference;

import com.thoughtworks.qdox.JavaProjectBuilder;
import com.thoughtworks.qdox.model.JavaAnnotation;
import com.thoughtworks.qdox.model.JavaClass;
import com.thoughtworks.qdox.model.JavaField;
import com.thoughtworks.qdox.model.JavaType;
import com.thoughtworks.qdox.model.impl.DefaultJavaParameterizedType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes the reference of goals and configuration from the Javadoc of goals and beans. */
final class ReferencePage {
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@(code|link|literal)\\s+((?:[^{}]|\\{[^{}]*})*)}");

    private final List<JavaClass> classes;
    private final StringBuilder page = new StringBuilder();

    private ReferencePage(List<JavaClass> classes) {
        this.classes = classes;
    }

    static String of(Path goalSources) throws IOException {
        JavaProjectBuilder builder = new JavaProjectBuilder();
        builder.setEncoding("UTF-8");
        builder.addSourceTree(goalSources.toFile());
        List<JavaClass> classes = builder.getClasses().stream()
                .sorted(Comparator.comparing(JavaClass::getName))
                .toList();
        return new ReferencePage(classes).write();
    }

    private String write() {
        page.append(
                """
                # Reference

                Written from the goals' own descriptions by `ReferencePageTest`, which fails where page and code differ.
                `mvn market-pipeline:help -Ddetail` prints the goals on the command line.

                ## Goals
                """);
        classes.stream().filter(type -> goal(type).isPresent()).forEach(this::goalSection);
        page.append("\n## Parameters of every goal\n\n| `-D` | what |\n|---|---|\n");
        parameters(named("AbstractPipelineMojo")).stream()
                .filter(field -> property(field).isPresent())
                .forEach(field -> page.append("| `-D")
                        .append(property(field).orElseThrow())
                        .append("` | ")
                        .append(cell(field.getComment()))
                        .append(" |\n"));
        page.append("\n## Configuration\n\nElements of the plugin's `<configuration>`. All but `<handler>` may be left"
                + " out.\n\n");
        header();
        parameters(named("AbstractPipelineMojo")).stream()
                .filter(field -> property(field).isEmpty() || field.getName().matches("region|accountId|endpoint"))
                .forEach(field -> element("", field));
        return page.toString();
    }

    private void goalSection(JavaClass mojo) {
        page.append("\n### `market-pipeline:")
                .append(goal(mojo).orElseThrow())
                .append("`\n\n")
                .append(text(mojo.getComment()))
                .append('\n');
        List<JavaField> own = parameters(mojo);
        if (!own.isEmpty()) {
            page.append("\n| element | `-D` | what |\n|---|---|---|\n");
            for (JavaField field : own) {
                page.append("| `<")
                        .append(field.getName())
                        .append(">` | ")
                        .append(property(field).map(p -> "`-D" + p + "`").orElse("pom only"))
                        .append(" | ")
                        .append(cell(field.getComment()))
                        .append(" |\n");
            }
        }
    }

    private void header() {
        page.append("| element | what |\n|---|---|\n");
    }

    private void element(String parent, JavaField field) {
        String path = parent.isEmpty() ? field.getName() : parent + "/" + field.getName();
        page.append("| `")
                .append(path)
                .append("` | ")
                .append(cell(field.getComment()))
                .append(" |\n");
        Optional<JavaClass> bean = bean(field.getType());
        if (bean.isPresent() && !bean.get().getName().equals("EnvironmentBean")) {
            String inner = isList(field.getType()) ? path + "/" + singular(field.getName()) : path;
            bean.get().getFields().forEach(nested -> element(inner, nested));
        }
    }

    private Optional<JavaClass> bean(JavaType type) {
        if (isList(type)) {
            return bean(((DefaultJavaParameterizedType) type)
                    .getActualTypeArguments()
                    .get(0));
        }
        return classes.stream()
                .filter(candidate -> candidate.getName().endsWith("Bean"))
                .filter(candidate -> candidate.getFullyQualifiedName().equals(type.getFullyQualifiedName()))
                .findFirst();
    }

    private static boolean isList(JavaType type) {
        return type.getFullyQualifiedName().equals("java.util.List");
    }

    private static String singular(String name) {
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    private JavaClass named(String name) {
        return classes.stream()
                .filter(type -> type.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> goal(JavaClass type) {
        return annotation(type.getAnnotations(), "Mojo").map(mojo -> unquoted(mojo.getNamedParameter("name")));
    }

    private static List<JavaField> parameters(JavaClass type) {
        List<JavaField> parameters = new ArrayList<>();
        for (JavaField field : type.getFields()) {
            annotation(field.getAnnotations(), "Parameter")
                    .filter(parameter -> !"true".equals(String.valueOf(parameter.getNamedParameter("readonly"))))
                    .ifPresent(parameter -> parameters.add(field));
        }
        return parameters;
    }

    private static Optional<String> property(JavaField field) {
        return annotation(field.getAnnotations(), "Parameter")
                .map(parameter -> parameter.getNamedParameter("property"))
                .map(ReferencePage::unquoted);
    }

    private static Optional<JavaAnnotation> annotation(List<JavaAnnotation> annotations, String name) {
        return annotations.stream()
                .filter(annotation -> annotation.getType().getName().equals(name))
                .findFirst();
    }

    private static String unquoted(Object value) {
        return String.valueOf(value).replace("\"", "").strip();
    }

    private static String cell(String comment) {
        return text(comment).replace("\n", " ").replace("|", "\\|");
    }

    private static String text(String comment) {
        String marked = INLINE_TAG
                .matcher(comment == null ? "" : comment)
                .replaceAll(tag -> "`" + Matcher.quoteReplacement(tag.group(2)) + "`");
        return marked.replaceAll("\\s*<p>\\s*", "\n\n")
                .replaceAll("</?(ul|ol|pre|p)>", "")
                .replaceAll("<li>", "- ")
                .replaceAll("</li>", "")
                .replaceAll("</?(code|b|em)>", "`")
                .replaceAll("[ \\t]*\\n[ \\t]*", "\n")
                .strip();
    }
}
