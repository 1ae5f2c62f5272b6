package io.marketpipeline.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexShardsTest {
    @Test
    void keyWhenThereIsOneShardIsTheValue() {
        assertThat(IndexShards.one().key("XNAS", "e-1")).isEqualTo("XNAS");
        assertThat(IndexShards.one().keys("XNAS")).containsExactly("XNAS");
    }

    @Test
    void keyWhenThereAreSeveralFollowsFromTheIdentityAlone() {
        IndexShards eight = new IndexShards(8);

        assertThat(eight.key("XNAS", "bac-trade-BAC-4711")).isEqualTo("XNAS#0");
        assertThat(eight.keys("XNAS"))
                .containsExactly(
                        "XNAS", "XNAS#0", "XNAS#1", "XNAS#2", "XNAS#3", "XNAS#4", "XNAS#5", "XNAS#6", "XNAS#7");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 64})
    void keysWhenIdentitiesCountUpwardsAreUsedAlike(int step) {
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < 64_000; i++) {
            counts.merge(new IndexShards(64).of("BAC-2013-10-07-trade-BAC-" + (long) i * step), 1, Integer::sum);
        }

        assertThat(counts).hasSize(64);
        assertThat(counts.values()).allMatch(count -> count > 850 && count < 1150);
    }

    @Test
    void valueWhenTheKeyIsOfAnotherShardIsTheKey() {
        assertThat(IndexShards.value("XNAS#12", 12)).isEqualTo("XNAS");
        assertThat(IndexShards.value("XNAS#12", 2)).isEqualTo("XNAS#12");
        assertThat(IndexShards.value("A#B#2", 2)).isEqualTo("A#B");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2001})
    void shardsWhenTooFewOrTooManyAreRefused(int count) {
        assertThatIllegalArgumentException().isThrownBy(() -> new IndexShards(count));
    }
}
