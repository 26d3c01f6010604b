package org.s3ds.ipld.ipns;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.KuboKey;
import org.s3ds.ipld.keys.PrivateKey;

final class SignedRecordTest {
    private static final Instant NOW = Instant.parse("2026-11-26T07:00:00.5Z");
    private static final IpnsEntry ENTRY =
            new IpnsEntry("/ipfs/bafkqaaa/a", -1, NOW.plus(Duration.ofHours(1)), Duration.ofMinutes(5));

    private static Stream<KuboKey> kubo() throws IOException {
        return KuboKey.all();
    }

    private static String problem(IpnsRecord record, PrivateKey key, Instant now) {
        return String.valueOf(assertThrows(FormatException.class, () -> record.verify(key.peerId(), now))
                .getMessage());
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void whatKuboPublishedIsGoodAndWrittenAgainTheSame(KuboKey kubo) throws IOException {
        PrivateKey key = kubo.key();
        IpnsRecord record = IpnsRecord.decode(kubo.bytes("record"));
        record.verify(key.peerId(), NOW);
        assertEquals(kubo.text("value"), record.value());
        assertEquals(kubo.facts().get("sequence").asLong(), record.sequence());
        assertEquals(kubo.text("validity"), GoTime.format(record.validity()));
        IpnsEntry entry =
                new IpnsEntry(record.value(), record.sequence(), record.validity(), Duration.ofNanos(record.ttl()));
        IpnsRecord ours = entry.sign(key, true);
        ours.verify(key.peerId(), NOW);
        if (key.type() != KeyType.ECDSA) { // whose signatures are new each time
            assertEquals(
                    HexFormat.of().formatHex(kubo.bytes("record")),
                    HexFormat.of().formatHex(ours.encode()));
        }
    }

    @ParameterizedTest
    @MethodSource("kubo")
    void aRecordIsGoodUntilItsTimeIsOver(KuboKey kubo) throws IOException {
        PrivateKey key = kubo.key();
        for (boolean version1 : new boolean[] {true, false}) {
            IpnsRecord record = IpnsRecord.decode(ENTRY.sign(key, version1).encode());
            assertEquals(version1, record.hasVersion1());
            assertEquals(ENTRY.value(), record.value());
            assertEquals(-1, record.sequence());
            record.verify(key.peerId(), ENTRY.validity());
            assertEquals(
                    "record is expired", problem(record, key, ENTRY.validity().plusNanos(1)));
        }
    }

    @Test
    void aRecordOfAnotherNameIsNoneOfThisOne() throws IOException {
        PrivateKey site = KuboKey.at(0).key();
        PrivateKey rsa = KuboKey.at(1).key();
        assertEquals(
                "signature verification failed",
                problem(ENTRY.sign(KuboKey.at(5).key(), true), site, NOW));
        assertEquals(
                "record public key does not match the expected public key", problem(ENTRY.sign(rsa, true), site, NOW));
        assertEquals("public key is not embedded in peer ID", problem(ENTRY.sign(site, true), rsa, NOW));
    }

    @Test
    void noByteOfARecordCanBeChanged() throws IOException {
        PrivateKey key = KuboKey.at(0).key();
        byte[] bytes = ENTRY.sign(key, false).encode();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThrows(
                    FormatException.class, () -> IpnsRecord.decode(changed).verify(key.peerId(), NOW), "byte " + at);
        }
    }

    @Test
    void withoutASecondSignatureNothingIsGood() throws IOException {
        PrivateKey key = KuboKey.at(0).key();
        RecordFields fields = RecordFields.decode(ENTRY.sign(key, true).encode());
        byte[] unsigned = fields.with(RecordFields.SIGNATURE_V2, new byte[0]).encode();
        assertEquals("signature verification failed", problem(IpnsRecord.decode(unsigned), key, NOW));
    }

    @Test
    void theNewerOneHasTheHigherSequenceThenTheLongerTime() throws IOException {
        PrivateKey key = KuboKey.at(0).key();
        IpnsRecord first = entry(1, Duration.ofHours(2), Duration.ZERO).sign(key, true);
        IpnsRecord longer = entry(1, Duration.ofHours(3), Duration.ZERO).sign(key, true);
        IpnsRecord next = entry(2, Duration.ofHours(1), Duration.ZERO).sign(key, true);
        IpnsRecord last = entry(-1, Duration.ofHours(1), Duration.ZERO).sign(key, true);
        IpnsRecord[] all = {first, longer, next, last};
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all.length; j++) {
                assertEquals(i > j, all[i].isNewerThan(all[j]), i + " and " + j);
            }
        }
        IpnsRecord other = entry(1, Duration.ofHours(2), Duration.ofSeconds(1)).sign(key, true);
        assertTrue(first.isNewerThan(other) != other.isNewerThan(first));
        assertFalse(first.isNewerThan(IpnsRecord.decode(first.encode())));
    }

    private static IpnsEntry entry(long sequence, Duration lifetime, Duration ttl) {
        return new IpnsEntry("/ipfs/bafkqaaa", sequence, NOW.plus(lifetime), ttl);
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() throws IOException {
        PrivateKey key = KuboKey.at(0).key();
        byte[] name = new byte[6000];
        Arrays.fill(name, (byte) 'a');
        IpnsEntry longest =
                new IpnsEntry("/ipfs/bafkqaaa/" + new String(name, StandardCharsets.US_ASCII), 0, NOW, Duration.ZERO);
        assertTrue(String.valueOf(assertThrows(FormatException.class, () -> longest.sign(key, true))
                        .getMessage())
                .contains("record exceeds allowed size limit"));
        IpnsEntry nowhere = new IpnsEntry("/ipfs/", 0, NOW, Duration.ZERO);
        assertThrows(FormatException.class, () -> nowhere.sign(key, true));
        assertThrows(
                IllegalArgumentException.class, () -> new IpnsEntry("/ipfs/bafkqaaa", 0, NOW, Duration.ofNanos(-1)));
        assertArrayEquals(ENTRY.sign(key, true).encode(), ENTRY.sign(key, true).encode());
    }

    @Test
    void timesAreGos() {
        for (String text : new String[] {
            "2026-11-26T07:00:00Z", "2026-11-26T07:00:00.5Z", "2026-11-26T07:00:00.123456789Z", "0001-01-01T00:00:00Z"
        }) {
            assertEquals(text, GoTime.format(GoTime.parse(text).orElseThrow()));
        }
        assertEquals(
                "2026-11-26T07:00:00Z",
                GoTime.format(GoTime.parse("2026-11-26T08:30:00+01:30").orElseThrow()));
        for (String text : new String[] {
            "", "2026-11-26", "2026-11-26T07:00Z", "2026-02-31T07:00:00Z", "2026-11-26t07:00:00Z", "2026-11-26T07:00:00"
        }) {
            assertTrue(GoTime.parse(text).isEmpty(), text);
        }
    }
}
