package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;

/**
 * The sizes at which a file or directory changes its shape, as IPIP-499 and Kubo's own tests have them. The two files
 * of 1 GiB are left out for their time; nothing in them is new.
 */
final class ProfileVectorsTest {
    private static final CidFormat V0 = CidFormat.V0;
    private static final CidFormat V1 = CidFormat.V1;
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz01234567890-_";

    private final MemoryBlocks blocks = new MemoryBlocks();

    @ParameterizedTest
    @CsvSource({
        "chunk-v0-seed, 262144, QmWmRj3dFDZdb6ABvbmKhEL6TmPbAfBZ1t5BxsEyJrcZhE",
        "chunk-v0-seed, 262145, QmYyLxtzZyW22zpoVAtKANLRHpDjZtNeDjQdJrcQNWoRkJ",
        "v0-seed, 45613056, QmUbBALi174SnogsUzLpYbD4xPiBSFANF4iztWCsHbMKh2",
        "v0-seed, 45613057, QmV81WL765sC8DXsRhE5fJv2rwhS4icHRaf3J9Zk5FdRnW"
    })
    void filesOfProfile2015(String seed, int size, String cid) throws Exception {
        assertEquals(
                cid, add(ImportOptions.defaults(V0), random(seed, size)).cid().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1048576, bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta",
        "1048577, bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64"
    })
    void filesOfProfile2025(int size, String cid) throws Exception {
        ImportOptions options =
                new ImportOptions(V1, true, new Chunking.Fixed(1 << 20), Layout.BALANCED, 1024, OptionalInt.empty());
        assertEquals(cid, add(options, random("chunk-v1-seed", size)).cid().toString());
    }

    @Test
    void trickleOf180Leaves() throws Exception {
        ImportOptions options =
                new ImportOptions(V0, false, Chunking.DEFAULT, Layout.TRICKLE, 174, OptionalInt.empty());
        assertEquals(
                "QmbqR6g7YCpndLcCZZXkGyj13uMcSrwDYUvZ47vJqBVjUH",
                add(options, random("trickle-test", 45 << 20)).cid().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "BALANCED, 0, 4, 174, QmbXwTCE3GGGcg9wJRkQAx6P66XwatYHgfmdEsfGEzG67N",
        "BALANCED, 1, 4, 2, bafybeicr26nnx4h7zxacjmen7tybh4pw7nsnchvh72qucj2uzv7bf6rsuu",
        "TRICKLE, 0, 4, 174, QmNZzaA48MrqTvieUM4Juz7trsNKmmAaimpYonpCiXC3qX",
        "TRICKLE, 0, 1, 2, QmcpDZPBNWDA4a6boPSByxPo119YdUT9yK3dcipBoFM2gX"
    })
    void smallTrees(Layout layout, int version, int chunk, int maxLinks, String cid) throws IOException {
        CidFormat format = version == 0 ? V0 : V1;
        ImportOptions options = new ImportOptions(
                format, version == 1, new Chunking.Fixed(chunk), layout, maxLinks, OptionalInt.empty());
        assertEquals(cid, add(options, bytes("0123456789")).cid().toString());
    }

