package io.marketpipeline.event;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of what DynamoDB holds as a number: 38 significant digits, magnitudes from 1E-130 to 9.99...E+125 (DynamoDB
 * developer guide, "Data types: Number").
 */
final class Decimals {
    /** Longest text looked at: 38 digits with sign, point, exponent and any reasonable padding with zeros. */
    private static final int MAX_TEXT = 256;

    private static final int MAX_DIGITS = 38;
    private static final int MIN_EXPONENT = -130;
    private static final int MAX_EXPONENT = 125;

    private Decimals() {}

    /** The number that the characters are; null where they are none or one that DynamoDB can't hold. */
    static @Nullable BigDecimal parse(char[] text, int offset, int length) {
        if (length == 0 || length > MAX_TEXT || !looksDecimal(text, offset, length)) {
            return null;
        }
        try {
            return fit(new BigDecimal(text, offset, length));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** BigDecimal also reads digits of other scripts and a leading plus; JSON has neither. */
    private static boolean looksDecimal(char[] text, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = text[i];
            boolean inner = i > offset;
            boolean legal =
                    (c >= '0' && c <= '9') || c == '-' || c == '.' || (inner && (c == 'e' || c == 'E' || c == '+'));
            if (!legal) {
                return false;
            }
        }
        return true;
    }

    static BigDecimal bounded(String name, BigDecimal value) {
        BigDecimal fitted = fit(value);
        if (fitted == null) {
            throw new IllegalArgumentException("attribute '" + name
                    + "' needs more than the 38 digits, or exceeds the range, of a DynamoDB number; round it first");
        }
        return fitted;
    }

    private static @Nullable BigDecimal fit(BigDecimal value) {
        if (value.signum() == 0) {
            return value.scale() >= 0 && value.scale() <= MAX_DIGITS ? value : BigDecimal.ZERO;
        }
        // As long arithmetic: scales near the ends of int must not wrap.
        long exponent = (long) value.precision() - value.scale() - 1;
        if (exponent < MIN_EXPONENT || exponent > MAX_EXPONENT) {
            return null;
        }
        if (value.precision() > MAX_DIGITS) {
            BigDecimal stripped = value.stripTrailingZeros();
            return stripped.precision() > MAX_DIGITS ? null : stripped;
        }
        return value;
    }
}
