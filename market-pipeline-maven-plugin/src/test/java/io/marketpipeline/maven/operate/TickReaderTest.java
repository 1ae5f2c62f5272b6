package io.marketpipeline.maven.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.marketpipeline.event.EventKind;
import io.marketpipeline.maven.config.UserFixableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TickReaderTest {
    @TempDir
    private Path directory;

    @Test
    void csvRowBecomesAnEventWithIdentityAndDecimals() throws IOException {
        Tick.Good tick = good(csv("7,2013-10-07T13:30:00.123Z,XNAS,BAC,13.9400,100,20002020\n"));

        assertThat(tick.event().eventId()).isEqualTo("bac:trade:BAC:7");
        assertThat(tick.event().detailType()).isEqualTo("Trade Execution");
        assertThat(tick.event().detail())
                .isEqualTo("{\"event_id\":\"bac:trade:BAC:7\",\"event_time\":\"2013-10-07T13:30:00.123Z\","
                        + "\"sequence\":7,\"exchange\":\"XNAS\",\"symbol\":\"BAC\",\"price\":13.9400,"
                        + "\"volume\":100,\"conditions\":\"20002020\"}");
    }

    @Test
    void quoteIsToldByItsColumnsAndKeepsOneSideOut() throws IOException {
        InputFile file = Inputs.file(
                directory,
                "q.csv",
                """
                sequence,event_time,symbol,bid_price,bid_size,ask_price,ask_size
                1,2013-10-07T13:30:00Z,BAC,13.91,16800,,
                """);
        Tick.Good tick = good(file);

        assertThat(tick.event().detailType()).isEqualTo("Market Quote");
        assertThat(tick.event().eventId()).isEqualTo("q:quote:BAC:1");
        assertThat(tick.event().detail()).contains("\"bid_size\":16800").doesNotContain("ask");
    }

    @Test
    void headerWhenItIsNoCsvIsNamed() throws IOException {
        InputFile file = Inputs.file(directory, "h.csv", "symbol,\"event_time\":1\n");

        assertThatThrownBy(() -> Inputs.read(file))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("h.csv has a header that isn't CSV")
                .hasMessageContaining("sequence,event_time,symbol");
    }

    @Test
    void numberWhenWrittenPlainlyWouldFillTheMemoryIsMalformed() throws IOException {
        for (String number : List.of("1e999999999", "-1E+126", "1e-2147483647", "0e999999999")) {
            assertThat(Inputs.read(csv(number + ",2013-10-07T13:30:00Z,XNAS,BAC,1,1,x\n")))
                    .singleElement()
                    .isInstanceOfSatisfying(Tick.Malformed.class, row -> assertThat(row.reason())
                            .contains("sequence is ", "beyond what a table holds"));
        }
    }

    @Test
    void textWhenItHasHalfOfASurrogatePairIsMalformed() throws IOException {
        InputFile file = Inputs.file(
                directory,
                "t.jsonl",
                "{\"symbol\":\"BAC\",\"event_time\":\"2013-10-07T13:30:00Z\",\"exchange\":\"\\ud800\"}\n");

        assertThat(Inputs.read(file)).singleElement().isInstanceOfSatisfying(Tick.Malformed.class, row -> assertThat(
                        row.reason())
                .contains("surrogate"));
    }

    /** It went out as U+FFFD, and the row was called good. */
    @Test
    void textThatIsNotUtf8IsMalformedByItsLine() throws IOException {
        Path path = directory.resolve("latin.csv");
        Files.writeString(
                path,
                Inputs.TRADES
                        + "1,2013-10-07T13:30:00Z,XNAS,BAC,1,1,caf\u00e9\n2,2013-10-07T13:30:00Z,XNAS,BAC,1,1,ok\n",
                StandardCharsets.ISO_8859_1);

        assertThat(Inputs.read(new InputFile(path, "latin", Optional.empty(), 10)))
                .satisfiesExactly(
                        tick -> assertThat(tick).isInstanceOfSatisfying(Tick.Malformed.class, row -> {
                            assertThat(row.line()).isEqualTo(2);
                            assertThat(row.reason()).contains("isn't UTF-8");
                        }),
                        tick -> assertThat(tick).isInstanceOf(Tick.Good.class));
    }

    @Test
    void textThatIsUtf8StaysAsItIs() throws IOException {
        String text = "caf\u00e9 \ufffd \ud83d\ude00";

        assertThat(good(csv("1,2013-10-07T13:30:00Z,XNAS,BAC,1,1," + text + "\n"))
                        .event()
                        .detail())
                .contains(text);
    }

    @Test
    void jsonThatIsNotUtf8IsMalformed() throws IOException {
        Path path = directory.resolve("latin.jsonl");
        Files.writeString(
                path,
                "{\"symbol\":\"BAC\",\"event_time\":\"2013-10-07T13:30:00Z\",\"exchange\":\"caf\u00e9\"}\n",
                StandardCharsets.ISO_8859_1);

        assertThat(Inputs.read(new InputFile(path, "latin", Optional.empty(), 10)))
                .singleElement()
                .isInstanceOf(Tick.Malformed.class);
    }

    /** The clock of -Dspeed failed on such a row with an ArithmeticException; the function would have refused it. */
    @Test
    void timeThatTheTablesDoNotHoldIsMalformed() throws IOException {
        for (String time : List.of("0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "+999999999-12-31T23:59:59Z")) {
            assertThat(Inputs.read(csv("1," + time + ",XNAS,BAC,1,1,x\n")))
                    .singleElement()
                    .isInstanceOfSatisfying(Tick.Malformed.class, row -> assertThat(row.reason())
                            .isEqualTo("event_time is '" + time
                                    + "', but the tables hold times from 1970 to the end of 2261"));
        }
        assertThat(good(csv("1,1970-01-01T00:00:00Z,XNAS,BAC,1,1,x\n")).eventTime())
                .isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void gzippedFileThatIsCutOffIsNamed() throws IOException {
        Path whole = directory.resolve("whole.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write((Inputs.TRADES + "1,2013-10-07T13:30:00Z,XNAS,BAC,1,1,0\n".repeat(5))
                    .getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : List.of(0, 5, bytes.length - 12, bytes.length - 4)) {
            Path cut = Files.write(directory.resolve("cut.csv.gz"), Arrays.copyOf(bytes, length));

            assertThatThrownBy(() -> Inputs.read(new InputFile(cut, "cut", Optional.empty(), 10)))
                    .isInstanceOf(UserFixableException.class)
                    .hasMessageContaining("cut.csv.gz isn't a whole .gz file");
        }
    }

    @Test
    void gzippedFileThatIsNoneIsNamed() throws IOException {
        InputFile file = Inputs.file(directory, "plain.csv.gz", Inputs.TRADES);

        assertThatThrownBy(() -> Inputs.read(file))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("plain.csv.gz isn't a whole .gz file (Not in GZIP format)")
                .hasMessageEndingWith("name it without .gz if it is plain text");
    }

    @Test
    void reasonWhenItQuotesTheFileStaysOneShortLine() throws IOException {
        InputFile file = Inputs.file(
                directory,
                "t.jsonl",
                "{\"symbol\":\"BAC\",\"event_time\":\"x\\n[INFO] forged\\u001b[1A" + "y".repeat(5_000) + "\"}\n");

        assertThat(Inputs.read(file)).singleElement().isInstanceOfSatisfying(Tick.Malformed.class, row -> assertThat(
                        row.reason())
                .doesNotContain("\n", "\u001b")
                .contains("\\u000a[INFO] forged")
                .hasSizeLessThan(400));
    }

    @Test
    void rowWithoutSequenceTakesItsPlaceInTheFile() throws IOException {
        InputFile file = Inputs.file(
                directory, "t.csv", "event_time,symbol\n2013-10-07T13:30:00Z,A\n\n2013-10-07T13:30:00Z,A\n");

        assertThat(Inputs.read(file))
                .extracting(tick -> ((Tick.Good) tick).event().eventId())
                .containsExactly("t:trade:A:1", "t:trade:A:2");
    }

    @Test
    void jsonLineKeepsItsDigitsAndItsOwnIdentity() throws IOException {
        InputFile file = Inputs.file(
                directory,
                "t.jsonl",
                "{\"event_id\":\"mine\",\"symbol\":\"BAC\",\"event_time\":\"2013-10-07T09:30:00-04:00\","
                        + "\"price\":13.940000000000000000001,\"tags\":[\"a\"],\"gone\":null}\n");
        Tick.Good tick = good(file);

        assertThat(tick.event().detail())
                .isEqualTo("{\"event_id\":\"mine\",\"event_time\":\"2013-10-07T13:30:00Z\",\"symbol\":\"BAC\","
                        + "\"price\":13.940000000000000000001,\"tags\":[\"a\"]}");
    }

    @Test
    void gzippedFileIsReadUpToItsLimit() throws IOException {
        Path path = directory.resolve("bac.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write((Inputs.TRADES + "1,2013-10-07T13:30:00Z,XNAS,BAC,1,1,0\n".repeat(5))
                    .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Inputs.read(new InputFile(path, InputFile.dataSetOf(path), Optional.empty(), 3)))
                .hasSize(3);
        assertThat(InputFile.dataSetOf(path)).isEqualTo("bac");
    }

    @Test
    void sameFileGivesTheSameBytes() throws IOException {
        InputFile file = csv("7,2013-10-07T13:30:00.123Z,XNAS,BAC,13.9400,100,0\n");

        assertThat(Inputs.read(file)).isEqualTo(Inputs.read(file));
    }

    @Test
    void malformedRowsAreToldByLineAndReason() throws IOException {
        InputFile file = csv(
                """
                1,2013-10-07T13:30:00Z,XNAS,BAC,13.94,100
                2,2013-10-07T13:30:00Z,XNAS,,13.94,100,0
                3,,XNAS,BAC,13.94,100,0
                4,noon,XNAS,BAC,13.94,100,0
                5,2013-10-07T13:30:00Z,XNAS,BAC,cheap,100,0
                5.5,2013-10-07T13:30:00Z,XNAS,BAC,13.94,100,0
                6,2013-10-07T13:30:00Z,XNAS,"BAC,13.94,100,0
                7,2013-10-07T13:30:00Z,XNAS,BAC,13.94,100,0
                """);

        List<Tick> ticks = Inputs.read(file);

        assertThat(ticks.stream()
                        .filter(Tick.Malformed.class::isInstance)
                        .map(tick -> tick.line() + " " + ((Tick.Malformed) tick).reason()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("2 has 6 fields where the header has 7"),
                        line -> assertThat(line).isEqualTo("3 has no symbol"),
                        line -> assertThat(line).isEqualTo("4 has no event_time"),
                        line -> assertThat(line)
                                .isEqualTo("5 event_time is 'noon', which isn't ISO 8601 with an offset, such as"
                                        + " 2013-10-07T13:30:00.123Z"),
                        line -> assertThat(line).isEqualTo("6 price is 'cheap', which isn't a decimal number"),
                        line -> assertThat(line).isEqualTo("7 sequence is '5.5', which isn't a whole number"),
                        line -> assertThat(line).startsWith("8 "));
        assertThat(ticks.get(7)).isInstanceOf(Tick.Good.class);
    }

    @Test
    void malformedJsonIsTold() throws IOException {
        InputFile file = Inputs.file(directory, "t.jsonl", "{\"symbol\":\n[1]\n");

        assertThat(Inputs.read(file))
                .extracting(tick -> ((Tick.Malformed) tick).reason())
                .satisfiesExactly(reason -> assertThat(reason).startsWith("isn't JSON: "), reason -> assertThat(reason)
                        .isEqualTo("isn't a JSON object"));
    }

    @Test
    void headerWithoutSymbolIsRefused() throws IOException {
        InputFile file = Inputs.file(directory, "t.csv", "event_time,price\n");

        assertThatThrownBy(() -> Inputs.read(file))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("t.csv has no column 'symbol' in its header [event_time, price]");
    }

    @Test
    void headerWithAColumnTwiceIsRefused() throws IOException {
        InputFile file = Inputs.file(directory, "t.csv", "event_time,symbol,symbol\n");

        assertThatThrownBy(() -> Inputs.read(file))
                .isInstanceOf(UserFixableException.class)
                .hasMessageEndingWith("t.csv has column 'symbol' twice in its header");
    }

    @Test
    void emptyFileIsRefused() throws IOException {
        InputFile file = Inputs.file(directory, "t.csv", "");

        assertThatThrownBy(() -> Inputs.read(file))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("t.csv is empty; its first line must be a header");
    }

    @Test
    void missingFileIsRefused() {
        assertThatThrownBy(() -> new InputFile(directory.resolve("none.csv"), "none", Optional.empty(), 1))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("-Dfile (<file>) names")
                .hasMessageContaining("isn't a file that can be read");
    }

    @Test
    void oddDataSetIsRefused() throws IOException {
        Path path = Files.writeString(directory.resolve("a b.csv"), "");

        assertThatThrownBy(() -> new InputFile(path, InputFile.dataSetOf(path), Optional.empty(), 1))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("is named 'a b'")
                .hasMessageContaining("-DdataSet");
    }

    @Test
    void limitBelowOneIsRefused() throws IOException {
        Path path = Files.writeString(directory.resolve("a.csv"), "");

        assertThatThrownBy(() -> new InputFile(path, "a", Optional.of(EventType.ofKind(EventKind.TRADE)), 0))
                .isInstanceOf(UserFixableException.class)
                .hasMessage("-Dlimit (<limit>) is 0, must be at least 1; example: 2000");
    }

    @Test
    void twoFilesOfOneDataSetAreRefused() throws IOException {
        InputFile file = Inputs.trades(directory, 1);

        assertThatThrownBy(() -> InputFile.requireDistinct(List.of(file, file)))
                .isInstanceOf(UserFixableException.class)
                .hasMessageContaining("are both data set 'bac', so their rows would have the same identities");
    }

    private InputFile csv(String rows) throws IOException {
        return Inputs.file(directory, "bac.csv", Inputs.TRADES + rows);
    }

    private static Tick.Good good(InputFile file) throws IOException {
        return (Tick.Good) Inputs.read(file).get(0);
    }
}