    @Test
    void blockOfHelloWorldByteByByte() throws IOException {
        Link root = add(ImportOptions.defaults(V0), bytes("hello world"));
        assertEquals(
                "0a110802120b68656c6c6f20776f726c64180b",
                HexFormat.of().formatHex(blocks.get(root.cid()).data()));
        Link text = add(ImportOptions.defaults(V0), bytes("hello\n"));
        assertEquals(
                "QmZULkCELmmk5XNfCgTnCyFgAVxBRBXyDHGGMVoLFLiXEN", text.cid().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "4096, 30, 30, QmX5GtRk3TSSEHtdrykgqm4eqMEn3n2XhfkFAis5fjyZmN",
        "4033, 31, 31, QmeMiJzmhpJAUgynAcxTQYek5PPKgdv3qEvFsdV3XpVnvP"
    })
    void directoriesAtTheThresholdOfLinks(int count, int length, int lastLength, String cid) throws Exception {
        Link root = directory(DirectoryOptions.defaults(V0), "hamt-unixfs-v0-2015", count, length, lastLength);
        assertEquals(cid, root.cid().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "4766, 11, 21, bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicplx4",
        "4766, 11, 22, bafybeiegvuterwurhdtkikfhbxcldohmxp566vpjdofhzmnhv6o4freidu"
    })
    void directoriesAtTheThresholdOfTheBlock(int count, int length, int lastLength, String cid) throws Exception {
        DirectoryOptions options =
                new DirectoryOptions(V1, OptionalInt.empty(), DirectoryOptions.Estimation.BLOCK, 262_144, 0, 256);
        Link root = directory(options, "hamt-unixfs-v1-2025", count, length, lastLength);
        assertEquals(cid, root.cid().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 262144, QmavrTrQG4VhoJmantURAYuw3bowq3E2WcvP36NRQDAC1N",
        "0, 1, QmSCJD1KYLhVVHqBK3YyXuoEqHt7vggyJhzoFYbT8v1XYL",
        "1, 1, bafybeibiemewfzzdyhq2l74wrd6qj2oz42usjlktgnlqv4yfawgouaqn4u"
    })
    void twoThousandFiles(int version, long threshold, String cid) throws IOException {
        CidFormat format = version == 0 ? V0 : V1;
        DirectoryBuilder builder = new DirectoryBuilder(sharded(format, threshold), Metadata.NONE);
        for (int i = 1; i <= 2000; i++) {
            builder.add(add(ImportOptions.defaults(format), bytes(i + "\n")).withName("file" + i));
        }
        assertEquals(cid, builder.build(blocks).cid().toString());
    }

    @Test
    void directoryOfOneFile() throws IOException {
        assertEquals(
                "QmNxvA5bwvPGgMXbmtyhxA1cKFdvQXnsGnZLCGor3AzYxJ",
                directoryOfHello(V0, DirectoryOptions.DEFAULT_THRESHOLD).cid().toString());
        assertEquals(
                "bafybeic6svhkwl3y2wvkj33weshyjjs5cbvgijh7yo3kjasyglrdwe2l74",
                directoryOfHello(V1, DirectoryOptions.DEFAULT_THRESHOLD).cid().toString());
    }

    @Test
    void shardOfOneFileByteByByte() throws IOException {
        Link root = directoryOfHello(V0, 1);
        assertEquals(
                "QmXnHSi4v5XsvZ8tNiERSK3ctXqzoQpACpnBqnC8R54QWB", root.cid().toString());
        String block = HexFormat.of().formatHex(blocks.get(root.cid()).data());
        assertTrue(block.endsWith("0805121c80" + "00".repeat(27) + "28223080" + "02"), block);
    }

    private Link directoryOfHello(CidFormat format, long threshold) throws IOException {
        DirectoryBuilder builder = new DirectoryBuilder(sharded(format, threshold), Metadata.NONE);
        builder.add(add(ImportOptions.defaults(format), bytes("hello world")).withName("hello.txt"));
        return builder.build(blocks);
    }

    private static DirectoryOptions sharded(CidFormat format, long threshold) {
        return new DirectoryOptions(format, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, threshold, 0, 256);
    }

    /** Files of the one byte {@code x} under names cut from a stream. */
    private Link directory(DirectoryOptions options, String seed, int count, int length, int lastLength)
            throws Exception {
        StringBuilder letters = new StringBuilder(1 << 20);
        for (byte b : random(seed, 1 << 20)) {
            letters.append(ALPHABET.charAt((b & 0xff) % ALPHABET.length()));
        }
        Link file = add(ImportOptions.defaults(options.format().withCodec(Multicodec.DAG_PB)), bytes("x"));
        DirectoryBuilder builder = new DirectoryBuilder(options, Metadata.NONE);
        IntStream.range(0, count).forEach(i -> {
            int end = i * length + (i == count - 1 ? lastLength : length);
            builder.add(file.withName(letters.substring(i * length, end)));
        });
        return builder.build(blocks);
    }

    private Link add(ImportOptions options, byte[] content) throws IOException {
        return new FileImporter(options).importFile(new ByteArrayInputStream(content), Metadata.NONE, blocks);
    }

    /** The ChaCha20 keystream under the SHA-256 of the seed. */
    private static byte[] random(String seed, int size) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(Content.sha256().digest(bytes(seed)), "ChaCha20"),
                new ChaCha20ParameterSpec(new byte[12], 0));
        return cipher.doFinal(new byte[size]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
