package com.example.tape;

import java.util.Arrays;
import java.util.List;

/**
 * Sale conditions under which a trade says nothing about the current price: it was agreed before, elsewhere or outside
 * the session. The bits are those of the tape's {@code conditions} column.
 */
enum SaleCondition {
    DERIVATIVELY_PRICED(9),
    FORM_T(10),
    SOLD_LAST(11),
    EXTENDED_HOURS(13),
    OUT_OF_SEQUENCE(14),
    AVERAGE_PRICE(20),
    PRIOR_REFERENCE_PRICE(25);

    private final long mask;

    SaleCondition(int bit) {
        mask = 1L << bit;
    }

    /**
     * Reads those of the conditions that are listed here.
     *
     * @param conditions hexadecimal bit set, such as {@code 20000200}
     * @throws NumberFormatException where it isn't one
     */
    static List<SaleCondition> in(String conditions) {
        long bits = Long.parseUnsignedLong(conditions, 16);
        return Arrays.stream(values()).filter(c -> (bits & c.mask) != 0).toList();
    }
}
