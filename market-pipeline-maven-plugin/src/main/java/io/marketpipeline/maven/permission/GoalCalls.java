package io.marketpipeline.maven.permission;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The AWS calls of each goal that makes any, in a file that a test writes from the goals' compiled code. Immutable.
 *
 * @param byGoal calls as {@code service:Operation}, sorted
 */
record GoalCalls(Map<String, Set<String>> byGoal) {
    private static final Set<String> CHANGE_THE_STACK = Set.of(
            "cloudformation:CreateChangeSet",
            "cloudformation:DeleteStack",
            "lambda:UpdateAlias",
            "lambda:UpdateFunctionCode");
    private static final Set<String> CHANGE_DATA = Set.of(
            "dynamodb:BatchExecuteStatement",
            "dynamodb:BatchWriteItem",
            "dynamodb:PutItem",
            "dynamodb:TransactWriteItems",
            "dynamodb:UpdateItem",
            "events:CancelReplay",
            "events:PutEvents",
            "events:StartReplay",
            "lambda:Invoke",
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:DeleteMessageBatch",
            "sqs:ReceiveMessage",
            "sqs:SendMessage",
            "sqs:StartMessageMoveTask");

    /** Goals that tell what they couldn't do for want of a right to change data, and do the rest. */
    private static final Set<String> CAN_DO_WITHOUT = Set.of("audit");

    /** Reads the file. */
    static GoalCalls read() {
        try (InputStream in = GoalCalls.class.getResourceAsStream("goal-calls.txt")) {
            Map<String, Set<String>> calls = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(line -> {
                int colon = line.indexOf(':');
                calls.put(
                        line.substring(0, colon),
                        new TreeSet<>(Arrays.asList(line.substring(colon + 2).split(" ", -1))));
            });
            return new GoalCalls(Collections.unmodifiableMap(calls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a person who uses a goal does with it. */
    Task task(String goal) {
        Set<String> calls = byGoal.getOrDefault(goal, Set.of());
        if (!Collections.disjoint(calls, CHANGE_THE_STACK)) {
            return Task.DEPLOY;
        }
        return Collections.disjoint(calls, CHANGE_DATA) || CAN_DO_WITHOUT.contains(goal) ? Task.READ : Task.OPERATE;
    }

    /** Goals of a task, sorted. */
    Set<String> goals(Task task) {
        Set<String> goals = new TreeSet<>();
        byGoal.forEach((goal, calls) -> {
            if (task(goal) == task) {
                goals.add(goal);
            }
        });
        return goals;
    }

    /** Calls of all goals of a task. */
    Set<String> calls(Task task) {
        Set<String> calls = new TreeSet<>();
        goals(task).forEach(goal -> calls.addAll(byGoal.getOrDefault(goal, Set.of())));
        if (task == Task.READ) {
            calls.removeIf(call -> CHANGE_DATA.contains(call) || CHANGE_DATA.contains(call.replaceFirst("Batch$", "")));
        }
        return calls;
    }
}
