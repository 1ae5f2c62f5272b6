package io.marketpipeline.maven.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Any bytes as a file to publish: its first byte says whether as CSV or as JSON lines. As a test it runs the kept inputs;
 * with {@code JAZZER_FUZZ=1} it looks for new ones (docs/security.md).
 */
class TickReaderFuzzTest {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static Path csv;
    private static Path json;

    @BeforeAll
    static void makeFiles() throws IOException {
        csv = Files.createTempFile("fuzz", ".csv");
        json = Files.createTempFile("fuzz", ".jsonl");
    }

    @AfterAll
    static void deleteFiles() throws IOException {
        Files.delete(csv);
        Files.delete(json);
    }

    @FuzzTest(maxDuration = "10m")
    @Timeout(value = 12, unit = TimeUnit.MINUTES) // the build's own limit would end a search that found nothing
    void anyFileGivesEventsOrNamedProblems(byte[] content) throws IOException {
        if (content.length == 0) {
            return;
        }
        Path file = content[0] % 2 == 0 ? csv : json;
        Files.write(file, Arrays.copyOfRange(content, 1, content.length));
        try (TickReader ticks =
                TickReader.open(new InputFile(file, "fuzz", Optional.empty(), Long.MAX_VALUE), "market.data")) {
            for (Optional<Tick> tick = ticks.next(); tick.isPresent(); tick = ticks.next()) {
                if (tick.get() instanceof Tick.Good good) {
                    requireDetail(good.event().detail());
                } else if (((Tick.Malformed) tick.get()).reason().isBlank()) {
                    fail("a row is refused without a reason");
                }
            }
        } catch (UserFixableException e) {
            if (e.getMessage().isBlank()) {
                fail("a file is refused without a reason");
            }
        }
    }

    private static void requireDetail(String detail) throws IOException {
        if (!UTF_8.newEncoder().canEncode(detail)) {
            fail("detail has half a surrogate pair: " + detail);
        }
        if (detail.indexOf('\n') >= 0) {
            fail("detail has several lines: " + detail);
        }
        try (JsonParser parser = JSON.createParser(detail)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                fail("detail is no object: " + detail);
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                fail("detail is more than one object: " + detail);
            }
        }
    }
}
