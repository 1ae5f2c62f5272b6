package io.marketpipeline.local.cloudformation.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class PropertyCheckTest {
    @Test
    void everyTypeHasASchemaThatNamesIt() {
        assertThat(Resources.types()).isNotEmpty().allSatisfy(type -> assertThat(ResourceSchema.of(type))
                .get()
                .extracting(ResourceSchema::type)
                .isEqualTo(type));
        assertThat(ResourceSchema.of("AWS::EC2::Instance")).isEmpty();
    }

    @Test
    void textsBecomeTheNumbersAndBooleansOfTheSchema() throws JsonProcessingException {
        PropertyCheck check = check("AWS::SQS::Queue", "{'DelaySeconds':'30','FifoQueue':'true','QueueName':7}");
        assertThat(check.problems()).isEmpty();
        assertThat(check.properties().toString())
                .isEqualTo("{\"DelaySeconds\":30,\"FifoQueue\":true,\"QueueName\":\"7\"}");
    }

    @Test
    void problemsNameThePlaceAndTheElement() throws JsonProcessingException {
        assertThat(check("AWS::DynamoDB::Table", "{'TabelName':'x'}").message("Trades"))
                .isEqualTo("Properties validation failed for resource Trades with message:\n"
                        + "[#: extraneous key [TabelName] is not permitted, #: required key [KeySchema] not found]");
        assertThat(check("AWS::DynamoDB::Table", "{'KeySchema':[{'AttributeName':'id','KeyTyp':'HASH'}]}")
                        .problems())
                .extracting(PropertyCheck.Problem::toString)
                .contains("#/KeySchema/0: required key [KeyType] not found");
        assertThat(check(
                                "AWS::Lambda::EventInvokeConfig",
                                "{'FunctionName':'f','Qualifier':'q','MaximumRetryAttempts':3}")
                        .problems())
                .extracting(PropertyCheck.Problem::toString)
                .containsExactly("#/MaximumRetryAttempts: 3 is not less or equal to 2");
    }

    @Test
    void generatedNamesStayWithinTheLimit() {
        String name = new PhysicalNames().generate("a-rather-long-name-of-a-stack", "AndALongLogicalId", 48);
        assertThat(name).hasSizeLessThanOrEqualTo(48).matches("a-rather.*-AndALongLogic.*-[A-Z0-9]{12}");
    }

    private static PropertyCheck check(String type, String json) throws JsonProcessingException {
        ObjectNode properties = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
        return PropertyCheck.of(ResourceSchema.of(type).orElseThrow(), properties);
    }
}
