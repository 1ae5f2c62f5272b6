package io.marketpipeline.maven.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * What boto3 finds at an endpoint: resources by name, each with properties, or a text where it could not be read.
 *
 * @param resources as {@code read_back.py} prints them
 */
record ReadBack(JsonNode resources) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "/contract/";
    private static final int LIMIT_SECONDS = 60;

    /** Reads an environment. */
    static ReadBack of(URI endpoint, String environment, Path folder) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("read_back.py"), text("read_back.py"));
        Path errors = folder.resolve("read_back.log");
        Process python = new ProcessBuilder(
                        DeploymentEndpoint.python("python").toString(),
                        script.toString(),
                        endpoint.toString(),
                        environment)
                .redirectError(errors.toFile())
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!python.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || python.exitValue() != 0) {
            python.destroyForcibly();
            throw new AssertionError("read_back.py failed:\n" + Files.readString(errors));
        }
        return new ReadBack(JSON.readTree(output));
    }

    /** What the pom of project {@code proof} asks for, in an environment of that name. */
    static ReadBack expected(String codeSha256) throws IOException {
        return new ReadBack(JSON.readTree(text("expected.json").replace("${codeSha256}", codeSha256)));
    }

    /** What an endpoint is known to lack, each with the reason: a resource, or {@code resource/property}. */
    static Map<String, String> lacks(String endpoint) throws IOException {
        Map<String, String> lacks = new TreeMap<>();
        text("lacks-" + endpoint + ".txt").lines().forEach(line -> {
            String[] parts = line.split(" # ", 2);
            lacks.put(parts[0], parts[1]);
        });
        return lacks;
    }

    JsonNode resource(String name) {
        return resources.path(name);
    }

    /**
     * Where the other one differs: {@code resource/property} by property, each with the two values.
     *
     * @param other may have {@code born} besides, which is never compared
     */
    Map<String, String> differences(ReadBack other) {
        Map<String, String> differences = new TreeMap<>();
        for (String resource : names(resources, other.resources)) {
            if (resource.equals("born")) {
                continue;
            }
            JsonNode mine = resources.path(resource);
            JsonNode others = other.resources.path(resource);
            if (mine.isObject()) {
                for (String property : names(mine, others)) {
                    compare(resource + "/" + property, mine.path(property), others.path(property), differences);
                }
            } else {
                compare(resource, mine, others, differences);
            }
        }
        return differences;
    }

    private static void compare(String where, JsonNode mine, JsonNode others, Map<String, String> differences) {
        if (!mine.equals(others)) {
            differences.put(where, words(mine) + " -> " + words(others));
        }
    }

    private static String words(JsonNode node) {
        return node instanceof MissingNode ? "nothing" : node.toString();
    }

    private static TreeSet<String> names(JsonNode one, JsonNode other) {
        TreeSet<String> names = new TreeSet<>();
        one.fieldNames().forEachRemaining(names::add);
        other.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String text(String name) throws IOException {
        try (InputStream in = ReadBack.class.getResourceAsStream(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
