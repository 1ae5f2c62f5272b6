package io.marketpipeline.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ItemHashTest {
    @Test
    void sha256WhenNumbersDifferInZerosOnlyIsTheSame() {
        assertThat(ItemHash.sha256(Map.of("n", new BigDecimal("13.9400"))))
                .isEqualTo(ItemHash.sha256(Map.of("n", new BigDecimal("13.94"))));
        assertThat(ItemHash.sha256(Map.of("n", 1200L)))
                .isEqualTo(ItemHash.sha256(Map.of("n", new BigDecimal("1.2E3"))));
        assertThat(ItemHash.sha256(Map.of("n", 0L))).isEqualTo(ItemHash.sha256(Map.of("n", new BigDecimal("0.000"))));
    }

    @Test
    void sha256WhenOrderDiffersIsTheSame() {
        Map<String, Object> attributes = Map.of("b", "1", "a", List.of("x", "y"), "c", Map.of("k", true));

        assertThat(ItemHash.sha256(new TreeMap<>(attributes).descendingMap())).isEqualTo(ItemHash.sha256(attributes));
    }

    @Test
    void sha256WhenAnAttributeIsChangedAddedOrTakenAwayDiffers() {
        Map<String, Object> attributes = new HashMap<>(Map.of("a", "1", "b", 2L, "c", true));
        String before = ItemHash.sha256(attributes);

        for (String name : List.copyOf(attributes.keySet())) {
            Object value = attributes.put(name, "changed");
            assertThat(ItemHash.sha256(attributes)).as(name).isNotEqualTo(before);
            attributes.remove(name);
            assertThat(ItemHash.sha256(attributes)).as(name).isNotEqualTo(before);
            attributes.put(name, value);
        }
        assertThat(ItemHash.sha256(attributes)).isEqualTo(before);
        attributes.put("added", "");
        assertThat(ItemHash.sha256(attributes)).isNotEqualTo(before);
    }

    @Test
    void sha256WhenTextMovesBetweenPartsDiffers() {
        assertThat(List.of(
                        ItemHash.sha256(Map.of("a", "bc")),
                        ItemHash.sha256(Map.of("ab", "c")),
                        ItemHash.sha256(Map.of("a", List.of("b", "c"))),
                        ItemHash.sha256(Map.of("a", List.of("bc"))),
                        ItemHash.sha256(Map.of("a", "b", "c", "")),
                        ItemHash.sha256(Map.of("a", "1")),
                        ItemHash.sha256(Map.of("a", 1L))))
                .doesNotHaveDuplicates();
    }

    @Test
    void sha256OfAnItemIsThatOfItsAttributesInWhateverOrderItWritesThem() {
        Map<String, Object> attributes = Map.of(
                "b", "x", "a", 1200L, "d", new BigDecimal("1.50"), "c", true, "e", List.of("y", "z"), "zero", 0L);

        assertThat(ItemHash.sha256(new TableItem() {
                    @Override
                    public Object key() {
                        return "x";
                    }

                    @Override
                    public void writeTo(AttributeWriter item) {
                        item.number("zero", 0);
                        item.texts("e", List.of("y", "z"));
                        item.text("b", "x");
                        item.text("none", null);
                        item.number("a", 1200L);
                        item.number("d", new BigDecimal("1.50"));
                        item.flag("c", true);
                    }
                }))
                .isEqualTo(ItemHash.sha256(attributes));
    }

    @Test
    void sha256IsAsDocumented() {
        // {"a": "b"}: M, one entry; K, 1 byte, a; S, 1 byte, b
        assertThat(ItemHash.sha256(Map.of("a", "b")))
                .isEqualTo("38dbd53a25989b9c282227f30f23bfbe30ca1680fb5d51c8d3fa8f7749499bf5");
    }

    @Test
    void sha256WhenValueIsNoAttributeIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ItemHash.sha256(Map.of("a", 1.5)));
    }
}
