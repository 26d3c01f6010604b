package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MulticodecTest {
    @Test
    void theConstantsAreThoseOfTheTable() {
        Map<String, Long> constants = Map.of(
                "identity", Multicodec.IDENTITY,
                "raw", Multicodec.RAW,
                "dag-pb", Multicodec.DAG_PB,
                "dag-cbor", Multicodec.DAG_CBOR,
                "libp2p-key", Multicodec.LIBP2P_KEY,
                "dag-json", Multicodec.DAG_JSON,
                "cbor", Multicodec.CBOR,
                "json", Multicodec.JSON);
        constants.forEach((name, code) -> {
            assertEquals(OptionalLong.of(code), Multicodec.codeOf(name));
            assertEquals(Optional.of(name), Multicodec.nameOf(code));
        });
        assertTrue(Multicodec.tagged(Multicodec.IPLD).stream()
                .anyMatch(row -> row.name().equals("raw") && row.code() == Multicodec.RAW));
        assertTrue(Multicodec.tagged(Multicodec.IPLD).stream()
                .anyMatch(row -> row.name().equals("dag-pb") && row.code() == Multicodec.DAG_PB));
    }

    @Test
    void whatTheTableLacksHasNoName() {
        assertEquals(Optional.empty(), Multicodec.nameOf(0x7FFFFFFF));
        assertEquals(OptionalLong.empty(), Multicodec.codeOf("nonsense"));
    }
}
