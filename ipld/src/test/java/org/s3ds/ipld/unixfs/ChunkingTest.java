package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.FormatException;

/** The rules for cutting, and how they are written. Where exactly rabin and buzhash cut is in cid-vectors.json. */
final class ChunkingTest {
    @ParameterizedTest
    @CsvSource({
        "'', size-262144",
        "default, size-262144",
        "size-1, size-1",
        "size-2096896, size-2096896",
        "rabin, rabin-87381-262144-393216",
        "rabin-300, rabin-100-300-450",
        "rabin-16-17-18, rabin-16-17-18",
        "rabin-min:16-avg:17-max:18, rabin-16-17-18",
        "buzhash, buzhash",
        "buzhash-5, buzhash"
    })
    void textNamesRule(String text, String rule) throws FormatException {
        assertEquals(rule, Chunking.parse(text).toString());
        assertEquals(Chunking.parse(rule), Chunking.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense|unrecognized chunker option: nonsense",
                "Size-5|unrecognized chunker option: Size-5",
                "size|incorrect chunker string format (expected size-{size})",
                "size-1-2|incorrect chunker string format (expected size-{size})",
                "size-0|chunker size must be greater than 0",
                "size--5|incorrect chunker string format (expected size-{size})",
                "size-abc|strconv.Atoi: parsing \"abc\": invalid syntax",
                "size-|strconv.Atoi: parsing \"\": invalid syntax",
                "size-2096897|chunker parameters may not exceed the maximum chunk size of 2096896",
                "size-9999999999|chunker parameters may not exceed the maximum chunk size of 2096896",
                "size-99999999999999999999|strconv.Atoi: parsing \"99999999999999999999\": value out of range",
                "rabin-1-2|incorrect format (expected 'rabin' 'rabin-[avg]' or 'rabin-[min]-[avg]-[max]'",
                "rabin-15-17-18|rabin min must be greater than 16",
                "rabin-30|rabin min must be greater than 16",
                "rabin-20-20-30|incorrect format: rabin-min must be smaller than rabin-avg",
                "rabin-20-30-30|incorrect format: rabin-avg must be smaller than rabin-max",
                "rabin-16-17-2096897|chunker parameters may not exceed the maximum chunk size of 2096896",
                "rabin-2000000|chunker parameters may not exceed the maximum chunk size of 2096896",
                "rabin-a-b-c|strconv.Atoi: parsing \"a\": invalid syntax",
                "rabin-max:16-17-18|first label must be min"
            })
    void badTextGetsASentence(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(FormatException.class, () -> Chunking.parse(text)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"size-1000", "rabin-16-17-40", "rabin-64-256-1024", "buzhash"})
    void chunksMakeTheContentAndKeepTheirLimits(String rule) throws IOException {
        byte[] content = Content.stream("chunks", 1_500_000);
        List<byte[]> chunks = chunks(Chunking.parse(rule).over(new ByteArrayInputStream(content)));
        assertArrayEquals(content, joined(chunks));
        int max = chunks.stream().mapToInt(chunk -> chunk.length).max().orElseThrow();
        switch (Chunking.parse(rule)) {
            case Chunking.Fixed fixed -> assertEquals(fixed.size(), max);
            case Chunking.Rabin rabin -> assertTrue(max <= rabin.max());
            case Chunking.Buzhash _ -> assertTrue(max <= BuzhashCut.MAX);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size-1000", "rabin-64-256-1024", "buzhash"})
    void cutsDoNotDependOnHowTheContentArrives(String rule) throws IOException {
        byte[] content = Content.stream("trickling", 1_100_000);
        List<byte[]> whole = chunks(Chunking.parse(rule).over(new ByteArrayInputStream(content)));
        List<byte[]> pieces = chunks(Chunking.parse(rule).over(trickling(content)));
        assertEquals(whole.size(), pieces.size());
        for (int i = 0; i < whole.size(); i++) {
            assertArrayEquals(whole.get(i), pieces.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"size-5", "rabin", "buzhash"})
    void noContentHasNoChunk(String rule) throws IOException {
        Chunker chunker = Chunking.parse(rule).over(InputStream.nullInputStream());
        assertTrue(chunker.next().isEmpty());
        assertTrue(chunker.next().isEmpty());
    }

    @Test
    void sizesOutOfRangeCannotBeMade() {
        assertThrows(IllegalArgumentException.class, () -> new Chunking.Fixed(0));
        assertThrows(IllegalArgumentException.class, () -> new Chunking.Fixed(Chunking.MAX_CHUNK + 1));
        assertThrows(IllegalArgumentException.class, () -> new Chunking.Rabin(15, 20, 30));
    }

    private static InputStream trickling(byte[] content) {
        long seed = System.nanoTime();
        System.out.println("trickling: seed " + seed);
        Random random = new Random(seed);
        InputStream whole = new ByteArrayInputStream(content);
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return whole.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return whole.read(target, offset, Math.min(length, 1 + random.nextInt(5000)));
            }
        };
    }

    private static List<byte[]> chunks(Chunker chunker) throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        for (Optional<byte[]> chunk = chunker.next(); chunk.isPresent(); chunk = chunker.next()) {
            chunks.add(chunk.get());
        }
        return chunks;
    }

    private static byte[] joined(List<byte[]> chunks) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        chunks.forEach(content::writeBytes);
        return content.toByteArray();
    }
}
