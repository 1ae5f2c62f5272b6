package io.marketpipeline.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.marketpipeline.audit.AuditFailurePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionSettingsTest {
    private static Map<String, String> variables(String... more) {
        Map<String, String> variables = new HashMap<>(Map.of("MARKET_DATA_TABLE", "m", "AUDIT_TRAIL_TABLE", "a"));
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    @Test
    void ofWhenOnlyTheTablesAreSetHasDefaults() {
        FunctionSettings settings = FunctionSettings.of(variables());

        assertThat(settings.marketDataTable()).isEqualTo("m");
        assertThat(settings.environment()).isEqualTo("unknown");
        assertThat(settings.deadLetterQueueUrl()).isNull();
        assertThat(settings.auditFailurePolicy()).isEqualTo(AuditFailurePolicy.FAIL);
        assertThat(settings.auditRetention()).isNull();
        assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
        assertThat(settings.client()).isEqualTo(Client.LEAN);
        assertThat(settings.decoder().knows("Market Quote")).isTrue();
    }

    @Test
    void ofWhenAllIsSetTakesIt() {
        FunctionSettings settings = FunctionSettings.of(variables(
                "ENVIRONMENT", "dev",
                "MARKET_PIPELINE_DEAD_LETTER_QUEUE_URL", "http://q",
                "MARKET_PIPELINE_IDENTITY", "exchange, symbol,trade_id",
                "MARKET_PIPELINE_DETAIL_TYPES", "Trade Execution=trade;FX = Quote=quote",
                "MARKET_PIPELINE_TTL", "{\"days\":\"never\"}",
                "MARKET_PIPELINE_AUDIT_ON_FAILURE", "continue",
                "MARKET_PIPELINE_AUDIT_RETENTION_DAYS", "10",
                "MARKET_PIPELINE_NEGATIVE_PRICES", "CL,NG",
                "MARKET_PIPELINE_LOG_LEVEL", "debug",
                "MARKET_PIPELINE_CLIENT", "sdk"));

        assertThat(settings.environment()).isEqualTo("dev");
        assertThat(settings.deadLetterQueueUrl()).isEqualTo("http://q");
        assertThat(settings.auditFailurePolicy()).isEqualTo(AuditFailurePolicy.CONTINUE);
        assertThat(settings.auditRetention()).isEqualTo(Duration.ofDays(10));
        assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
        assertThat(settings.client()).isEqualTo(Client.SDK);
        assertThat(settings.decoder().knows("FX = Quote")).isTrue();
        assertThat(settings.decoder().knows("Market Quote")).isFalse();
    }

    @Test
    void ofWhenTablesAreMissingNamesBoth() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> FunctionSettings.of(Map.of()))
                .withMessageContaining("MARKET_DATA_TABLE isn't set")
                .withMessageContaining("AUDIT_TRAIL_TABLE isn't set");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MARKET_PIPELINE_LOG_LEVEL            | LOUD       | must be ERROR, WARN, INFO or DEBUG",
                "MARKET_PIPELINE_AUDIT_ON_FAILURE     | maybe      | must be fail or continue",
                "MARKET_PIPELINE_AUDIT_RETENTION_DAYS | 0          | must be a whole number of days",
                "MARKET_PIPELINE_IDENTITY             | a,,b       | must be names joined by commas",
                "MARKET_PIPELINE_DETAIL_TYPES         | Trade=x    | must be detail types with trade",
                "MARKET_PIPELINE_DETAIL_TYPES         | trade      | must be detail types with trade",
                "MARKET_PIPELINE_NEGATIVE_PRICES      | CL,        | must be names joined by commas",
                "MARKET_PIPELINE_TTL                  | 30 days    | write it like"
            })
    void ofWhenValueIsWrongNamesVariableValueAndForm(String name, String value, String form) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> FunctionSettings.of(variables(name, value)))
                .withMessageContaining(name + " is '" + value + "'")
                .withMessageContaining(form);
    }
}
