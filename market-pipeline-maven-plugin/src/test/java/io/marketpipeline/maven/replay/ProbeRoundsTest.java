package io.marketpipeline.maven.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeRoundsTest {
    private final ProbeRounds rounds = new ProbeRounds();

    private void came(List<String> details) {
        details.forEach(detail -> rounds.came("{\"source\":\"market-pipeline.probe\",\"detail\":" + detail + "}"));
    }

    @Test
    void ruleWorksWhenAllOfARoundHaveCome() {
        List<String> probes = rounds.next();
        assertThat(probes).hasSize(ProbeRounds.AT_ONCE);

        came(probes.subList(0, 9));
        assertThat(rounds.isComplete()).isFalse();
        came(probes.subList(9, 10));
        assertThat(rounds.isComplete()).isTrue();
    }

    /** Ten were counted, whichever they were: those that one half of the hosts sent in each of two rounds, for example. */
    @Test
    void halvesOfTwoRoundsAreNotAWholeOne() {
        came(rounds.next().subList(0, 5));
        came(rounds.next().subList(0, 5));

        assertThat(rounds.isComplete()).isFalse();
    }

    @Test
    void probeThatComesTwiceCountsOnce() {
        List<String> probes = rounds.next();
        came(probes.subList(0, 9));
        came(probes.subList(0, 9));

        assertThat(rounds.isComplete()).isFalse();
    }

    @Test
    void roundThatComesLateStillCounts() {
        List<String> first = rounds.next();
        List<String> second = rounds.next();
        came(second.subList(0, 5));
        came(first);

        assertThat(rounds.isComplete()).isTrue();
    }
}
