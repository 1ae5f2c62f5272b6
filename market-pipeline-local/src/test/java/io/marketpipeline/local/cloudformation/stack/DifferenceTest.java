package io.marketpipeline.local.cloudformation.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    @Test
    void differencesAreAsDeepAsTheShapesAgree() throws JsonProcessingException {
        assertThat(Difference.between(
                        json("{'A':{'B':1,'C':2},'L':[1,2],'M':[1],'Gone':true}"),
                        json("{'A':{'B':1,'C':3},'L':[1,5],'M':[1,2],'New':'x'}")))
                .extracting(one -> one.path() + " " + one.before() + " " + one.after())
                .containsExactlyInAnyOrder("/A/C 2 3", "/L/1 2 5", "/M [1] [1,2]", "/Gone true ", "/New  \"x\"");
    }

    @Test
    void equalTreesDifferInNothing() throws JsonProcessingException {
        assertThat(Difference.between(json("{'A':[1]}"), json("{'A':[1]}"))).isEmpty();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }
}
