package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Key;

class BlockKeyTest {
    @ParameterizedTest
    @CsvSource({
        "/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA, f852c7fa62f971817f54d8a80dcd63fcf7098b3cbde9ae8ec1ee449013ec5db0",
        "/CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I, b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
        "/blocks/CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y, 59948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef",
        "/CIQOHMGEIKMPYHAUTL57JSEZN64SIJ5OIHSGJG4TJSSJLGI3PBJLQVI, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    })
    void aSha256IsReadOutOfABlocksKey(String key, String digest) {
        assertEquals(Optional.of(digest), BlockKey.sha256Hex(Key.of(key)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // sha1, sha2-512
                "/CEKCVLTMGXEU7T5UCXN6SX2AROOOSHXII3WQ",
                "/CNADBHWMJCOBFVXLJTCA6UGJALZLJUHNO7XFCGT4PKN42PFINVGNQ34YTXJVXRP7JGLHBWRUEVNULMGP3AYOQH3ALXHX3RKUF2J25HGXN4",
                // lower case, a digit that is none, a bit behind the end, one character short
                "/ciqpquwh7jrps4mbp5knrkanzvr7z5yjrm6l32nor3a64reqcpwf3ma",
                "/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3M1",
                "/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MB",
                "/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3M",
                // a provider record's key ends in the hash of a peer's key
                "/providers/X/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA",
                "/"
            })
    void noOtherKeyPromisesAHash(String key) {
        assertEquals(Optional.empty(), BlockKey.sha256Hex(Key.of(key)));
    }

    @Test
    void aBlocksKeyIsTheMultihashOfAnyFunction() {
        assertTrue(BlockKey.isBlock(Key.of("/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA")));
        assertTrue(BlockKey.isBlock(Key.of("/blocks/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA")));
        // sha1 and sha2-512
        assertTrue(BlockKey.isBlock(Key.of("/CEKKTGJ6GZDQNALKXI7CK4LYKDBGZHGQ3COQ")));
        assertTrue(
                BlockKey.isBlock(
                        Key.of(
                                "/CNAN3LZVUGJWC6V2ZRAXGSNOEBATCEXG7JHITKL6UIFJ53XGJNK5HGRBSKMSUJ2PYGUDNOR4EOR75255IVGUII3EHTUA4KU2ZFH2KTFET4")));
        for (String other :
                List.of("/", "/a", "/AAAA", "/pins/pin/x", "/CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3M")) {
            assertFalse(BlockKey.isBlock(Key.of(other)), other);
        }
    }
}
