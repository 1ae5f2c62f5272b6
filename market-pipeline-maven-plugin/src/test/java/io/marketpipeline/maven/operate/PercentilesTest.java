package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    @Test
    void percentileIsAMeasuredValue() {
        List<Long> values = LongStream.rangeClosed(1, 200).boxed().toList();

        assertThat(new Percentiles(values).of(50)).contains(100L);
        assertThat(new Percentiles(values).of(99)).contains(198L);
        assertThat(new Percentiles(List.of(7L)).of(99)).contains(7L);
    }

    @Test
    void nothingMeasuredIsEmpty() {
        assertThat(new Percentiles(List.of()).of(50)).isEmpty();
    }
}
