package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VarintTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "1, 01",
        "127, 7f",
        "128, 8001",
        "255, ff01",
        "300, ac02",
        "16384, 808001",
        "9223372036854775807, ffffffffffffffff7f"
    })
    void aNumberHasOneSpelling(long value, String hex) throws FormatException {
        byte[] target = new byte[Varint.MAX_BYTES + 2];
        int end = Varint.write(value, target, 1);
        assertEquals(hex, HexFormat.of().formatHex(target, 1, end));
        assertEquals(Varint.length(value), end - 1);
        assertEquals(value, Varint.read(target, 1));
    }

    @Test
    void lengthsChangeAtEverySeventhBit() {
        for (int bytes = 1; bytes < Varint.MAX_BYTES; bytes++) {
            assertEquals(bytes, Varint.length((1L << (7 * bytes)) - 1));
            assertEquals(bytes + 1, Varint.length(1L << (7 * bytes)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'varints malformed, could not reach the end'",
        "80, 'varints malformed, could not reach the end'",
        "8000, varint not minimally encoded",
        "ff8000, varint not minimally encoded",
        "ffffffffffffffffff01, varints larger than uint63 not supported",
        "80808080808080808080, varints larger than uint63 not supported",
    })
    void anyOtherSpellingIsRefused(String hex, String reason) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        FormatException e = assertThrows(FormatException.class, () -> Varint.read(bytes, 0));
        assertEquals(reason, e.getMessage());
    }

    @Test
    void thereAreNoNegativeNumbers() {
        assertThrows(IllegalArgumentException.class, () -> Varint.length(-1));
        assertThrows(IllegalArgumentException.class, () -> Varint.write(-1, new byte[10], 0));
    }

    @Test
    void protobufNumbersHave64Bits() throws FormatException {
        for (long value : new long[] {0, 127, 128, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            byte[] bytes = new ProtoWriter(ProtoWriter.numberSize(value))
                    .number(1, value)
                    .done();
            ProtoReader reader = ProtoReader.of(bytes, "test");
            assertEquals(ProtoReader.tag(1, ProtoReader.VARINT), reader.nextTag());
            assertEquals(value, reader.varint());
            assertEquals(bytes.length, reader.offset());
        }
        byte[] tooMuch = new byte[10];
        Arrays.fill(tooMuch, (byte) 0xFF);
        tooMuch[9] = 2;
        assertThrows(
                FormatException.class, () -> ProtoReader.of(tooMuch, "test").varint());
    }
}
