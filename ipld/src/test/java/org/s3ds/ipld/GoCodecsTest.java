package org.s3ds.ipld;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Blocks by chance, read here and by the Go libraries of Kubo ({@code -Ds3ds.go-reader=PROGRAM}): whatever Kubo reads
 * has the same links here, whatever is read strictly says the same there, and what is refused is listed.
 */
@Tag("foreign")
final class GoCodecsTest {
    private static final int BLOCKS = Integer.getInteger("s3ds.blocks", 20_000);
    private static final HexFormat HEX = HexFormat.of();

    /** Of a float with more digits before its point than a whole number of 64 bits has. */
    private static final String LARGE_FLOAT = "value_out_of_range";

    /** What Kubo refuses and whose links are read all the same, by what it says. */
    private static final List<String> MORE_THAN_KUBO = List.of(
            LARGE_FLOAT,
            "cannot_repeat_map_key",
            "message_structure_demanded_too_many_resources",
            "cbor:_negative_integer_out_of_rage",
            "illegal_base64_data",
            "exceeded_maximum_nesting_depth");

    /**
     * What Kubo says of a block.
     *
     * @param refusal why it refused it, if it did
     * @param links the CIDs of its links, between commas
     * @param cbor the same in dag-cbor, hexadecimal, or why not
     * @param json the same in dag-json, hexadecimal, or why not
     */
    private record Answer(Optional<String> refusal, String links, String cbor, String json) {
        static Answer of(String line) {
            String[] words = line.split(" ", 4);
            return words[0].equals("read")
                    ? new Answer(Optional.empty(), words[1].equals("-") ? "" : words[1], words[2], words[3])
                    : new Answer(Optional.of(line), "", "", "");
        }
    }

    private final Random random = seeded();
    private final RandomData data = new RandomData(random);

    private static Random seeded() {
        long seed = Long.getLong("s3ds.seed", System.nanoTime());
        System.out.println("blocks for Go: seed " + seed);
        return new Random(seed);
    }

    @Test
    void dagCbor() throws Exception {
        List<byte[]> blocks = blocks(() -> switch (random.nextInt(4)) {
            case 0 -> DagCbor.encode(data.value(4));
            case 1 -> data.changed(DagCbor.encode(data.value(4)));
            case 2 -> data.oddCbor(4);
            default -> data.changed(data.oddCbor(4));
        });
        int[] seen = new int[3];
        compare(Multicodec.DAG_CBOR, blocks, (block, answer) -> {
            seen[links(Multicodec.DAG_CBOR, block, answer)]++;
            seen[2] += strictCbor(block, answer);
        });
        System.out.println("dag-cbor: " + seen[1] + " read by Go, " + seen[2] + " strictly here");
        assertTrue(Arrays.stream(seen).allMatch(count -> count > BLOCKS / 5), Arrays.toString(seen));
    }

    @Test
    void dagJson() throws Exception {
        List<byte[]> blocks = blocks(() -> {
            byte[] json = data.looseJson(data.value(4)).getBytes(StandardCharsets.UTF_8);
            return random.nextBoolean() ? json : data.changed(json);
        });
        int[] seen = new int[3];
        compare(Multicodec.DAG_JSON, blocks, (block, answer) -> {
            seen[links(Multicodec.DAG_JSON, block, answer)]++;
            seen[2] += strictJson(block, answer);
        });
        System.out.println("dag-json: " + seen[1] + " read by Go, " + seen[2] + " strictly here");
        assertTrue(Arrays.stream(seen).allMatch(count -> count > BLOCKS / 10), Arrays.toString(seen));
    }

    private static List<byte[]> blocks(Supplier<byte[]> source) {
        return Stream.generate(source).limit(BLOCKS).toList();
    }

    @FunctionalInterface
    private interface Comparison {
        void compare(byte[] block, Answer answer) throws FormatException;
    }

