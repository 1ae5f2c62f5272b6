package io.marketpipeline.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is read of a {@code detail}: the part of a JSON parser that it takes. For one thread. */
abstract class Tokens implements AutoCloseable {
    abstract @Nullable JsonToken nextToken() throws IOException;

    abstract JsonToken currentToken();

    abstract String currentName() throws IOException;

    /** Characters of a text, or of a number. */
    abstract String getText() throws IOException;

    /** Whether the text has no characters. */
    abstract boolean isEmpty() throws IOException;

    /** The text or number as one that DynamoDB holds; null where it is none. */
    abstract @Nullable BigDecimal decimal() throws IOException;

    abstract void skipChildren() throws IOException;

    @Override
    public abstract void close() throws IOException;

    /** By a parser for all of JSON. */
    static final class OfParser extends Tokens {
        private final JsonParser parser;

        OfParser(JsonParser parser) {
            this.parser = parser;
        }

        @Override
        @Nullable
        JsonToken nextToken() throws IOException {
            return parser.nextToken();
        }

        @Override
        JsonToken currentToken() {
            return parser.currentToken();
        }

        @Override
        String currentName() throws IOException {
            return parser.currentName();
        }

        @Override
        String getText() throws IOException {
            return parser.getText();
        }

        @Override
        boolean isEmpty() throws IOException {
            return parser.getTextLength() == 0;
        }

        @Override
        @Nullable
        BigDecimal decimal() throws IOException {
            return Decimals.parse(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        }

        @Override
        void skipChildren() throws IOException {
            parser.skipChildren();
        }

        @Override
        public void close() throws IOException {
            parser.close();
        }
    }

    /** Of an object that is known to be plain. */
    static final class OfPlain extends Tokens {
        private final PlainObject object;
        private int field = -1;
        private boolean atName;
        private JsonToken current = JsonToken.NOT_AVAILABLE;

        OfPlain(PlainObject object) {
            this.object = object;
        }

        @Override
        @Nullable
        JsonToken nextToken() {
            if (current == JsonToken.NOT_AVAILABLE) {
                current = JsonToken.START_OBJECT;
            } else if (atName) {
                atName = false;
                current = switch (object.kind(field)) {
                    case TEXT -> JsonToken.VALUE_STRING;
                    case INTEGER -> JsonToken.VALUE_NUMBER_INT;
                    case DECIMAL -> JsonToken.VALUE_NUMBER_FLOAT;
                    case NULL -> JsonToken.VALUE_NULL;
                    case OBJECT, OTHER -> JsonToken.VALUE_TRUE;
                };
            } else if (++field < object.count()) {
                atName = true;
                current = JsonToken.FIELD_NAME;
            } else {
                current = JsonToken.END_OBJECT;
            }
            return current;
        }

        @Override
        JsonToken currentToken() {
            return current;
        }

        @Override
        String currentName() {
            return object.name(field);
        }

        @Override
        String getText() {
            return object.text(field);
        }

        @Override
        boolean isEmpty() {
            return object.from(field) == object.to(field);
        }

        @Override
        @Nullable
        BigDecimal decimal() {
            if (current != JsonToken.VALUE_STRING) {
                return number(object.from(field), object.to(field));
            }
            char[] text = getText().toCharArray();
            return Decimals.parse(text, 0, text.length);
        }

        /** At most 18 digits, so that nothing overflows and nothing must be rounded. */
        private BigDecimal number(int from, int to) {
            boolean negative = object.byteAt(from) == '-';
            long digits = 0;
            int scale = 0;
            boolean fraction = false;
            for (int i = negative ? from + 1 : from; i < to; i++) {
                byte b = object.byteAt(i);
                if (b == '.') {
                    fraction = true;
                } else {
                    digits = digits * 10 + (b - '0');
                    scale += fraction ? 1 : 0;
                }
            }
            return BigDecimal.valueOf(negative ? -digits : digits, scale);
        }

        @Override
        void skipChildren() {
            // A plain value has none.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
