package org.s3ds.datastore.flatfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.SpecException;

final class ShardFunctionTest {
    @ParameterizedTest
    @CsvSource({
        "next-to-last/2, CIQFTFEEHEDF6KLBT32BFAGLXEZL4UWFNWM4LFTLMXQBCERZ6CMLX3Y, X3",
        "next-to-last/2, CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA, 3M",
        "next-to-last/2, CIQLSTJHXGJU2PQIUUXFFV62PWV7VREE57RXUU4A52IIR55M4LX432I, 32",
        "next-to-last/2, CIQOHMGEIKMPYHAUTL57JSEZN64SIJ5OIHSGJG4TJSSJLGI3PBJLQVI, QV",
        "next-to-last/2, A, __",
        "next-to-last/2, AB, _A",
        "next-to-last/2, ABC, AB",
        "next-to-last/1, ABC, B",
        "next-to-last/5, ABC, ___AB",
        "prefix/2, ABC, AB",
        "prefix/4, AB, AB__",
        "suffix/2, ABC, BC",
        "suffix/4, AB, __AB",
        "suffix/1, A, A"
    })
    void theFolderIsSomeCharactersOfTheKey(String function, String key, String folder) throws SpecException {
        String text = "/repo/flatfs/shard/v1/" + function;
        assertEquals(folder, ShardFunction.parse(text + "\n").folder(key));
        assertEquals(text, ShardFunction.parse(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "` `|empty shard identifier",
                "next-to-last/2|invalid or no prefix in shard identifier: next-to-last/2",
                "/repo/flatfs/shard/v1/prefix|invalid shard identifier: v1/prefix",
                "/repo/flatfs/shard/v1/prefix/2/3|invalid shard identifier: v1/prefix/2/3",
                "/repo/flatfs/shard/v2/prefix/2|expected 'v1' for version string got: v2",
                "/repo/flatfs/shard/v1/middle/2|expected 'prefix', 'suffix' or 'next-to-last' got: middle",
                "/repo/flatfs/shard/v1/middle/x|invalid parameter: \"x\" is not a whole number",
                "/repo/flatfs/shard/v1/prefix/0|invalid parameter: 0 is not between 1 and 255",
                "/repo/flatfs/shard/v1/prefix/-1|invalid parameter: -1 is not between 1 and 255",
                "/repo/flatfs/shard/v1/prefix/256|invalid parameter: 256 is not between 1 and 255",
            })
    void whatIsNoneIsRefusedInFlatfsWordsAndSequence(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(SpecException.class, () -> ShardFunction.parse(text))
                        .getMessage());
    }
}
