package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.marketpipeline.maven.config.UserFixableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultyFeedTest {
    private static final int TRADES = 20_000;

    @TempDir
    private Path directory;

    private List<TickSource.Fed> fed(String faults, long seed) throws Exception {
        List<TickSource.Fed> fed = new ArrayList<>();
        try (TapeReader tape = TapeReader.open(List.of(Inputs.trades(directory, TRADES)), "market.data", false)) {
            FaultyFeed feed = new FaultyFeed(tape, Injection.parse(faults, seed));
            for (Optional<TickSource.Fed> next = feed.next(); next.isPresent(); next = feed.next()) {
                fed.add(next.get());
            }
        }
        return fed;
    }

    private static String id(TickSource.Fed fed) {
        return ((Tick.Good) fed.tick()).event().eventId();
    }

    private static List<TickSource.Fed> of(List<TickSource.Fed> all, Injection.Fault fault) {
        return all.stream()
                .filter(fed -> fed.injected().equals(Optional.of(fault)))
                .toList();
    }

    @Test
    void feedWhenSeededTheSameIsTheSame() throws Exception {
        String faults = "duplicates:1%,late:0.5%,cancels:0.1%";

        assertThat(fed(faults, 7).stream().map(FaultyFeedTest::id).toList())
                .isEqualTo(fed(faults, 7).stream().map(FaultyFeedTest::id).toList())
                .isNotEqualTo(fed(faults, 8).stream().map(FaultyFeedTest::id).toList());
    }

    @Test
    void duplicatesAreTheGivenShareAndTheSameEventAgain() throws Exception {
        List<TickSource.Fed> all = fed("duplicates:1%", 7);
        List<TickSource.Fed> twice = of(all, Injection.Fault.DUPLICATES);

        assertThat(all).hasSize(TRADES + twice.size());
        assertThat(twice.size()).isCloseTo(200, within(60));
        assertThat(new HashSet<>(all.stream().map(FaultyFeedTest::id).toList())).hasSize(TRADES);
        TickSource.Fed copy = twice.get(0);
        TickSource.Fed original = all.get(all.indexOf(copy) - 1);
        assertThat(((Tick.Good) copy.tick()).event())
                .isEqualTo(((Tick.Good) original.tick()).event())
                .isNotSameAs(((Tick.Good) original.tick()).event());
    }

    @Test
    void lateEventsComeBehindLaterOnesAndNoneIsLost() throws Exception {
        List<TickSource.Fed> all = fed("late:5%", 7);
        List<TickSource.Fed> late = of(all, Injection.Fault.LATE);

        assertThat(all).hasSize(TRADES);
        assertThat(late.size()).isCloseTo(1000, within(150));
        TickSource.Fed first = late.get(0);
        assertThat(all.get(all.indexOf(first) - 1).tick().line())
                .isGreaterThan(first.tick().line());
    }

    @Test
    void cancelsNameTheTradeThatTheyTakeBackAndComeLaterWithATimeOfTheirOwn() throws Exception {
        List<TickSource.Fed> all = fed("cancels:0.5%", 7);
        List<TickSource.Fed> cancels = of(all, Injection.Fault.CANCELS);

        assertThat(cancels.size()).isCloseTo(100, within(40));
        assertThat(all).hasSize(TRADES + cancels.size());
        Map<String, TickSource.Fed> trades = all.stream().collect(Collectors.toMap(FaultyFeedTest::id, fed -> fed));
        for (TickSource.Fed fed : cancels) {
            Tick.Good cancel = (Tick.Good) fed.tick();
            String id = cancel.event().eventId().replaceFirst(":cancel$", "");
            TickSource.Fed trade = Objects.requireNonNull(trades.get(id));
            TickSource.Fed before = all.get(all.indexOf(fed) - 1);

            assertThat(all.indexOf(fed)).isGreaterThan(all.indexOf(trade));
            assertThat(cancel.event().detailType()).isEqualTo("Trade Update");
            assertThat(cancel.event().detail())
                    .contains("\"ref_event_id\":\"" + id + "\"", "\"symbol\":\"BAC\"")
                    .contains("\"event_time\":\"" + cancel.eventTime());
            assertThat(cancel.eventTime())
                    .isAfterOrEqualTo(((Tick.Good) trade.tick()).eventTime())
                    .isAfterOrEqualTo(((Tick.Good) before.tick()).eventTime());
        }
        assertThat(cancels)
                .filteredOn(cancel ->
                        all.indexOf(cancel) - all.indexOf(trades.get(id(cancel).replace(":cancel", ""))) > 100)
                .isNotEmpty();
    }

    @Test
    void lateEventsKeepTheirTimeAndBytes() throws Exception {
        Map<String, TickSource.Fed> inTime =
                fed("late:0%", 7).stream().collect(Collectors.toMap(FaultyFeedTest::id, fed -> fed));

        assertThat(of(fed("late:1%", 7), Injection.Fault.LATE)).isNotEmpty().allSatisfy(late -> assertThat(late.tick())
                .isEqualTo(Objects.requireNonNull(inTime.get(id(late))).tick()));
    }

    @Test
    void faultsAreCountedWhenTheyGoOutAndNotBefore() throws Exception {
        try (TapeReader tape = TapeReader.open(List.of(Inputs.trades(directory, 2_000)), "market.data", false)) {
            FaultyFeed feed = new FaultyFeed(tape, Injection.parse("late:100%", 7));
            TickSource.Fed first = feed.next().orElseThrow();

            assertThat(first.injected()).contains(Injection.Fault.LATE);
            assertThat(feed.counts()).isEqualTo(Map.of(Injection.Fault.LATE, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"duplicates", "duplicates:1", "drops:1%", "late:101%", "late:1%,late:2%", "", "late:-1%"})
    void injectionWhenItIsNoneSaysWhatItMayBe(String text) {
        assertThatThrownBy(() -> Injection.parse(text, 1))
                .isInstanceOf(UserFixableException.class)
                .hasMessage(
                        "-Dinject is '" + text + "', must be any of duplicates, late and cancels, each once and with"
                                + " its share of the events; example: duplicates:1%,late:0.5%,cancels:0.1%");
    }
}
