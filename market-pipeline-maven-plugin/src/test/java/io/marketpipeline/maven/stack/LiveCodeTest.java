package io.marketpipeline.maven.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LiveCodeTest {
    private static final String CODE = "0123456789abcdef".repeat(4);

    @Test
    void surplusWhenFewerThanKeptIsEmpty() {
        assertThat(LiveCode.surplus(versions(3, 2, 1), Set.of(3), 5)).isEmpty();
    }

    @Test
    void surplusIsTheOldestFirst() {
        assertThat(LiveCode.surplus(versions(7, 6, 5, 4, 3, 2, 1), Set.of(7), 5))
                .containsExactly(1, 2);
    }

    @Test
    void surplusNeverHasAVersionInUse() {
        assertThat(LiveCode.surplus(versions(7, 6, 5, 4, 3, 2, 1), Set.of(7, 2), 3))
                .containsExactly(1, 3, 4, 5);
    }

    @Test
    void surplusWhenMoreAreInUseThanKeptHasAllOthers() {
        assertThat(LiveCode.surplus(versions(4, 3, 2, 1), Set.of(4, 2), 1)).containsExactly(1, 3);
    }

    @Test
    void codeInATemplateIsTheHashInItsKey() {
        assertThat(LiveCode.codeIn("  Function:\n      Code:\n        S3Key: functions/" + CODE + ".zip\n"))
                .contains(CODE);
    }

    @Test
    void codeInATemplateWithoutAFunctionIsEmpty() {
        assertThat(LiveCode.codeIn("Resources: {}")).isEmpty();
    }

    private static List<PublishedVersion> versions(int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> new PublishedVersion(number, CODE, Optional.empty(), 512, ""))
                .toList();
    }
}
