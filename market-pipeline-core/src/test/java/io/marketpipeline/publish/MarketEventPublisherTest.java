package io.marketpipeline.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.event.EnvelopeDecoder;
import io.marketpipeline.event.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

class MarketEventPublisherTest {
    private final FakeEventBridge bus = new FakeEventBridge();
    private final RecordingListener listener = new RecordingListener();
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    @Test
    void eventsAreSentInBatchesOfTen() throws Exception {
        publish(builder().requests(1).linger(Duration.ofSeconds(5)), events(25));

        assertThat(bus.requests).extracting(request -> request.entries().size()).containsExactly(10, 10, 5);
        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(25);
    }

    private static OutgoingEvent tick(String type, int i) {
        return new OutgoingEvent("id" + i, "market.data", type, "{\"n\":" + i + ",\"text\":\"\u00e4\u20ac\"}");
    }

    @Test
    void packedEventsGoTogetherByDetailTypeEachWithItsBytes() throws Exception {
        publish(
                builder().packed(true).requests(1).linger(Duration.ofSeconds(5)),
                List.of(tick("Trade Execution", 1), tick("Market Quote", 2), tick("Trade Execution", 3)));

        assertThat(bus.accepted)
                .containsExactlyInAnyOrder(
                        "{\"events\":[" + tick("", 1).detail() + ","
                                + tick("", 3).detail() + "]}",
                        tick("", 2).detail());
        assertThat(listener.of(PublishResult.Accepted.class))
                .extracting(result -> result.event().eventId())
                .containsExactlyInAnyOrder("id1", "id2", "id3");
        assertThat(listener.of(PublishResult.Accepted.class))
                .filteredOn(result -> result.event().detailType().equals("Trade Execution"))
                .extracting(result -> result.entryId().replaceFirst("^entry-[0-9]+", ""))
                .containsExactly("#0", "#1");
    }

    @Test
    void packsAreFilledUpToTheirSizeAndNotBeyond() throws Exception {
        List<OutgoingEvent> events = IntStream.range(0, 1000)
                .mapToObj(i -> tick("Trade Execution", i))
                .toList();
        publish(builder().packed(true).maxRequestBytes(8 * 1024).linger(Duration.ofSeconds(5)), events);

        int limit = 6 * 1024 - "market.data".length() - "Trade Execution".length();
        assertThat(bus.accepted).allSatisfy(detail -> assertThat(detail.getBytes(StandardCharsets.UTF_8).length)
                .isLessThanOrEqualTo(limit));
        assertThat(bus.accepted)
                .filteredOn(detail -> detail.getBytes(StandardCharsets.UTF_8).length > limit - 64)
                .hasSizeGreaterThanOrEqualTo(bus.accepted.size() - 1);
        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(1000);
    }

    @Test
    void packsHoldNoMoreEventsThanTheFunctionTakes() throws Exception {
        publish(builder().packed(true).requests(1).linger(Duration.ofSeconds(5)), events(EnvelopeDecoder.MAX_PACK + 3));

        assertThat(bus.accepted)
                .extracting(detail -> EnvelopeDecoder.decode(Payloads.bytes(Payloads.envelope(detail)))
                        .envelopes()
                        .size())
                .containsExactly(EnvelopeDecoder.MAX_PACK, 3);
    }

    @Test
    void packWhenNothingFollowsIsSentAfterItsLinger() throws Exception {
        try (MarketEventPublisher publisher =
                builder().packed(true).linger(Duration.ofMillis(5)).build()) {
            publisher.publish(tick("Trade Execution", 1));
            publisher.flush();
            assertThat(bus.accepted).containsExactly(tick("", 1).detail());
        }
    }

    @Test
    void eventTooLargeForAPackGoesAlone() throws Exception {
        OutgoingEvent large = event("x".repeat(300 * 1024));
        publish(
                builder().packed(true).requests(1).linger(Duration.ofSeconds(5)),
                List.of(event("1"), large, event("2")));

        assertThat(bus.accepted).containsExactlyInAnyOrder(large.detail(), "{\"events\":[1,2]}");
    }

