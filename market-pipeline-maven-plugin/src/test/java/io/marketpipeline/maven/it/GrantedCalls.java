package io.marketpipeline.maven.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.marketpipeline.maven.endpoint.AwsCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The policies that goal {@code policy} wrote, as IAM reads them.
 *
 * @param files those of each task, by goal
 */
record GrantedCalls(Map<String, List<Path>> files) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TASK = Pattern.compile("(?m)^([a-z]+): for goals (.*)$");

    /** Actions whose names aren't the calls', from the Service Authorization Reference. */
    private static final Map<String, String> ACTIONS = Map.of(
            "dynamodb:BatchExecuteStatement", "dynamodb:PartiQLInsert",
            "lambda:Invoke", "lambda:InvokeFunction",
            "s3:HeadBucket", "s3:ListBucket",
            "s3:HeadObject", "s3:GetObject",
            "sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility");

    /** Needs no permission, and none can be denied. */
    private static final String FREE = "sts:GetCallerIdentity";

    /**
     * The policies of a project.
     *
     * @param output what goal {@code policy} wrote to the console
     */
    static GrantedCalls of(SampleProject project, String output) throws IOException {
        Map<String, List<Path>> files = new TreeMap<>();
        Matcher task = TASK.matcher(output);
        while (task.find()) {
            try (Stream<Path> written = Files.list(project.written("."))) {
                String word = task.group(1);
                List<Path> documents = written.filter(file ->
                                file.getFileName().toString().matches("policy-" + word + "(-[0-9]+)?-[a-z]+\\.json"))
                        .toList();
                Arrays.stream(task.group(2).split(", ", -1)).forEach(goal -> files.put(goal, documents));
            }
        }
        return new GrantedCalls(files);
    }

    /** Calls of some goals that IAM would deny to whoever has the policies of these goals' tasks. */
    Set<String> denied(Collection<String> goals, Collection<AwsCall> calls) throws IOException {
        List<JsonNode> statements = new ArrayList<>();
        for (Path file : new TreeSet<>(goals.stream()
                .flatMap(goal -> files.getOrDefault(goal, List.of()).stream())
                .toList())) {
            JSON.readTree(file.toFile()).path("Statement").forEach(statements::add);
        }
        Set<String> denied = new TreeSet<>();
        calls.stream()
                .filter(call -> !name(call).equals(FREE))
                .filter(call -> statements.stream().noneMatch(statement -> allows(statement, call)))
                .forEach(call -> denied.add(name(call) + " on " + call.resources()));
        return denied;
    }

    /** The calls that are granted because these goals' code can make them. */
    static Set<String> ofGoals(Collection<String> goals) throws IOException {
        Set<String> calls = new TreeSet<>();
        text("/io/marketpipeline/maven/permission/goal-calls.txt").lines().forEach(line -> {
            if (goals.contains(line.substring(0, line.indexOf(':')))) {
                calls.addAll(Arrays.asList(line.substring(line.indexOf(':') + 2).split(" ", -1)));
            }
        });
        return calls;
    }

    /** Those of them that the contract run doesn't come to, each with the reason. */
    static Map<String, String> neverMade() throws IOException {
        Map<String, String> reasons = new TreeMap<>();
        text("/contract/calls-not-made.txt").lines().forEach(line -> {
            String[] parts = line.split(" # ", 2);
            reasons.put(parts[0], parts[1]);
        });
        return reasons;
    }

    static String name(AwsCall call) {
        return call.service() + ":" + call.operation();
    }

    private static boolean allows(JsonNode statement, AwsCall call) {
        String action = ACTIONS.getOrDefault(name(call), name(call));
        return texts(statement.path("Action")).contains(action)
                && call.resources().stream().allMatch(resource -> texts(statement.path("Resource")).stream()
                        .anyMatch(pattern -> matches(pattern, resource)));
    }

    private static boolean matches(String pattern, String resource) {
        return resource.matches(Arrays.stream(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + ".*" + b)
                .orElseThrow());
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = GrantedCalls.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
