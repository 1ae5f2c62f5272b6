package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.OutputStream;

/** The parser's settings. */
final class Json {
    /** Deepest nesting of {@code detail}; real events have one or two levels. */
    static final int MAX_DETAIL_DEPTH = 32;

    /**
     * Numbers are bounded where they are read, so that an endless one in a field nobody reads is no reason to refuse;
     * names aren't interned, because foreign ones would fill the JVM's table.
     */
    private static final JsonFactory ENVELOPES = factory(1000);

    private static final JsonFactory DETAILS = factory(MAX_DETAIL_DEPTH);

    private Json() {}

    private static JsonFactory factory(int depth) {
        return JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    static JsonParser envelopes(RawData json) throws IOException {
        return ENVELOPES.createParser(json.array(), json.offset(), json.length());
    }

    static JsonGenerator generator(OutputStream out) throws IOException {
        return ENVELOPES.createGenerator(out);
    }

    /** Where the current value starts, in bytes from the start of what is parsed. */
    static int startOf(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The exact bytes of the current value, moving the parser to its end. */
    static RawData slice(JsonParser parser, RawData whole) throws IOException {
        int start = startOf(parser);
        parser.skipChildren();
        return from(start, parser, whole);
    }

    /** The exact bytes from a place to the end of the current value. */
    static RawData from(int start, JsonParser parser, RawData whole) throws IOException {
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return RawData.of(whole.array(), whole.offset() + start, end - start);
    }

    static JsonParser detail(RawData detail) throws IOException {
        return DETAILS.createParser(detail.array(), detail.offset(), detail.length());
    }
}
