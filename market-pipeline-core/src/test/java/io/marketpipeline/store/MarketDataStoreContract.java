package io.marketpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store must do. */
public abstract class MarketDataStoreContract {
    private final String id = "e-" + UUID.randomUUID();

    protected abstract MarketDataStore store();

    private List<StoreAnswer> put(MarketDataRow... rows) {
        return store().store(List.of(rows), Instant.now().plusSeconds(20));
    }

    @Test
    void storeWhenKeyIsFreeStores() {
        assertThat(put(Rows.row("r1", id, "{}"))).containsExactly(new StoreAnswer.Stored());
    }

    @Test
    void storeWhenOwnRequestWroteTheSameIsAlreadyOurs() {
        put(Rows.row("r1", id, "{}"));

        assertThat(put(Rows.row("r1", id, "{}")))
                .singleElement()
                .isInstanceOfSatisfying(
                        StoreAnswer.AlreadyOurs.class,
                        ours -> assertThat(ours.existing().storedAtMillis()).isEqualTo(Rows.STORED_AT.toEpochMilli()));
    }

    @Test
    void storeWhenOtherRequestWroteTheSameIsSeenBefore() {
        MarketDataRow first = Rows.row("r1", id, "{}");
        put(first);

        assertThat(put(Rows.row("r2", id, "{}"))).containsExactly(new StoreAnswer.SeenBefore(ExistingRow.of(first)));
    }

    @Test
    void storeWhenOtherContentIsThereIsAConflictEvenForOneRequest() {
        MarketDataRow first = Rows.row("r1", id, "{}");
        put(first);

        assertThat(put(Rows.row("r2", id, "{\"a\":1}")))
                .containsExactly(new StoreAnswer.Conflict(ExistingRow.of(first)));
        assertThat(put(Rows.row("r1", id, "{\"a\":1}")))
                .containsExactly(new StoreAnswer.Conflict(ExistingRow.of(first)));
        assertThat(put(Rows.row("r3", id, "{}"))).containsExactly(new StoreAnswer.SeenBefore(ExistingRow.of(first)));
    }

    @Test
    void storeWhenSameIdHasAnotherTimeIsAnotherRow() {
        put(Rows.row("r1", id, "{}"));
        MarketDataRow later = Rows.row(
                "r2",
                Rows.event(id, "{}").eventTime(Rows.EVENT_TIME.plusMillis(1)).build());

        assertThat(put(later)).containsExactly(new StoreAnswer.Stored());
    }

    @Test
    void storeWhenManyRowsAnswersEachInOrder() {
        put(Rows.row("r1", id + 7, "{}"), Rows.row("r2", id + 13, "{}"));
        List<MarketDataRow> rows = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            rows.add(Rows.row("r2", id + i, i == 7 ? "{\"a\":1}" : "{}"));
        }

        List<StoreAnswer> answers = put(rows.toArray(MarketDataRow[]::new));

        assertThat(answers).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(answers.get(i))
                    .as("row " + i)
                    .isInstanceOf(
                            switch (i) {
                                case 7 -> StoreAnswer.Conflict.class;
                                case 13 -> StoreAnswer.AlreadyOurs.class;
                                default -> StoreAnswer.Stored.class;
                            });
        }
    }

    @Test
    void storeWhenNoRowsHasNoAnswers() {
        assertThat(put()).isEmpty();
    }
}
