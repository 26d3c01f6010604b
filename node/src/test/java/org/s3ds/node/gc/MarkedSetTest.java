package org.s3ds.node.gc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.HashFunction;

class MarkedSetTest {
    /** A few hundred names, so that a few thousand make many files. */
    private static final long LITTLE = 20_000;

    @TempDir
    Path directory;

    private Path folder = Path.of("");
    private MarkedSet set = new MarkedSet(Path.of(""), "", 0);

    @BeforeEach
    void make() {
        folder = directory.resolve("s3ds/gc");
        set = new MarkedSet(folder, "test", LITTLE);
    }

    @AfterEach
    void close() throws IOException {
        set.close();
    }

    private boolean add(byte[] name) throws IOException {
        return set.add(name, name.length);
    }

    private boolean contains(byte[] name) throws IOException {
        return set.contains(name, name.length);
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private Path onlyFile() throws IOException {
        assertEquals(1, files().size());
        return folder.resolve(files().iterator().next());
    }

    // exactness

    /** Adds names with repetitions, and asks for all of them and for as many that are much alike. */
    private void assertExact(int names, IntFunction<byte[]> name) throws IOException {
        Set<ByteBuffer> model = new HashSet<>();
        List<byte[]> added = new ArrayList<>();
        for (int i = 0; i < names; i++) {
            byte[] bytes = name.apply(i);
            assertEquals(model.add(ByteBuffer.wrap(bytes)), add(bytes), () -> "added: " + hex(bytes));
            added.add(bytes);
            if (i % 3 == 0) {
                assertFalse(add(added.get(i / 2))); // most likely in a file by now
            }
        }
        assertEquals(model.size(), set.size());
        assertAnswers(model, added);
        set.seal();
        assertAnswers(model, added);
        assertEquals(model.size(), set.size());
    }

    private void assertAnswers(Set<ByteBuffer> model, List<byte[]> added) throws IOException {
        for (byte[] bytes : added) {
            assertTrue(contains(bytes), () -> "missed: " + hex(bytes));
            byte[] other = bytes.clone();
            other[other.length - 1] ^= 1;
            assertEquals(model.contains(ByteBuffer.wrap(other)), contains(other), () -> "asked: " + hex(other));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void itIsExactForMultihashesOfAllKindsAndLengths() throws IOException {
        long seed = System.nanoTime();
        System.out.println("MarkedSetTest: seed " + seed);
        Random random = new Random(seed);
        List<HashFunction> functions = List.of(
                HashFunction.SHA2_256,
                HashFunction.byName("sha1").orElseThrow(),
                HashFunction.byName("sha2-512").orElseThrow(),
                HashFunction.byName("blake2b-256").orElseThrow(),
                HashFunction.byName("sha3-256").orElseThrow());
        assertExact(200_000, i -> {
            HashFunction function = functions.get(random.nextInt(functions.size()));
            int length = random.nextInt(4) == 0 ? 1 + random.nextInt(20) : function.defaultLength();
            return function.hash(number(random.nextInt(150_000)), length).toBytes();
        });
    }

    @Test
    void itIsExactForTruncatedHashesOf1To255Bytes() throws IOException {
        assertExact(60_000, i -> truncated(i / 255 % 150, 1 + i % 255));
    }

    /** A multihash, made by hand since no function gives so many bytes. */
    private static byte[] truncated(int number, int length) {
        byte[] name = new byte[(length < 128 ? 2 : 3) + length];
        new Random(number).nextBytes(name);
        name[0] = 0x12;
        name[1] = (byte) length;
        if (length >= 128) {
            name[2] = 1;
        }
        return name;
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void itIsExactForNamesThatComeInOrder() throws IOException {
        assertExact(100_000, i -> ByteBuffer.allocate(34).putInt(0, i).array());
    }

    @Test
    void itIsExactForNamesThatBeginAlike() throws IOException {
        assertExact(
                100_000,
                i -> ByteBuffer.allocate(34).putInt(30, Integer.reverse(i)).array());
    }

    @Test
    void itIsExactForNamesOfZerosAndOfOnes() throws IOException {
        assertExact(40_000, i -> {
            byte[] name = new byte[1 + i % 1024];
            Arrays.fill(name, (byte) (i / 1024 % 2 - 1));
            return name;
        });
    }

    @Test
    void itIsExactWhenTheSameNamesComeAgainAndAgain() throws IOException {
        assertExact(
                200_000, i -> ByteBuffer.allocate(34).putInt(2, i % 1000 * 7919).array());
    }

    @Test
    void itIsExactForRandomNames() throws IOException {
        set = new MarkedSet(folder, "test", 1 << 20);
        Random random = new Random(4711);
        assertExact(
                500_000,
                i -> ByteBuffer.allocate(34)
                        .putLong(2, random.nextInt(300_000) * 0x9e3779b97f4a7c15L)
                        .array());
    }

    // files

    @Test
    void whatFitsIntoMemoryMakesNoFile() throws IOException {
        for (int i = 0; i < 100; i++) {
            assertTrue(add(number(i)));
        }
        set.seal();
        assertTrue(contains(number(99)));
        assertFalse(Files.exists(folder));
    }

    @Test
    void filesAreMergedAndRemovedWhenItIsClosed() throws IOException {
        for (int i = 0; i < 100_000; i++) {
            add(number(i));
            assertTrue(i % 1000 != 0 || i < 10_000 || files().size() < 20);
        }
        assertTrue(files().size() > 2);
        set.seal();
        assertEquals(400_000, Files.size(onlyFile()));
        set.close();
        assertEquals(Set.of(), files());
    }

    @Test
    void nothingIsAddedWhenItIsSealed() throws IOException {
        set.seal();
        assertThrows(IllegalStateException.class, () -> add(number(1)));
    }

    @Test
    void aSetThatIsClosedDoesNotAnswer() throws IOException {
        add(number(1));
        set.close();
        assertThrows(IOException.class, () -> contains(number(1)));
    }

    @Test
    void leftOversOfAKilledRunAreRemovedAndNothingElse() throws IOException {
        MarkedSet.removeLeftOvers(folder, "test");
        Files.createDirectories(folder);
        List<String> others = List.of("other-1.names", "test-1.names.txt", "test-x.names", "plan.json");
        for (String name : others) {
            Files.writeString(folder.resolve(name), "");
        }
        Files.writeString(folder.resolve("test-1.names"), "");
        Files.writeString(folder.resolve("test-27.names"), "");
        MarkedSet.removeLeftOvers(folder, "test");
        assertEquals(new TreeSet<>(others), files());
    }

    // failures

    private void fill() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            add(number(i));
        }
        set.seal();
    }

    @Test
    void bytesThatAreNotThoseWrittenAreAnError() throws IOException {
        fill();
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[20_000] ^= 1;
        Files.write(file, bytes);
        assertFails("cannot read " + file + ": its bytes are not those that were written", number(5000));
        assertTrue(contains(number(9000)), "another page");
        assertFails("cannot read " + file + ": its bytes are not those that were written", number(5001));
    }

    @Test
    void aFileThatIsCutShortIsAnError() throws IOException {
        fill();
        Path file = onlyFile();
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(30_000);
        }
        assertFails("cannot read " + file + ": it is shorter than it was", number(9000));
    }

    @Test
    void damageIsFoundWhenFilesAreMerged() throws IOException {
        int i = 0;
        while (!Files.exists(folder)) {
            add(number(i++));
        }
        Path file = onlyFile();
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        IOException e = assertThrows(IOException.class, () -> set.seal());
        assertEquals("cannot read " + file + ": its bytes are not those that were written", e.getMessage());
        assertFails("what was marked was lost when it could not be kept in " + folder, number(1));
    }

    private void assertFails(String message, byte[] name) {
        IOException e = assertThrows(IOException.class, () -> contains(name));
        assertEquals(message, e.getMessage());
    }

    @Test
    void whatCannotBeWrittenIsAnErrorThenAndForEveryLaterQuestion() throws IOException {
        Files.createDirectories(directory.resolve("s3ds"));
        Files.writeString(folder, "a file in the folder's place");
        IOException e = assertThrows(IOException.class, this::fill);
        assertTrue(String.valueOf(e.getMessage()).startsWith("cannot make the folder " + folder), e.getMessage());
        String lost = "what was marked was lost when it could not be kept in " + folder;
        assertFails(lost, number(1));
        assertFails(lost, number(-1));
        assertEquals(lost, assertThrows(IOException.class, () -> add(number(2))).getMessage());
    }
}
