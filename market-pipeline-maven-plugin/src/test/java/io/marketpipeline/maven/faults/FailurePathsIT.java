package io.marketpipeline.maven.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.marketpipeline.maven.operate.DeadLetter;
import io.marketpipeline.maven.template.CodeArtifact;
import io.marketpipeline.maven.template.PipelineTemplate;
import io.marketpipeline.schema.DeadLetterAttributes;
import io.marketpipeline.schema.FunctionVariables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Each way that an event can fail once it has reached the function, in real function processes: its outcome, its audit
 * records, where it ends, and the alarms that it sets off (docs/failure-paths.md).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FailurePathsIT {
    private static final List<String> CLIENTS = List.of("lean", "sdk");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

    /** Rows of the page, by how they begin. */
    private static final String UNREACHED = "EventBridge can't hand";

    private static final String UNREACHED_UNSENT = "nor may EventBridge";
    private static final String BARRED = "the function's reserved concurrency";
    private static final String MALFORMED = "the envelope is no JSON";
    private static final String INVALID = "a field is missing";
    private static final String TOO_MANY_DIGITS = "a number has more";
    private static final String ROW_TOO_LARGE = "the row exceeds";
    private static final String CONFLICT = "the identity is taken by other content";
    private static final String DUPLICATE = "the identity is taken by the same content";
    private static final String UNSENT = "the function can't put the refused event";
    private static final String UNSENT_BY_LAMBDA = "nor can Lambda";
    private static final String LETTER_TOO_LARGE = "the refused event exceeds";
    private static final String THROTTLED = "throttling that passes";
    private static final String FAULT = "a fault of DynamoDB";
    private static final String THROTTLED_FOR_GOOD = "throttling, for longer";
    private static final String CUT = "the connection is cut";
    private static final String SILENT = "the table doesn't answer";
    private static final String DENIED = "access denied";
    private static final String UNAUDITED = "the audit table is gone";
    private static final String KILLED = "the process is killed";
    private static final String TIMED_OUT = "the invocation times out";
    private static final String OUT_OF_MEMORY = "memory ends";
    private static final String HOOK = "a user's hook throws";
    private static final String ONE_OF_SEVERAL = "one event of several";
    private static final String ONE_OF_A_BATCH = "buffered: the event of one message";
    private static final String ONE_OF_A_PACK = "buffered: one event of a pack";
    private static final String PASSING_IN_A_QUEUE = "buffered: what made an event fail passes";

    @TempDir
    private static Path folder;

    private static FaultLab lab;
    private static AlarmSightings alarms;

    @BeforeAll
    static void start() throws Exception {
        alarms = new AlarmSightings(FailurePathsPage.read());
        lab = FaultLab.start(folder, HarmfulHandler.class);
        for (String client : CLIENTS) {
            lab.createFunction(client, HarmfulHandler.class, Map.of(FunctionVariables.CLIENT, client));
        }
        lab.alarms().watch("lean");
    }

    @AfterAll
    static void close() throws IOException {
        lab.close();
    }

    @AfterEach
    void heal() {
        CALLED.addAll(lab.proxy().operations().keySet());
        lab.proxy().plan(FaultPlan.NOTHING);
        lab.countThrottles();
        alarms.end();
    }

    static Stream<Arguments> passingFaults() {
        List<Fault> passing = new ArrayList<>(Fault.THROTTLES);
        passing.addAll(Fault.TRANSIENT);
        passing.addAll(Fault.CUTS);
        return CLIENTS.stream().flatMap(client -> passing.stream().map(fault -> Arguments.of(client, fault)));
    }

    static Stream<Arguments> lastingFaults() {
        return CLIENTS.stream().flatMap(client -> Fault.LASTING.stream().map(fault -> Arguments.of(client, fault)));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void eventWhenAFaultPassesIsASuccess(String client, Fault fault) throws Exception {
        alarms.begin(client, Fault.THROTTLES.contains(fault) ? THROTTLED : Fault.CUTS.contains(fault) ? CUT : FAULT);
        String id = "passing-" + client + fault;
        lab.proxy().plan((table, key, attempt) -> key.startsWith(id) && attempt < 2 ? fault : Fault.NONE);

        assertThat(lab.invoke(client, trade(id, "BAC"))).contains("\"outcome\":\"SUCCESS\"");
        assertThat(lab.statuses(id)).containsExactly("SUCCESS");
        assertThat(lab.rows(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("lastingFaults")
    void eventWhenTheTableRefusesForGoodFailsWithoutTryingOn(String client, Fault fault) throws Exception {
        alarms.begin(client);
        String id = "lasting-" + client + fault;
        List<String> tries = new ArrayList<>();
        lab.proxy().plan((table, key, attempt) -> {
            if (!key.equals(id)) {
                return Fault.NONE;
            }
            tries.add(table);
            return fault;
        });

        assertThat(lab.invoke(client, trade(id, "BAC")))
                .contains("EventsFailedException", "1 of 1 events failed", id, "injected");
        // Credentials that have expired are asked for once more.
        assertThat(tries).hasSizeBetween(1, fault == Fault.EXPIRED_TOKEN ? 2 : 1);
        assertThat(lab.statuses(id)).containsExactly("ERROR");
        lab.proxy().plan(FaultPlan.NOTHING);
        assertThat(lab.invoke(client, trade(id, "BAC"))).contains("\"outcome\":\"SUCCESS\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenThrottledForGoodFailsBeforeTheTimeout(String client) throws Exception {
        alarms.begin(client, THROTTLED_FOR_GOOD);
        String id = "throttled-" + client;
        List<Integer> attempts = new ArrayList<>();
        lab.proxy().plan((table, key, attempt) -> {
            if (!key.equals(id)) {
                return Fault.NONE;
            }
            attempts.add(attempt);
            return Fault.THROTTLING;
        });

        assertThat(failureOfOneTry(client, id))
                .contains("1 of 1 events failed", "no time left", "injected ThrottlingException")
                .doesNotContain("timed out");
        assertThat(attempts).hasSizeBetween(4, 60);
        assertThat(lab.statuses(id)).containsExactly("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenTheTableNeverAnswersFailsBeforeTheTimeout(String client) throws Exception {
        alarms.begin(client, SILENT);
        String id = "silent-" + client;
        lab.proxy().plan((table, key, attempt) -> key.equals(id) ? Fault.NEVER_ANSWERED : Fault.NONE);

        assertThat(failureOfOneTry(client, id))
                .contains("1 of 1 events failed", "no time left")
                .doesNotContain("Task timed out");
        assertThat(lab.statuses(id)).containsExactly("ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenTheAuditTableIsGoneFailsAndSucceedsLater(String client) throws Exception {
        alarms.begin(client, UNAUDITED);
        String id = "unaudited-" + client;
        lab.proxy()
                .plan((table, key, attempt) -> table.startsWith("audit-trail") ? Fault.RESOURCE_NOT_FOUND : Fault.NONE);

        assertThat(failureOfOneTry(client, id)).contains("the audit record (SUCCESS) wasn't written");
        assertThat(lab.rows(id)).isEqualTo(1);
        lab.proxy().plan(FaultPlan.NOTHING);
        lab.invoke(client, trade(id, "BAC"));
        assertThat(lab.statuses(id)).containsExactly("DUPLICATE", "SUCCESS");
    }

    /** What Lambda's letter of an event says that is tried once, as a second try would only take its time again. */
    private static String failureOfOneTry(String client, String id) throws InterruptedException {
        lab.retry(client, 0);
        try {
            lab.deliver(client, List.of(trade(id, "BAC")));
            return errorMessage(letter(id));
        } finally {
            lab.retry(client, 2);
        }
    }

    /** A retry keeps the request, so that the row of the first try is its own. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenTheAuditTableIsGoneForOneTryHasItsSuccessRecordOnly(String client) throws Exception {
        alarms.begin(client);
        String id = "unaudited-once-" + client;
        lab.proxy()
                .plan((table, key, attempt) ->
                        table.startsWith("audit-trail") && attempt == 0 ? Fault.RESOURCE_NOT_FOUND : Fault.NONE);

        lab.deliver(client, List.of(trade(id, "BAC")));

        assertThat(FaultLab.await(() -> lab.statuses(id), statuses -> !statuses.isEmpty(), PATIENCE))
                .containsExactly("SUCCESS");
        assertThat(lab.rows(id)).isEqualTo(1);
    }

    /** Whatever is thrown ends alike: an ERROR record for each try, then one letter by Lambda. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventThatFailsAtEachTryIsADeadLetterOfLambda(String client) throws Exception {
        alarms.begin(client, DENIED, HOOK, UNSENT, ONE_OF_SEVERAL);
        String id = "thrown-" + client;
        lab.proxy()
                .plan((table, key, attempt) -> key.equals(id + "-denied") || table.equals(FaultProxy.QUEUE)
                        ? Fault.ACCESS_DENIED
                        : Fault.NONE);

        lab.deliver(
                client,
                List.of(
                        trade(id + "-denied", "BAC"),
                        trade(id + "-hook", HarmfulHandler.BROKEN),
                        trade(id + "-refused", ""),
                        "[" + trade(id + "-good", "BAC") + "," + trade(id + "-bad", HarmfulHandler.BROKEN) + "]"));

        List<Message> given = letters(id + "-denied", id + "-hook", id + "-refused", id + "-bad");
        assertThat(given).hasSize(4).allSatisfy(letter -> assertThat(letter.messageAttributes())
                .containsKey(DeadLetterAttributes.LAMBDA_REQUEST_ID)
                .hasEntrySatisfying(DeadLetterAttributes.LAMBDA_ERROR_CODE, code -> assertThat(code.stringValue())
                        .isEqualTo("200")));
        assertThat(lab.statuses(id + "-denied")).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(lab.statuses(id + "-hook")).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(lab.statuses(id + "-refused")).containsExactly("ERROR", "ERROR", "ERROR", "REJECTED");
        assertThat(lab.statuses(id + "-bad")).containsExactly("ERROR", "ERROR", "ERROR");
        assertThat(lab.statuses(id + "-good")).containsExactly("SUCCESS");
        if (client.equals("lean")) {
            assertThat(FaultLab.await(
                            () -> lab.alarms().on("lean"),
                            on -> on.containsAll(List.of("errors", "dropped")),
                            PATIENCE))
                    .as("the alarms that are on in CloudWatch")
                    .contains("errors", "dropped");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenTheProcessIsKilledBetweenStoreAndAuditIsASuccess(String client) throws Exception {
        alarms.begin(client, KILLED);
        String id = "killed-" + client;
        lab.proxy().plan((table, key, attempt) -> key.equals(id) && attempt == 0 ? Fault.KILL_AFTER : Fault.NONE);
        int killed = FaultLab.killed();

        lab.deliver(client, List.of(trade(id, "BAC")));

        assertThat(FaultLab.await(() -> lab.statuses(id), statuses -> !statuses.isEmpty(), PATIENCE))
                .containsExactly("SUCCESS");
        assertThat(lab.rows(id)).isEqualTo(1);
        assertThat(FaultLab.killed()).isGreaterThan(killed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void batchWhenOneEventFailsFailsThatOneOnly(String client) throws Exception {
        alarms.begin(client);
        String id = "batch-" + client;
        String payload = "[" + trade(id + "-1", "BAC") + "," + trade(id + "-2", HarmfulHandler.BROKEN) + ","
                + trade(id + "-3", "") + "," + trade(id + "-4", "BAC") + "]";

        assertThat(lab.invoke(client, payload)).contains("1 of 4 events failed", id + "-2", "broken on purpose");
        assertThat(lab.statuses(id + "-1")).containsExactly("SUCCESS");
        assertThat(lab.statuses(id + "-2")).containsExactly("ERROR");
        assertThat(lab.statuses(id + "-3")).containsExactly("REJECTED");
        assertThat(lab.statuses(id + "-4")).containsExactly("SUCCESS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void queueWhenOneEventFailsHandsOutThatOneOnlyAndGivesItUpInTheEnd(String client) throws Exception {
        alarms.begin(client, ONE_OF_A_BATCH, INVALID);
        String id = "queued-" + client;
        lab.createQueue(client, id);
        lab.enqueue(
                id,
                List.of(
                        trade(id + "-1", "BAC"),
                        trade(id + "-2", HarmfulHandler.BROKEN),
                        trade(id + "-3", ""),
                        trade(id + "-4", "BAC")));

        Message given = letter(id + "-2");
        assertThat(given.messageAttributes()).isEmpty();
        assertThat(given.attributes().get(MessageSystemAttributeName.DEAD_LETTER_QUEUE_SOURCE_ARN))
                .endsWith(":" + id);
        assertThat(lab.statuses(id + "-2"))
                .hasSize(lab.config().retry().receives())
                .containsOnly("ERROR");
        assertThat(lab.statuses(id + "-1")).containsExactly("SUCCESS");
        assertThat(lab.statuses(id + "-3")).containsExactly("REJECTED");
        assertThat(lab.statuses(id + "-4")).containsExactly("SUCCESS");
        assertThat(lab.rows(id + "-2")).isZero();
    }

    /** With one client, as each receive takes its time; the fault suite has packs of a queue for the other. */
    @Test
    void packWhenOneEventFailsComesAgainAsAWholeAndItsLetterDoesNoHarm() throws Exception {
        alarms.begin("sdk", ONE_OF_A_PACK);
        lab.createQueue("sdk", "packs");
        lab.enqueue(
                "packs",
                TapeEvents.packed(List.of(
                        trade("packed-1", "BAC"), trade("packed-2", HarmfulHandler.BROKEN), trade("packed-3", "BAC"))));

        int receives = lab.config().retry().receives();
        // A look at the queue takes seconds.
        FaultLab.await(() -> lab.statuses("packed-2").size(), tries -> tries >= receives, PATIENCE);
        List<DeadLetter> letters = FaultLab.await(() -> lab.browse("packed-2"), found -> !found.isEmpty(), PATIENCE);
        assertThat(letters).hasSize(1);
        DeadLetter given = letters.get(0);
        assertThat(given.sender()).isEqualTo(DeadLetter.Sender.QUEUE);
        assertThat(given.body()).contains("packed-1", "packed-2", "packed-3");
        assertThat(lab.statuses("packed-2")).hasSize(receives).containsOnly("ERROR");
        assertThat(lab.rows("packed-2")).isZero();
        List<String> repeated = new ArrayList<>(Collections.nCopies(receives - 1, "DUPLICATE"));
        repeated.add("SUCCESS");
        assertThat(lab.statuses("packed-1")).isEqualTo(repeated);
        assertThat(lab.statuses("packed-3")).isEqualTo(repeated);

        // As `dlq` tells to look for what failed.
        assertThat(lab.logged("sdk", "{ $.message = \"event failed\" }"))
                .filteredOn(line -> line.contains("\"packed-"))
                .hasSize(receives)
                .allMatch(line -> line.contains("\"eventId\":\"packed-2\""));

        // The stack's own function is one to which nothing is broken.
        lab.redriveLetterOf("packed-2", folder.resolve("packed.jsonl"));

        assertThat(lab.browse("packed-2")).isEmpty();
        assertThat(lab.statuses("packed-2")).hasSize(receives + 1).endsWith("SUCCESS");
        assertThat(lab.rows("packed-2")).isEqualTo(1);
        repeated.add(0, "DUPLICATE");
        assertThat(lab.statuses("packed-1")).isEqualTo(repeated);
        assertThat(lab.rows("packed-1")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void queuedEventThatFailsForAWhileIsASuccessWhenItComesAgain(String client) throws Exception {
        alarms.begin(client, PASSING_IN_A_QUEUE);
        String id = "queue-denied-" + client;
        lab.proxy().plan((table, key, attempt) -> key.equals(id) && attempt == 0 ? Fault.ACCESS_DENIED : Fault.NONE);

        lab.createQueue(client, id);
        lab.enqueue(id, List.of(trade(id, "BAC")));

        assertThat(FaultLab.await(() -> lab.statuses(id), statuses -> statuses.contains("SUCCESS"), PATIENCE))
                .containsExactly("ERROR", "SUCCESS");
        assertThat(lab.rows(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void queuedEventWhenTheProcessIsKilledBetweenStoreAndAuditHasBothRecords(String client) throws Exception {
        alarms.begin(client);
        String id = "queue-killed-" + client;
        lab.proxy().plan((table, key, attempt) -> key.equals(id) && attempt == 0 ? Fault.KILL_AFTER : Fault.NONE);
        int killed = FaultLab.killed();

        lab.createQueue(client, id);
        lab.enqueue(id, List.of(trade(id, "BAC")));

        assertThat(FaultLab.await(() -> lab.statuses(id), statuses -> statuses.contains("DUPLICATE"), PATIENCE))
                .containsExactly("DUPLICATE", "SUCCESS");
        assertThat(lab.rows(id)).isEqualTo(1);
        assertThat(FaultLab.killed()).isGreaterThan(killed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void eventWhenItsRowExceedsTheLimitIsRefused(String client) throws Exception {
        alarms.begin(client, ROW_TOO_LARGE);
        String id = "large-" + client;
        String large = trade(id, "BAC").replace("\"price\"", "\"note\":\"" + "x".repeat(409_400) + "\",\"price\"");

        assertThat(lab.invoke(client, large)).contains("\"outcome\":\"REJECTED\"", "item_too_large");
        assertThat(lab.statuses(id)).containsExactly("REJECTED");
        assertThat(lab.rows(id)).isZero();
        assertThat(letter(id)
                        .messageAttributes()
                        .get(DeadLetterAttributes.REASON)
                        .stringValue())
                .isEqualTo("item_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "sdk"})
    void refusalWhenTheQueueIsGoneIsAFailure(String client) throws Exception {
        alarms.begin(client);
        String id = "unsent-" + client;
        lab.proxy().plan((table, key, attempt) -> table.equals(FaultProxy.QUEUE) ? Fault.ACCESS_DENIED : Fault.NONE);

        assertThat(lab.invoke(client, trade(id, ""))).contains("missing_symbol", "its dead letter wasn't sent");
        assertThat(lab.statuses(id)).containsExactly("ERROR", "REJECTED");
    }

    @Test
    void eventWhenMemoryEndsIsADeadLetterAndHarmsNoOther() throws Exception {
        alarms.begin("lean", OUT_OF_MEMORY);
        lab.deliver("lean", List.of(trade("greedy", HarmfulHandler.GREEDY), trade("after-greedy", "BAC")));

        assertThat(errorMessage(letter("greedy"))).containsAnyOf("Java heap space", "Runtime exited");
        assertThat(lab.rows("greedy")).isZero();
        assertThat(lab.statuses("greedy")).isEmpty();
        assertThat(lab.statuses("after-greedy")).containsExactly("SUCCESS");
    }

    @Test
    void eventWhenTheFunctionTimesOutIsADeadLetterAndHarmsNoOther() throws Exception {
        alarms.begin("hasty", TIMED_OUT);
        lab.createFunction("hasty", HarmfulHandler.class, 2);

        lab.deliver("hasty", List.of(trade("stuck", HarmfulHandler.STUCK), trade("after-stuck", "BAC")));

        assertThat(errorMessage(letter("stuck"))).contains("Task timed out after 2.00 seconds");
        assertThat(lab.rows("stuck")).isZero();
        assertThat(lab.statuses("stuck")).isEmpty();
        assertThat(lab.statuses("after-stuck")).containsExactly("SUCCESS");
    }

    static Stream<Arguments> refusals() {
        String twice = trade("refused-twice", "BAC");
        return Stream.of(
                Arguments.of("lean", MALFORMED, List.of("{\"version\":\"0\"}"), "missing_detail"),
                Arguments.of(
                        "sdk",
                        TOO_MANY_DIGITS,
                        List.of(trade("refused-digits", "BAC").replace("13.94", "1".repeat(39))),
                        "invalid_price"),
                Arguments.of("lean", CONFLICT, List.of(twice, twice.replace("13.94", "13.95")), "identity_conflict"),
                Arguments.of(
                        "sdk",
                        LETTER_TOO_LARGE,
                        List.of(trade("refused-large", "")
                                .replace("\"price\"", "\"note\":\"" + "x".repeat(1_100_000) + "\",\"price\"")),
                        "missing_symbol"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void eventThatIsRefusedIsADeadLetterOfTheFunction(String client, String row, List<String> envelopes, String reason)
            throws Exception {
        alarms.begin(client, row);
        String answer = "";
        for (String envelope : envelopes) {
            answer = lab.invoke(client, envelope);
        }

        assertThat(answer).contains("\"outcome\":\"REJECTED\"", reason);
    }

    @Test
    void eventThatComesAgainIsADuplicate() throws Exception {
        alarms.begin("lean", DUPLICATE);
        String again = trade("again", "BAC");

        assertThat(lab.invoke("lean", again)).contains("\"outcome\":\"SUCCESS\"");
        assertThat(lab.invoke("lean", again)).contains("\"outcome\":\"DUPLICATE\"");
    }

    @Test
    void eventWhenLambdaCantSendItsLetterIsInTheArchiveOnly() throws Exception {
        alarms.begin("unheard", UNSENT_BY_LAMBDA);
        lab.createFunctionWithoutQueue("unheard", HarmfulHandler.class);
        lab.retry("unheard", 0);
        lab.alarms().watch("unheard");

        lab.deliver("unheard", List.of(trade("unheard", HarmfulHandler.BROKEN)));

        assertThat(FaultLab.await(() -> lab.alarms().on("unheard"), on -> on.contains("dead-letter-errors"), PATIENCE))
                .contains("dead-letter-errors");
        assertThat(lab.statuses("unheard")).containsExactly("ERROR");
    }

    /** Last but one, as it takes the stack's rights away. */
    @Test
    @Order(Integer.MAX_VALUE - 1)
    void eventThatEventBridgeCantHandOnIsItsDeadLetterOrInTheArchiveOnly() throws Exception {
        String function = lab.config().names().function();
        lab.forbidRules();
        alarms.begin(function, UNREACHED);
        lab.publish(detail("unreached", "BAC"));

        assertThat(letter("unreached").messageAttributes())
                .hasEntrySatisfying(DeadLetterAttributes.ERROR_CODE, code -> assertThat(code.stringValue())
                        .isEqualTo("NO_PERMISSIONS"));

        alarms.end();
        lab.forbidLetters();
        alarms.begin(function, UNREACHED_UNSENT);
        lab.publish(detail("unreached-unsent", "BAC"));

        assertThat(FaultLab.await(() -> lab.alarms().on(), on -> on.contains("trade-events-dlq-failures"), PATIENCE))
                .contains("trade-events-dlq-failures");
        assertThat(lab.statuses("unreached-unsent")).isEmpty();
    }

    @Test
    void eventWhenTheFunctionMayNotRunIsADeadLetterUntried() throws Exception {
        alarms.begin("lean", BARRED);

        lab.withoutConcurrency("lean", () -> lab.deliver("lean", List.of(trade("barred", "BAC"))));

        assertThat(errorMessage(letter("barred"))).isEqualTo("Rate Exceeded.");
        assertThat(lab.statuses("barred")).isEmpty();
    }

    /** Metrics come late, so that all rows are looked at together. Run by itself this test has seen none. */
    @Test
    @Order(Integer.MAX_VALUE)
    void eachRowSetsOffTheAlarmsThatThePageNames() throws Exception {
        Map<Boolean, TemplateAlarms> templates =
                Map.of(false, lab.templateAlarms("direct"), true, lab.templateAlarms("buffered"));

        assertThat(FaultLab.await(
                        () -> alarms.differences(lab.clients().cloudWatch(), templates::get, FailurePathsIT.class),
                        List::isEmpty,
                        Duration.ofSeconds(30)))
                .isEmpty();
    }

    @Test
    void roleAllowsWhatTheFunctionCallsAndNothingElse() throws Exception {
        for (String client : CLIENTS) {
            alarms.begin(client);
            String id = "calls-" + client;
            lab.invoke(client, "[" + trade(id + "-1", "BAC") + "," + trade(id + "-2", "BAC") + "]");
            lab.invoke(client, trade(id + "-1", "BAC"));
            lab.invoke(client, trade(id + "-3", ""));
        }
        CALLED.addAll(lab.proxy().operations().keySet());

        assertThat(actionsCalled()).isEqualTo(actionsAllowed());
    }

    private static Set<String> actionsCalled() {
        return CALLED.stream()
                .map(call -> call.split(" ", 2)[0])
                .map(target -> switch (target) {
                    case "DynamoDB_20120810.BatchExecuteStatement" -> "dynamodb:PartiQLInsert";
                    case "DynamoDB_20120810.PutItem" -> "dynamodb:PutItem";
                    case "AmazonSQS.SendMessageBatch" -> "sqs:SendMessage";
                    default -> "unforeseen: " + target;
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Logs, traces and keys are the platform's calls; the rest is the function's own. */
    private static Set<String> actionsAllowed() {
        String template =
                PipelineTemplate.of(lab.config(), CodeArtifact.UNKNOWN).yaml();
        String role =
                template.substring(template.indexOf("AWS::IAM::Role"), template.indexOf("AWS::IAM::ManagedPolicy"));
        Set<String> actions = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\b(dynamodb|sqs):[A-Za-z]+").matcher(role);
        while (matcher.find()) {
            actions.add(matcher.group());
        }
        return actions;
    }

    private static String errorMessage(Message letter) {
        return letter.messageAttributes()
                .get(DeadLetterAttributes.LAMBDA_ERROR_MESSAGE)
                .stringValue();
    }

    private static Message letter(String eventId) throws InterruptedException {
        List<Message> found = letters(eventId);
        assertThat(found).as("dead letters of " + eventId).hasSize(1);
        return found.get(0);
    }

    /** Letters of all these events, looked for together: who is looked at is hidden for a while. */
    private static List<Message> letters(String... eventIds) throws InterruptedException {
        List<Message> found = new ArrayList<>();
        FaultLab.await(
                () -> {
                    lab.letters().stream()
                            .filter(letter -> isOfOne(letter, eventIds))
                            .forEach(found::add);
                    return found;
                },
                letters -> Stream.of(eventIds).allMatch(id -> letters.stream().anyMatch(letter -> isOfOne(letter, id))),
                PATIENCE);
        return found;
    }

    private static boolean isOfOne(Message letter, String... eventIds) {
        return Stream.of(eventIds).anyMatch(id -> letter.body().contains("\"" + id + "\""));
    }

    private static String trade(String eventId, String symbol) {
        return """
                {"version":"0","id":"%s","detail-type":"Trade Execution","source":"market.data","account":"000000000000",\
                "time":"2026-01-02T14:30:00Z","region":"us-east-1","resources":[],"detail":%s}"""
                .formatted(eventId, detail(eventId, symbol));
    }

    private static String detail(String eventId, String symbol) {
        return """
                {"event_id":"%s","event_time":"2026-01-02T14:29:59.123Z","exchange":"XNYS","symbol":"%s","price":13.94,\
                "volume":100}"""
                .formatted(eventId, symbol);
    }
}
