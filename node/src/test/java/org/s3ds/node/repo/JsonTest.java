package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @Test
    void valuesArePlainAndKeepTheirSequence() throws Exception {
        Object value = parse("{\"b\":[1,-2.50,true,false,null,\"x\"],\"a\":{},\"c\":[]}");

        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(value);
        assertEquals(List.of("b", "a", "c"), List.copyOf(map.keySet()));
        assertEquals(Arrays.asList(1L, new BigDecimal("-2.50"), true, false, null, "x"), map.get("b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "9223372036854775808", "-0.10", "1.0", "123456789012345678901234.5"})
    void numbersSurvive(String number) throws Exception {
        assertEquals(number, Json.compact(parse(number)));
    }

    @Test
    void aHugeExponentTakesNoSpace() throws Exception {
        assertEquals("1E+99999999", Json.compact(parse("1e99999999")));
    }

    @Test
    void prettyIsTwoSpacesWithoutALineBreakAtTheEnd() throws Exception {
        assertEquals(
                "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}", Json.pretty(parse("{\"a\":[1,{}],\"b\":[]}")));
    }

    @Test
    void compactHasNoSpaces() throws Exception {
        assertEquals("{\"a\":[1,2],\"b\":null}", Json.compact(parse(" { \"a\" : [ 1 , 2 ] , \"b\" : null } ")));
    }

    @Test
    void textIsEscapedAsGoDoes() {
        assertEquals(
                "\"\\u003c\\u003e\\u0026\\u2028\\u2029\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u007fé日😀\"",
                Json.compact("<>&\u2028\u2029\"\\\n\r\t\b\f\u0001\u007fé日😀"));
    }

    @Test
    void halfASurrogateBecomesTheReplacementCharacter() {
        assertEquals("\"a\ufffdb\"", Json.compact("a\ud800b"));
    }

    @Test
    void sortedIsByBytesAtEveryLevel() throws Exception {
        assertEquals(
                "{\"A\":1,\"a\":[{\"x\":1,\"y\":2}],\"ab\":3,\"\uffee\":4,\"😀\":5}",
                Json.compact(Json.sorted(parse("{\"😀\":5,\"\uffee\":4,\"ab\":3,\"a\":[{\"y\":2,\"x\":1}],\"A\":1}"))));
    }

    @Test
    void whatFollowsTheFirstValueIsNotLookedAt() throws Exception {
        assertEquals(Map.of(), parse("{}\n and more"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": tru}|c.json, line 1, column ",
                "'{\n  \"a\" 1}'|c.json, line 2, column ",
                "{\"a\":|c.json, line 1, column ",
                "[1,|c.json, line 1, column ",
                "''|c.json, line 1, column "
            })
    void anErrorTellsFileLineAndColumn(String text, String begin) {
        JsonException e = assertThrows(JsonException.class, () -> parse(text));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(begin), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void whatIsNoNumberIsSaidInAUsersWords(String text) {
        JsonException e = assertThrows(JsonException.class, () -> parse("{\"a\": " + text + "}"));
        String message = String.valueOf(e.getMessage());
        assertTrue(message.endsWith(": not JSON: " + text + " is no number in JSON"), message);
    }

    private static @Nullable Object parse(String text) throws JsonException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8), "c.json");
    }
}
