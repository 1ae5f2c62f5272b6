package io.marketpipeline.maven.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The permissions of CloudFormation's handlers are those in AWS's resource schemas, which cfn-lint brings: each is granted, or
 * left out by name. System property {@code contract.venv} names a Python environment with cfn-lint.
 */
class HandlersContractIT {
    private static final List<String> HANDLERS = List.of("create", "read", "update", "delete");

    @Test
    void everyPermissionOfTheSchemasIsGrantedOrLeftOut() throws IOException {
        Handlers handlers = Handlers.read();
        Map<String, Set<String>> known = new HashMap<>();
        for (String type : handlers.types()) {
            Set<String> all = new TreeSet<>(handlers.granted(type));
            assertThat(handlers.left(type)).as(type).doesNotContainAnyElementsOf(all);
            all.addAll(handlers.left(type));
            known.put(type, all);
        }

        assertThat(known).isEqualTo(published(handlers.types()));
    }

    private static Map<String, Set<String>> published(Set<String> types) throws IOException {
        Map<String, Set<String>> published = new HashMap<>();
        ObjectMapper json = new ObjectMapper();
        for (Path file : schemas()) {
            String text = Files.readString(file);
            if (types.stream().anyMatch(type -> text.contains('"' + type + '"'))) {
                JsonNode schema = json.readTree(text);
                String type = schema.path("typeName").asText();
                if (types.contains(type)) {
                    HANDLERS.forEach(handler -> schema.path("handlers")
                            .path(handler)
                            .path("permissions")
                            .forEach(permission -> published
                                    .computeIfAbsent(type, name -> new TreeSet<>())
                                    .add(permission.asText())));
                }
            }
        }
        return published;
    }

    private static List<Path> schemas() throws IOException {
        String venv = System.getProperty("contract.venv");
        assertThat(venv)
                .as("-Dcontract.venv: a Python environment with cfn-lint")
                .isNotNull();
        try (Stream<Path> found = Files.walk(Path.of(venv, "lib"))) {
            return found.filter(file -> file.toString().contains("cfnlint/data/schemas/resources/"))
                    .filter(file -> file.toString().endsWith(".json"))
                    .toList();
        }
    }
}
