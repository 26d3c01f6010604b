package org.s3ds.ipld.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;

final class KeysTest {
    private static final byte[] HELLO = "libp2p-key signed message:hello".getBytes(StandardCharsets.UTF_8);

    private static Stream<KuboKey> kubo() throws IOException {
        return KuboKey.all();
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void kubosKeysAreReadAndWrittenAsTheyWere(KuboKey kubo) throws IOException {
        PrivateKey key = kubo.key();
        assertArrayEquals(kubo.bytes("key"), key.encode());
        assertEquals(kubo.text("name"), key.peerId().name());
        assertEquals(kubo.text("peerId"), key.peerId().toString());
        assertEquals(key.publicKey(), PublicKey.decode(key.publicKey().encode()));
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void pkcs8IsThatOfKubo(KuboKey kubo) throws IOException {
        PrivateKey key = kubo.key();
        String pem = kubo.text("pem");
        assertEquals(pem, Pem.of(Pem.PRIVATE_KEY, key.toPkcs8()).text());
        Pem read = Pem.find(pem.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        assertEquals(Pem.PRIVATE_KEY, read.label());
        assertArrayEquals(key.encode(), PrivateKey.ofPkcs8(read.bytes()).encode());
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void signaturesAreThoseOfKubo(KuboKey kubo) throws IOException {
        PrivateKey key = kubo.key();
        byte[] theirs = Multibase.decode(kubo.text("signatureOfHello"));
        assertTrue(key.publicKey().verify(HELLO, theirs));
        assertFalse(key.publicKey().verify("hello".getBytes(StandardCharsets.UTF_8), theirs));
        byte[] ours = key.sign(HELLO);
        if (key.type() == KeyType.ECDSA) { // Go takes a nonce by chance
            assertTrue(key.publicKey().verify(HELLO, ours));
        } else {
            assertArrayEquals(theirs, ours);
        }
        theirs[theirs.length - 1] ^= 1;
        assertFalse(key.publicKey().verify(HELLO, theirs));
        assertFalse(key.publicKey().verify(HELLO, new byte[0]));
        assertFalse(key.publicKey().verify(HELLO, new byte[theirs.length]));
    }

    @ParameterizedTest
    @EnumSource
    void freshKeysSignAndAreReadAgain(KeyType type) throws IOException {
        PrivateKey key = PrivateKey.generate(type, PrivateKey.RSA_BITS, new SecureRandom());
        PrivateKey again = PrivateKey.decode(key.encode());
        assertEquals(type, again.type());
        assertEquals(key.peerId(), again.peerId());
        assertTrue(again.publicKey().verify(HELLO, key.sign(HELLO)));
        assertArrayEquals(key.encode(), PrivateKey.ofPkcs8(key.toPkcs8()).encode());
        assertNotEquals(
                key.peerId(),
                PrivateKey.generate(type, PrivateKey.RSA_BITS, new SecureRandom())
                        .peerId());
        assertEquals(Optional.of(type), KeyType.byName(type.text()));
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void aPeerIdIsReadFromEachOfItsTexts(KuboKey kubo) throws IOException {
        PeerId id = kubo.key().peerId();
        assertEquals(id, PeerId.parse(id.toString()));
        assertEquals(id, PeerId.parse(id.name()));
        assertEquals(id, PeerId.parse(id.cid().toString()));
        boolean isShort = switch (kubo.key().type()) {
            case ED25519, SECP256K1 -> true;
            case RSA, ECDSA -> false;
        };
        assertEquals(isShort ? Optional.of(kubo.key().publicKey()) : Optional.empty(), id.publicKey());
    }

    @Test
    void whatIsNoPeerIdIsRefused() {
        assertEquals(
                "failed to parse peer ID: it is a CID of type \"raw\", not of libp2p-key",
                failureOf(() -> PeerId.parse("bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am")));
        for (String text : new String[] {"", "1", "Qm", "k51", "12D3KooW", "nonsense", "Qm0", "example.org"}) {
            assertTrue(failureOf(() -> PeerId.parse(text)).startsWith("failed to parse peer ID: "), text);
        }
    }

    @Test
    void keysThatAreNoneAreRefusedAndNothingOfThemIsTold() throws IOException {
        byte[] ed = KuboKey.at(0).bytes("key");
        byte[] other = ed.clone();
        other[40] ^= 1; // its public half
        assertEquals(
                "invalid private key: its public key is that of another one",
                failureOf(() -> PrivateKey.decode(other)));
        assertEquals(
                "expected ed25519 data size to be 64 or 96, got 63",
                failureOf(() -> PrivateKey.decode(KeyMessage.encode(KeyType.ED25519, Arrays.copyOf(ed, 63)))));
        assertEquals("invalid or unsupported key type", failureOf(() -> PrivateKey.decode(new byte[] {8, 9, 18, 0})));
        assertEquals(
                "invalid private key: the type or the data of the key is missing, at byte 0",
                failureOf(() -> PrivateKey.decode(new byte[0])));
        byte[] rsa = KuboKey.at(1).bytes("key");
        rsa[rsa.length - 1] ^= 1;
        assertEquals("invalid RSA key: its numbers do not belong together", failureOf(() -> PrivateKey.decode(rsa)));
        assertEquals(
                "rsa keys must be >= 2048 bits to be useful",
                failureOf(() -> PrivateKey.generate(KeyType.RSA, 1024, new SecureRandom())));
        assertEquals(
                "rsa keys must be <= 8192 bits",
                failureOf(() -> PrivateKey.generate(KeyType.RSA, 8193, new SecureRandom())));
        assertEquals(
                "invalid secp256k1 key: it is not in the range of the curve",
                failureOf(() -> PrivateKey.decode(KeyMessage.encode(KeyType.SECP256K1, new byte[32]))));
    }

    @Test
    void oldEd25519KeysHaveTheirPublicHalfTwice() throws IOException {
        byte[] key = KuboKey.at(0).bytes("key");
        byte[] data = Arrays.copyOfRange(key, 4, key.length);
        byte[] old = Arrays.copyOf(data, 96);
        System.arraycopy(data, 32, old, 64, 32);
        assertArrayEquals(
                key, PrivateKey.decode(KeyMessage.encode(KeyType.ED25519, old)).encode());
    }

    @Test
    void noTextTellsASecret() throws IOException {
        KuboKey kubo = KuboKey.at(0);
        assertEquals("private key of " + kubo.text("peerId"), kubo.key().toString());
        assertEquals(
                "PEM block of a PRIVATE KEY",
                Pem.of(Pem.PRIVATE_KEY, kubo.key().toPkcs8()).toString());
    }

    @Test
    void aPemBlockIsFoundAmongOtherText() throws IOException {
        byte[] text = "some words\n-----BEGIN PRIVATE KEY-----\r\naGVs\r\nbG8=\r\n-----END PRIVATE KEY-----"
                .getBytes(StandardCharsets.UTF_8);
        assertEquals("hello", new String(Pem.find(text).orElseThrow().bytes(), StandardCharsets.UTF_8));
        assertEquals(Optional.empty(), Pem.find("hello".getBytes(StandardCharsets.UTF_8)));
        assertEquals("the PEM block is not in base64", failureOf(() -> new Pem("A", "a=b").bytes()));
    }

    @Test
    void changedKeysAreReadOrRefused() throws IOException {
        long seed = System.nanoTime();
        System.out.println("changed keys: seed " + seed);
        KeyFuzz fuzz = new KeyFuzz(new Random(seed));
        for (int round = 0; round < 3_000; round++) {
            fuzz.round();
        }
        assertTrue(fuzz.refused() > 1_000, "refused " + fuzz.refused());
    }

    private interface Reading {
        Object read() throws FormatException;
    }

    private static String failureOf(Reading reading) {
        return String.valueOf(assertThrows(FormatException.class, reading::read).getMessage());
    }
}