    private static void compare(long codec, List<byte[]> blocks, Comparison comparison) throws Exception {
        String program = System.getProperty("s3ds.go-reader");
        assertNotNull(program, "-Ds3ds.go-reader=PROGRAM is needed");
        Process go = new ProcessBuilder(program, "codec")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread writer = Thread.ofVirtual().start(() -> write(go, codec, blocks));
        try (BufferedReader answers =
                new BufferedReader(new InputStreamReader(go.getInputStream(), StandardCharsets.UTF_8))) {
            for (byte[] block : blocks) {
                String line = answers.readLine();
                assertNotNull(line, () -> "no answer for " + HEX.formatHex(block));
                try {
                    comparison.compare(block, Answer.of(line));
                } catch (AssertionError | FormatException e) {
                    throw new AssertionError(
                            HEX.formatHex(block) + " = " + new String(block, StandardCharsets.UTF_8), e);
                }
            }
        } finally {
            go.destroyForcibly();
            writer.join();
        }
    }

    private static void write(Process go, long codec, List<byte[]> blocks) {
        try (var out = go.outputWriter(StandardCharsets.US_ASCII)) {
            for (byte[] block : blocks) {
                out.write(Long.toHexString(codec) + " " + HEX.formatHex(block) + "\n");
            }
        } catch (IOException e) {
            System.out.println("the Go program ended: " + e.getMessage());
        }
    }

    /** Compares the links; 1 when Kubo read the block, else 0. */
    private static int links(long codec, byte[] block, Answer answer) throws FormatException {
        Block named = Block.hash(CidFormat.V1.withCodec(codec), block);
        if (answer.refusal.isEmpty()) {
            String links = BlockLinks.of(named).stream()
                    .map(link -> link.cid().toString())
                    .collect(Collectors.joining(","));
            assertEquals(answer.links, links);
            return 1;
        }
        String refusal = answer.refusal.get();
        try {
            BlockLinks.of(named);
            assertTrue(MORE_THAN_KUBO.stream().anyMatch(refusal::contains), "Kubo alone refuses it: " + refusal);
        } catch (FormatException e) {
            assertTrue(String.valueOf(e.getMessage()).contains("cannot be read"), e.toString());
        }
        return 0;
    }

    /** What is read strictly is what Kubo writes; what Kubo writes is read strictly, if it is in the data model. */
    private static int strictCbor(byte[] block, Answer answer) throws FormatException {
        Data read;
        try {
            read = DagCbor.decode(block);
        } catch (FormatException e) {
            boolean kubos = answer.refusal.isEmpty() && answer.cbor.equals(HEX.formatHex(block));
            assertTrue(!kubos || isOutsideTheModel(e), "refused here alone: " + e.getMessage());
            return 0;
        }
        assertEquals(Optional.empty(), answer.refusal);
        assertEquals(HEX.formatHex(block), answer.cbor);
        assertEquals(HEX.formatHex(block), HEX.formatHex(DagCbor.encode(read)));
        sameJson(read, answer);
        return 1;
    }

    private static boolean isOutsideTheModel(FormatException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("the float ") || message.contains("not UTF-8");
    }

    private static int strictJson(byte[] block, Answer answer) {
        Data read;
        try {
            read = DagJson.decode(block);
        } catch (FormatException e) {
            return 0;
        }
        if (answer.refusal.filter(refusal -> refusal.contains(LARGE_FLOAT)).isPresent()) {
            return 0;
        }
        assertEquals(Optional.empty(), answer.refusal);
        assertEquals(answer.cbor, HEX.formatHex(DagCbor.encode(read)));
        sameJson(read, answer);
        return 1;
    }

    private static void sameJson(Data read, Answer answer) {
        try {
            String json = HEX.formatHex(DagJson.encode(read));
            assertTrue(json.equals(answer.json) || isBeyondKubo(answer.json), json);
        } catch (FormatException e) {
            boolean reserved = String.valueOf(e.getMessage()).contains("a map that begins with \"/\"");
            assertTrue(reserved || answer.json.startsWith("error:"), "refused here alone: " + e.getMessage());
        }
    }

    /** Whether Kubo wrote what it could not read itself: a float as a whole number that is too large. */
    private static boolean isBeyondKubo(String json) {
        String refusal = assertThrows(FormatException.class, () -> DagJson.decode(HEX.parseHex(json)))
                .toString();
        return refusal.contains("a whole number outside of -2^63 to 2^63-1");
    }
}
