package io.marketpipeline.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawDataTest {
    @Test
    void sha256WhenSliceIsThatOfItsBytes() {
        byte[] bytes = Payloads.bytes("xabcx");

        assertThat(RawData.of(bytes, 1, 3).sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void textWhenCutNeverDividesACharacter() {
        RawData raw = RawData.of("a\u20ac\u20ac");

        assertThat(raw.text(100)).isEqualTo("a\u20ac\u20ac");
        assertThat(raw.text(6)).isEqualTo("a\u20ac");
        assertThat(raw.text(4)).isEqualTo("a\u20ac");
        assertThat(raw.text(3)).isEqualTo("a");
    }

    @Test
    void isUtf8WhenBytesAreBrokenIsFalse() {
        assertThat(RawData.of("\u00e4").isUtf8()).isTrue();
        assertThat(RawData.of(new byte[] {'a', (byte) 0xC3}, 0, 2).isUtf8()).isFalse();
    }

    @Test
    void toStringShowsNoContent() {
        assertThat(RawData.of("secret")).asString().doesNotContain("secret");
    }
}
