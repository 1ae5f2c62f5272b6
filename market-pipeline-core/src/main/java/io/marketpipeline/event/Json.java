package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

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

    static JsonParser envelopes(byte[] bytes) throws IOException {
        return ENVELOPES.createParser(bytes);
    }

    static JsonParser detail(RawData detail) throws IOException {
        return DETAILS.createParser(detail.array(), detail.offset(), detail.length());
    }
}
