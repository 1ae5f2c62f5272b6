package io.marketpipeline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryMarketDataStoreTest extends MarketDataStoreContract {
    private final InMemoryMarketDataStore store = new InMemoryMarketDataStore();

    @Override
    protected MarketDataStore store() {
        return store;
    }

    @Test
    void failWithFailsUntilRecover() {
        store.failWith("down");
        List<MarketDataRow> rows = List.of(Rows.row("r", "e", "{}"));

        assertThat(store.store(rows, Instant.MAX)).containsExactly(new StoreAnswer.Failed("down", null));
        store.recover();
        assertThat(store.store(rows, Instant.MAX)).containsExactly(new StoreAnswer.Stored());
        assertThat(store.rows()).isEqualTo(rows);
    }
}