    @Test
    void packWithABadEventIsSentEventByEvent() throws Exception {
        bus.failingEntries(attempt -> attempt.detail().matches(".*\\b7\\b.*") ? "MalformedDetail" : null);
        publish(builder().packed(true).linger(Duration.ofSeconds(5)), events(25));

        assertThat(bus.requests).extracting(request -> request.entries().size()).containsExactly(1, 10, 10, 5);
        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(24);
        assertThat(listener.of(PublishResult.Refused.class))
                .extracting(refused -> refused.event().eventId())
                .containsExactly("7");
    }

    @Test
    void packThatIsRefusedAsARequestIsSentEventByEvent() throws Exception {
        bus.failingRequests(request ->
                request.entries().stream().anyMatch(entry -> entry.detail().matches(".*\\b7\\b.*"))
                        ? service("ValidationException", 400)
                        : null);
        publish(builder().packed(true).linger(Duration.ofSeconds(5)), events(25));

        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(24);
        assertThat(listener.of(PublishResult.Refused.class))
                .extracting(refused -> refused.event().eventId())
                .containsExactly("7");
    }

    @Test
    void packWhenTheBusFailsForAWhileIsSentAgainWithTheSameEvents() throws Exception {
        bus.failingEntries(
                attempt -> attempt.detail().contains("\"n\":2") && attempt.attempt() < 3 ? "InternalFailure" : null);
        publish(
                builder().packed(true).requests(1).linger(Duration.ofSeconds(5)),
                List.of(tick("Trade Execution", 1), tick("Trade Execution", 2), tick("Market Quote", 3)));

        String pack = "{\"events\":[" + tick("", 1).detail() + "," + tick("", 2).detail() + "]}";
        assertThat(bus.requests.stream()
                        .flatMap(request -> request.entries().stream())
                        .map(PutEventsRequestEntry::detail))
                .containsOnlyOnce(tick("", 3).detail())
                .filteredOn(pack::equals)
                .hasSize(3);
        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(3);
    }

    @Test
    void requestStaysBelowTheByteLimit() throws Exception {
        OutgoingEvent kilobyte = event("x".repeat(1000));
        publish(
                builder().requests(1).linger(Duration.ofSeconds(5)).maxRequestBytes(3 * kilobyte.entrySize()),
                Collections.nCopies(7, kilobyte));

        assertThat(bus.requests).extracting(request -> request.entries().size()).containsExactly(3, 3, 1);
    }

    @Test
    void eventLargerThanARequestGoesAloneAndIsWarnedOf() throws Exception {
        OutgoingEvent large = event("x".repeat(300 * 1024));
        publish(builder().requests(1).linger(Duration.ofSeconds(5)), List.of(event("a"), large, event("b")));

        assertThat(bus.requests).extracting(request -> request.entries().size()).containsExactly(1, 1, 1);
        assertThat(listener.large).containsExactly(large.entrySize());
    }

    @Test
    void eventAboveTheEntryLimitIsRefusedAndNotSent() throws Exception {
        publish(builder().maxEntryBytes(100), List.of(event("x".repeat(200))));

        assertThat(bus.requests).isEmpty();
        assertThat(listener.of(PublishResult.Refused.class)).singleElement().satisfies(refused -> {
            assertThat(refused.code()).isEqualTo("EntryTooLarge");
            assertThat(refused.message()).isEqualTo("the entry has 226 bytes, the limit is 100");
        });
    }

