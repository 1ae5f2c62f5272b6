package com.example.tape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SaleConditionTest {
    @Test
    void inWhenRegularWayFindsNone() {
        assertThat(SaleCondition.in("1")).isEmpty();
    }

    @Test
    void inWhenIntermarketSweepFindsNone() {
        assertThat(SaleCondition.in("20000020")).isEmpty();
    }

    @Test
    void inWhenSeveralBitsFindsEach() {
        assertThat(SaleCondition.in("20102000"))
                .containsExactly(SaleCondition.EXTENDED_HOURS, SaleCondition.AVERAGE_PRICE);
    }

    @Test
    void inWhenNotHexadecimalThrows() {
        assertThatThrownBy(() -> SaleCondition.in("@FTI")).isInstanceOf(NumberFormatException.class);
    }
}
