package io.marketpipeline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormReaderTest {
    @Test
    void listsAndMapsWhenNumberedKeepTheirOrder() {
        String form = "StackName=s&Tags.member.10.Key=j&Tags.member.2.Key=b&Tags.member.1.Key=a"
                + "&Attributes.entry.1.key=Policy&Attributes.entry.1.value=%7B%7D"
                + "&MessageAttributes.entry.1.Name=k&MessageAttributes.entry.1.Value.DataType=String";

        assertThat(FormReader.read(WireRequest.parameters(form)).toString())
                .isEqualTo("{\"StackName\":\"s\",\"Tags\":[{\"Key\":\"a\"},{\"Key\":\"b\"},{\"Key\":\"j\"}],"
                        + "\"Attributes\":{\"Policy\":\"{}\"},"
                        + "\"MessageAttributes\":{\"k\":{\"DataType\":\"String\"}}}");
    }

    @Test
    void listWhenEmptyIsLeftOut() {
        assertThat(FormReader.read(WireRequest.parameters("AlarmName=a&AlarmActions="))
                        .toString())
                .isEqualTo("{\"AlarmName\":\"a\"}");
    }
}
