package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.maven.config.Configurations;
import io.marketpipeline.maven.config.UserFixableException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTypeTest {
    @Test
    void ownDetailTypeHasTheKindOfItsRule() {
        assertThat(EventType.ofDetailType("Index Level", Configurations.prod()))
                .isEqualTo(new EventType("Index Level", EventKind.PRICE));
    }

    @Test
    void detailTypeThatNoRuleRoutesIsRefused() {
        assertThatThrownBy(() -> EventType.ofDetailType("Order", Configurations.minimal()))
                .isInstanceOf(UserFixableException.class)
                .hasMessageStartingWith("-DdetailType (<detailType>) is 'Order', which no rule routes")
                .hasMessageContaining("Trade Execution");
    }

    @Test
    void quotesAreToldByTheirColumns() {
        assertThat(EventType.ofColumns(List.of("symbol", "ask_price")).detailType())
                .isEqualTo("Market Quote");
        assertThat(EventType.ofColumns(List.of("symbol", "price")).detailType()).isEqualTo("Trade Execution");
    }
}
