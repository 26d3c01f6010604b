package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Murmur3Test {
    @ParameterizedTest
    @CsvSource({"'', 0000000000000000", "foo, e271865701f54561", "bar, 923658dbfd3ae604", "hello.txt, df19ab11523994d9"
    })
    void first64BitsAreThoseOfGo(String name, String hash) {
        byte[] padded = ("##" + name + "##").getBytes(StandardCharsets.UTF_8);
        long actual = Murmur3.hash64(padded, 2, padded.length - 4);
        assertEquals(Long.parseUnsignedLong(hash, 16), actual);
    }
}
