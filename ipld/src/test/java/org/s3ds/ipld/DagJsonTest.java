package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DagJsonTest {
    private static final String CID = "bafkqaaa";

    private static Data decode(String json) throws FormatException {
        return DagJson.decode(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(Data data) throws FormatException {
        return new String(DagJson.encode(data), StandardCharsets.UTF_8);
    }

    private static String failureOf(String json) {
        return failureOf(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String failureOf(byte[] json) {
        return String.valueOf(
                assertThrows(FormatException.class, () -> DagJson.decode(json)).getMessage());
    }

    private static String refusalOf(Data data) {
        return String.valueOf(
                assertThrows(FormatException.class, () -> DagJson.encode(data)).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "null|null",
                " true |true",
                "[ 1 , -2,[ ]]|[1,-2,[]]",
                "-0|0",
                "9223372036854775807|9223372036854775807",
                "{\"b\" : 1, \"aa\":2,\"\":{}}|{\"\":{},\"aa\":2,\"b\":1}",
                "\"\\u00fc\\/\\b\\f\\n\\r\\t\\u001F\\\"\\\\\"|\"ü/\\u0008\\u000c\\n\\r\\t\\u001f\\\"\\\\\"",
                "\"\\ud83d\\ude80 \\u2028\"|\"\uD83D\uDE80 \\u2028\"",
                "{\"/\":\"bafkqaaa\"}|{\"/\":\"bafkqaaa\"}",
                "{\"/\":{\"bytes\":\"YQ\"}}|{\"/\":{\"bytes\":\"YQ\"}}",
                "{\"/\":{\"bytes\":\"YQ==\"}}|{\"/\":{\"bytes\":\"YQ\"}}",
                "{\"/\":1,\"a\":2}|{\"/\":1,\"a\":2}",
                "{\"a\":{\"/\":\"bafkqaaa\"}}|{\"a\":{\"/\":\"bafkqaaa\"}}",
                "{\"/\":\"x\",\"!\":2}|{\"!\":2,\"/\":\"x\"}",
                "{\"/\":{\"bytes\":1}}|{\"/\":{\"bytes\":1}}",
                "1.0|1",
                "1e2|100",
                "-0.0|-0",
                "1.5E-7|1.5e-7",
                "0.000001|0.000001",
                "9.223372036854774784e18|9223372036854775000",
                "9.223372036854775808e18|9.223372036854776e+18",
                "-1e20|-1e+20",
                "1e21|1e+21",
                "12345.678e-3|12.345678",
                "4.9e-324|5e-324",
                "1e-400|0"
            })
    void whatIsReadAndHowItIsWritten(String json, String written) throws FormatException {
        Data data = decode(json);
        assertEquals(written, encode(data));
    }

    @Test
    void aNumberIsWholeWhenItIsWrittenSo() throws FormatException {
        assertEquals(Data.Int.of(1), decode("1"));
        assertEquals(new Data.Real(1), decode("1.0"));
        assertEquals(new Data.Real(1), decode("1e0"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\0',
            delimiter = '|',
            value = {
                "|the bytes end where a value is due|0",
                "[1,]|']' where a value is due|3",
                "[1 2]|'2' where a comma or ']' is due|3",
                "[1|the bytes end where a comma or ']' is due|2",
                "{\"a\":1,}|'}' where a key is due|7",
                "{a:1}|'a' where a key is due|1",
                "{\"a\" 1}|'1' where a colon is due|5",
                "{\"a\":1,\"a\":2}|the key \"a\" a second time|7",
                "1 2|'2' where the end is due|2",
                "nul|a word that is neither null, true nor false|0",
                "nxll|a word that is neither null, true nor false|0",
                "True|'T' where a value is due|0",
                "01|'1' where the end is due|1",
                "1.|the bytes end where a digit is due|2",
                "1.e5|'e' where a digit is due|2",
                "1e|the bytes end where a digit is due|2",
                "-|the bytes end where a digit is due|1",
                "-x|'x' where a digit is due|1",
                "+1|'+' where a value is due|0",
                ".5|'.' where a value is due|0",
                "NaN|'N' where a value is due|0",
                "9223372036854775808|a whole number outside of -2^63 to 2^63-1|0",
                "[1e400]|a number too large for 64 bits|1",
                "\"a|a string without an end|0",
                "\"\\x\"|an escape that JSON does not have|1",
                "\"\\u12g4\"|an escape without four hexadecimal digits|1",
                "[\"\\ud83d\"]|a string with half a character|1",
                "{\"/\":\"hello\"}|a link whose CID cannot be read (invalid cid: selected encoding not supported)|0",
                "{\"/\":{\"bytes\":\"*\"}}|bytes that are not base64|0",
                "{\"/\":\"bafkqaaa\",\"a\":1}|a map that begins with \"/\" as a link or bytes do, but is neither|0",
                "{\"/\":{\"bytes\":\"YQ\",\"c\":1}}|a map that begins with \"/\" as a link or bytes do, but is neither|0",
                "{\"/\":{\"bytes\":\"YQ\"},\"a\":1}|a map that begins with \"/\" as a link or bytes do, but is neither|0"
            })
    void anythingElseIsRefused(String json, String problem, int at) {
        String text = json == null ? "" : json;
        assertEquals("invalid dag-json: " + problem + ", at byte " + at, failureOf(text));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertEquals(
                "invalid dag-json: a string that is not UTF-8, at byte 1",
                failureOf(new byte[] {'"', (byte) 0xC3, '"'}));
        assertEquals("invalid dag-json: a control character in a string, at byte 1", failureOf("\"\n\""));
        assertEquals("invalid dag-json: the byte 0xc3 where a value is due, at byte 0", failureOf("ü"));
    }

    @Test
    void nestingIsBounded() throws FormatException {
        assertEquals(
                "invalid dag-json: more than 1024 lists and maps in one another, at byte 1024",
                failureOf("[".repeat(1_000_000)));
        String allowed = "[".repeat(1024) + "]".repeat(1024);
        Data data = decode(allowed);
        assertEquals(allowed, encode(data));
        assertEquals(
                "dag-json cannot hold more than 1024 lists and maps in one another, at …" + "/0".repeat(62) + "/0/0",
                refusalOf(new Data.ListOf(List.of(data))));
    }

    @Test
    void whatItCannotHoldIsNotWritten() {
        Data large = new Data.ListOf(List.of(Data.MapOf.of(Map.of("a", new Data.Int(-1, false)))));
        assertEquals(
                "dag-json cannot hold a whole number from 2^63 on, 18446744073709551615, which Kubo would not read, at 0/a",
                refusalOf(large));
        Data slash = Data.MapOf.of(Map.of("/", new Data.Text(CID)));
        assertEquals("dag-json cannot hold a map that begins with \"/\" as a link or bytes do", refusalOf(slash));
    }

    @Test
    void longNumbersAreReadOnce() throws FormatException {
        char[] digits = new char[1_000_000];
        Arrays.fill(digits, '7');
        assertEquals(new Data.Real(7.0 / 9), decode("0." + new String(digits)));
    }
}