    @Test
    void entriesThatFailForAWhileAreSentAgainAndNoOthers() throws Exception {
        bus.failingEntries(
                attempt -> attempt.detail().endsWith("3") && attempt.attempt() < 3 ? "ThrottlingException" : null);
        publish(builder().requests(1).linger(Duration.ofSeconds(5)), events(10));

        assertThat(bus.requests).extracting(request -> request.entries().size()).containsExactly(10, 1, 1);
        assertThat(bus.accepted).hasSize(10).doesNotHaveDuplicates();
        assertThat(listener.retries).containsExactly("1 ThrottlingException", "1 ThrottlingException");
        assertThat(pauses).containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void entryRefusedForGoodIsNotSentAgain() throws Exception {
        bus.failingEntries(attempt -> attempt.detail().equals("2") ? "MalformedDetail" : null);
        publish(builder(), events(5));

        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(4);
        assertThat(listener.of(PublishResult.Refused.class))
                .singleElement()
                .isEqualTo(new PublishResult.Refused(event("2"), "MalformedDetail", "scripted"));
    }

    @Test
    void throttlingThatNeverEndsIsRefusedAfterTheLastAttempt() throws Exception {
        bus.failingEntries(attempt -> "ThrottlingException");
        publish(builder().attempts(3), events(1));

        assertThat(bus.requests).hasSize(3);
        assertThat(listener.of(PublishResult.Refused.class))
                .extracting(PublishResult.Refused::code)
                .containsExactly("ThrottlingException");
    }

    @Test
    void throttledRequestIsSentAgain() throws Exception {
        bus.failingRequests(request -> bus.requests.size() == 1 ? service("ThrottlingException", 400) : null);
        publish(builder(), events(3));

        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(3);
    }

    @Test
    void lostConnectionIsTriedAgain() throws Exception {
        bus.failingRequests(request -> bus.requests.size() == 1 ? lost() : null);
        publish(builder(), events(3));

        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(3);
    }

    @Test
    void connectionLostForGoodLeavesTheOutcomeUnknown() throws Exception {
        bus.failingRequests(request -> lost());
        publish(builder().attempts(2), events(1));

        assertThat(listener.results)
                .containsExactly(new PublishResult.Unknown(event("0"), "ConnectionLost", "connection reset"));
    }

    @Test
    void refusalAfterALostConnectionLeavesTheOutcomeUnknown() throws Exception {
        bus.failingRequests(request -> bus.requests.size() == 1 ? lost() : service("AccessDeniedException", 400));
        publish(builder(), events(1));

        assertThat(listener.results).singleElement().isInstanceOf(PublishResult.Unknown.class);
    }

    @Test
    void requestRefusedForItsContentIsTriedEventByEvent() throws Exception {
        bus.failingRequests(request ->
                request.entries().stream().map(PutEventsRequestEntry::detail).anyMatch("2"::equals)
                        ? service("ValidationException", 400)
                        : null);
        publish(builder().requests(1).linger(Duration.ofSeconds(5)), events(5));

        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(4);
        assertThat(listener.of(PublishResult.Refused.class))
                .extracting(refused -> refused.event().eventId())
                .containsExactly("2");
    }

    @Test
    void requestWithoutPermissionIsRefusedAtOnce() throws Exception {
        bus.failingRequests(request -> service("AccessDeniedException", 400));
        publish(builder(), events(2));

        assertThat(pauses).isEmpty();
        assertThat(listener.of(PublishResult.Refused.class))
                .extracting(PublishResult.Refused::message)
                .containsOnly("scripted");
    }

    @Test
    void clientThatIsShutDownLeavesTheOutcomeUnknown() throws Exception {
        bus.failingRequests(request -> new IllegalStateException("Connection pool shut down"));
        publish(builder(), events(1));

        assertThat(listener.of(PublishResult.Unknown.class))
                .extracting(PublishResult.Unknown::message)
                .containsExactly("Connection pool shut down");
    }

    @Test
    void publishWaitsWhileTooManyEventsAreOnTheirWay() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        bus.closedBy(gate);
        CountDownLatch taken = new CountDownLatch(3);
        CountDownLatch all = new CountDownLatch(4);
        try (MarketEventPublisher publisher = builder().maxInFlight(3).build()) {
            Thread caller = new Thread(() -> {
                for (OutgoingEvent event : events(4)) {
                    try {
                        publisher.publish(event);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    all.countDown();
                    taken.countDown();
                }
            });
            caller.start();
            assertThat(taken.await(5, TimeUnit.SECONDS)).isTrue();
            long waiting = all.getCount();
            gate.countDown();
            assertThat(waiting).isEqualTo(1);
            assertThat(all.await(5, TimeUnit.SECONDS)).isTrue();
            caller.join();
        }
        assertThat(listener.of(PublishResult.Accepted.class)).hasSize(4);
    }

    @Test
    void flushReturnsWhenEachEventIsDone() throws Exception {
        try (MarketEventPublisher publisher = builder().build()) {
            for (OutgoingEvent event : events(37)) {
                publisher.publish(event);
            }
            publisher.flush();
            assertThat(listener.results).hasSize(37);
        }
    }

    @Test
    void interruptedCloseTellsWhatWasNotSent() throws Exception {
        bus.closedBy(new CountDownLatch(1));
        MarketEventPublisher publisher = builder().requests(1).attempts(1).build();
        for (OutgoingEvent event : events(15)) {
            publisher.publish(event);
        }
        Thread.currentThread().interrupt();
        publisher.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(listener.results).hasSize(15);
        assertThat(new HashSet<>(listener.results)).noneMatch(PublishResult.Accepted.class::isInstance);
    }

    @Test
    void publishAfterCloseIsRefused() {
        MarketEventPublisher publisher = builder().build();
        publisher.close();
        publisher.close();

        assertThatThrownBy(() -> publisher.publish(event("1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the publisher is closed");
    }

    @Test
    void failingListenerEndsThePublishing() throws Exception {
        MarketEventPublisher publisher = MarketEventPublisher.builder(bus, "bus")
                .requests(1)
                .onResults(results -> {
                    throw new IllegalStateException("disk full");
                })
                .build();
        publisher.publish(event("1"));

        assertThatThrownBy(publisher::close).hasMessage("the publisher's listener failed: disk full");
    }

    @Test
    void listenerIsCalledByOneThreadAtATime() throws Exception {
        List<Integer> unguarded = new ArrayList<>();
        try (MarketEventPublisher publisher = MarketEventPublisher.builder(bus, "bus")
                .requests(8)
                .onResults(results -> results.forEach(result -> unguarded.add(1)))
                .build()) {
            for (OutgoingEvent event : events(2000)) {
                publisher.publish(event);
            }
        }
        assertThat(unguarded).hasSize(2000);
        assertThat(bus.accepted).hasSize(2000).doesNotHaveDuplicates();
    }

    @Test
    void entryHasNoTimeOfItsOwn() throws Exception {
        publish(builder(), events(1));

        PutEventsRequestEntry entry = bus.requests.get(0).entries().get(0);
        assertThat(entry.time()).isNull();
        assertThat(entry.eventBusName()).isEqualTo("bus");
    }

    @Test
    void rateIsKept() throws Exception {
        publish(builder().eventsPerSecond(0.01), events(3));

        assertThat(pauses).hasSize(2);
        assertThat(pauses.get(0)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100));
        assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(150), Duration.ofSeconds(200));
    }

    @Test
    void packsWhenThereIsARateDoNotGatherMoreThanTheirLingerTimeBrings() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        bus.failingEntries(attempt -> {
            first.countDown();
            return null;
        });
        try (MarketEventPublisher publisher = MarketEventPublisher.builder(bus, "bus")
                .packed(true)
                .linger(Duration.ofMillis(1))
                .eventsPerSecond(0.5)
                .onResults(listener)
                .build()) {
            publisher.publish(event("1"));
            assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
            publisher.publish(event("2"));
        }
        assertThat(bus.accepted).containsExactly("1", "2");
    }

    private MarketEventPublisher.Builder builder() {
        return MarketEventPublisher.builder(bus, "bus")
                .onResults(listener)
                .linger(Duration.ZERO)
                .timing(InstantSource.system(), pauses::add, () -> 0.5);
    }

    private static void publish(MarketEventPublisher.Builder builder, List<OutgoingEvent> events) throws Exception {
        try (MarketEventPublisher publisher = builder.build()) {
            for (OutgoingEvent event : events) {
                publisher.publish(event);
            }
        }
    }

    private static List<OutgoingEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(i -> event("" + i)).toList();
    }

    private static OutgoingEvent event(String detail) {
        return new OutgoingEvent(detail, "market.data", "Trade Execution", detail);
    }

    private static SdkClientException lost() {
        return RetryableException.create("connection reset");
    }

    private static AwsServiceException service(String code, int status) {
        return EventBridgeException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("scripted")
                        .build())
                .build();
    }
}
