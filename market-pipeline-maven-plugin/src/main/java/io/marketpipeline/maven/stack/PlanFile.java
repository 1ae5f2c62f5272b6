package io.marketpipeline.maven.stack;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes a plan for scripts, with a text for a pull request's comment in it. */
final class PlanFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PlanFile() {}

    /** Writes the file, making its directory where it is missing; the same plan gives the same bytes. */
    static void write(Plan plan, String environment, String region, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(json(plan, environment, region)) + "\n");
    }

    static ObjectNode json(Plan plan, String environment, String region) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("environment", environment)
                .put("region", region)
                .put("stack", plan.stack())
                .put("changes", !plan.empty())
                .put("dataLoss", !plan.losses().isEmpty())
                .put("summary", plan.summary());
        json.putObject("count")
                .put("add", plan.of(Change.Kind.ADD).size())
                .put("takeOver", plan.of(Change.Kind.IMPORT).size())
                .put("change", plan.of(Change.Kind.MODIFY).size())
                .put(
                        "replace",
                        plan.of(Change.Kind.REPLACE).size()
                                + plan.of(Change.Kind.MAY_REPLACE).size())
                .put("delete", plan.deleted().size())
                .put("keep", plan.released().size())
                .put("recreate", plan.of(Change.Kind.RECREATE).size())
                .put("sync", plan.of(Change.Kind.SYNC).size());
        ArrayNode resources = json.putArray("resources");
        for (Change change : plan.changes()) {
            ObjectNode resource = resources
                    .addObject()
                    .put("action", action(change))
                    .put("logicalId", change.logicalId())
                    .put("physicalId", change.physicalId())
                    .put("type", change.type())
                    .put("losesData", change.losesData());
            properties(resource.putArray("properties"), change.properties());
        }
        properties(json.putArray("stackChanges"), plan.stackChanges());
        plan.notes().forEach(json.putArray("notes")::add);
        return json.put("markdown", markdown(plan, environment));
    }

    private static String action(Change change) {
        if (change.kind() == Change.Kind.REMOVE) {
            return change.oldStays() ? "keep" : "delete";
        }
        return switch (change.kind()) {
            case ADD -> "add";
            case IMPORT -> "takeOver";
            case MODIFY -> "change";
            case REPLACE -> "replace";
            default -> change.kind().name().toLowerCase(Locale.ROOT).replace("may_replace", "mayReplace");
        };
    }

    private static void properties(ArrayNode array, List<PropertyChange> properties) {
        for (PropertyChange property : properties) {
            ObjectNode one = array.addObject().put("path", property.path());
            property.before().ifPresent(before -> one.put("before", before));
            property.after().ifPresent(after -> one.put("after", after));
            property.deployed().ifPresent(deployed -> one.put("deployed", deployed));
            one.put("forcesReplacement", property.replaces());
        }
    }

    private static String markdown(Plan plan, String environment) {
        String title = "#### market-pipeline: environment `" + environment + "`\n\n";
        return plan.empty()
                ? title + plan.summary() + "\n"
                : title + (plan.losses().isEmpty() ? "" : ":warning: **Loses data.** ") + plan.summary()
                        + "\n\n<details><summary>Resources</summary>\n\n````\n" + PlanText.plain(plan)
                        + "````\n\n</details>\n";
    }
}
