package io.marketpipeline.local.metering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.marketpipeline.local.gateway.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricBufferTest {
    /** CloudWatch refuses a request as a whole: with one bad metric, those of other functions were gone, too. */
    @Test
    void metricThatIsRefusedTakesNoOtherAlong() {
        List<String> stored = new ArrayList<>();
        MetricBuffer buffer = new MetricBuffer((service, operation, input) -> {
            List<String> names = input.path("MetricData").findValuesAsText("MetricName");
            if (names.contains("bad")) {
                throw AwsError.of("InvalidParameterValueException", "bad");
            }
            stored.addAll(names);
            return (JsonNode) JsonNodeFactory.instance.objectNode();
        });
        List<String> good = IntStream.range(0, 600).mapToObj(i -> "m" + i).toList();

        good.forEach(name -> buffer.add("ns", name, "Count", Map.of(), 1));
        buffer.add("ns", "bad", "Count", Map.of(), 1);
        buffer.flush();

        assertThat(stored).containsExactlyInAnyOrderElementsOf(good);
    }
}
