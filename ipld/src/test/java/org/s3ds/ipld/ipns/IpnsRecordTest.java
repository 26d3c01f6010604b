package org.s3ds.ipld.ipns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.PeerId;

final class IpnsRecordTest {
    private static final String CID = "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am";

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = IpnsRecordTest.class.getResourceAsStream(name + ".ipns-record")) {
            return in.readAllBytes();
        }
    }

    private static Data bytes(String text) {
        return Data.Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Data.MapOf data(Data value) {
        return Data.MapOf.of(Map.of("Value", value, "Sequence", Data.Int.of(1)));
    }

    /** A record that has nothing but data. */
    private static byte[] record(Data data) {
        return message(9, DagCbor.encode(data));
    }

    private static byte[] message(int field, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        if (bytes.length > 127) {
            out.write((bytes.length & 127) | 128);
        }
        out.write(bytes.length > 127 ? bytes.length >> 7 : bytes.length);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static String failureOf(byte[] record) {
        return String.valueOf(assertThrows(FormatException.class, () -> {
                    IpnsRecord decoded = IpnsRecord.decode(record);
                    decoded.requireConsistent();
                    decoded.value();
                })
                .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "12D3KooWLQzUv2FHWGVPXTXSZpdHs7oHbXub2G5WC8Tx4NQhyd2d, /ipfs/" + CID,
        "QmVujd5Vb7moysJj8itnGufN7MEtPRCNHkKpNuA4onsRa3, /ipfs/" + CID,
        "k51qzi5uqu5dghjous0agrwavl8vzl64xckoqzwqeqwudfr74kfd11zcyk3b7l, "
                + "/ipfs/bafyreibs4utpgbn7uqegmd2goqz4bkyflre2ek2iwv743fhvylwi4zeeim",
        "k51qzi5uqu5dit2ku9mutlfgwyz8u730on38kd10m97m36bjt66my99hb6103f_v2, /ipfs/bafkqadtwgiww63tmpeqhezldn5zgi",
        "k51qzi5uqu5djokp3m1keo36hoxtd6u3a1d2rg1camf6al7p3huy63dojlm57c, "
                + "/ipfs/bafybeib3ffl2teiqdncv3mkz4r23b5ctrwkzrrhctdbne6iboayxuxk5ui/root2",
        "k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w_v1-v2, /ipfs/bafkqaddwgevxmmraojswg33smq"
    })
    void aRecordSaysWhatItsNameStandsFor(String name, String value) throws IOException {
        IpnsRecord record = IpnsRecord.decode(fixture(name));
        assertEquals(value, record.value());
        assertEquals(Optional.of(Cid.parse(value.split("/", 4)[2])), record.root());
    }

    @ParameterizedTest
    @CsvSource({
        "12D3KooWLQzUv2FHWGVPXTXSZpdHs7oHbXub2G5WC8Tx4NQhyd2d,",
        "QmVujd5Vb7moysJj8itnGufN7MEtPRCNHkKpNuA4onsRa3,",
        "k51qzi5uqu5dghjous0agrwavl8vzl64xckoqzwqeqwudfr74kfd11zcyk3b7l,",
        "k51qzi5uqu5dhjghbwdvbo6mi40htrq6e2z4pwgp15pgv3ho1azvidttzh8yy2,",
        "k51qzi5uqu5diamp7qnnvs1p1gzmku3eijkeijs3418j23j077zrkok63xdm8c_v1-v2-broken-signature-v2, "
                + "signature verification failed",
        "k51qzi5uqu5dilgf7gorsh9vcqqq4myo6jd4zmqkuy9pxyxi5fua3uf7axph4y_v1-v2-broken-signature-v1,",
        "k51qzi5uqu5dit2ku9mutlfgwyz8u730on38kd10m97m36bjt66my99hb6103f_v2,",
        "k51qzi5uqu5djokp3m1keo36hoxtd6u3a1d2rg1camf6al7p3huy63dojlm57c,",
        "k51qzi5uqu5dlkw8pxuw9qmqayfdeh4kfebhmreauqdc6a7c3y7d5i9fi8mk9w_v1-v2,",
        "k51qzi5uqu5dlmit2tuwdvnx4sbnyqgmvbxftl0eo3f33wwtb9gr7yozae9kpw_v1-v2-broken-v1-value, "
                + "field \"Value\" did not match between protobuf and CBOR",
        "k51qzi5uqu5dlxdsdu5fpuu7h69wu4ohp32iwm9pdt9nq3y5rpn3ln9j12zfhe,"
    })
    void recordsAreGoodOrNotAsTheirNamesSay(String file, @Nullable String problem) throws IOException {
        IpnsRecord record = IpnsRecord.decode(fixture(file));
        PeerId name = PeerId.parse(file.replaceFirst("_.*", ""));
        if (problem == null) {
            record.verify(name, NOW);
        } else {
            assertEquals(
                    problem,
                    assertThrows(FormatException.class, () -> record.verify(name, NOW))
                            .getMessage());
        }
    }

    @Test
    void oneOfVersion1AloneIsRefused() throws IOException {
        byte[] record = fixture("k51qzi5uqu5dm4tm0wt8srkg9h9suud4wuiwjimndrkydqm81cqtlb5ak6p7ku_v1");
        assertTrue(failureOf(record).contains("record is missing the dag-cbor data field"), failureOf(record));
    }

    @Test
    void whatStandsBesideTheDataMustSayTheSame() throws IOException {
        byte[] record = fixture("k51qzi5uqu5dlmit2tuwdvnx4sbnyqgmvbxftl0eo3f33wwtb9gr7yozae9kpw_v1-v2-broken-v1-value");
        assertEquals("field \"Value\" did not match between protobuf and CBOR", failureOf(record));
    }

    @Test
    void aValueMayBeABareCidOrNothingOrAnotherName() throws IOException {
        Cid cid = Cid.parse(CID);
        IpnsRecord bare = IpnsRecord.decode(record(data(Data.Bytes.of(cid.toBytes()))));
        assertEquals("/ipfs/" + CID, bare.value());
        assertEquals(Optional.of(cid), bare.root());
        assertEquals(
                "/ipfs/bafkqaaa", IpnsRecord.decode(record(data(bytes("")))).value());
        IpnsRecord name = IpnsRecord.decode(record(data(bytes("/ipns/example.org/a"))));
        assertEquals("/ipns/example.org/a", name.value());
        assertEquals(Optional.empty(), name.root());
    }

    @Test
    void whatIsNoRecordIsRefusedAndSaid() {
        assertEquals(
                "invalid IPNS record: record exceeds allowed size limit: it has 10241 bytes, but at most 10240 are allowed",
                failureOf(new byte[10241]));
        assertEquals("invalid IPNS record: its data is not a map", failureOf(record(new Data.Text("a"))));
        assertEquals(
                "invalid IPNS record: its data has no bytes called Value",
                failureOf(record(data(new Data.Text("/ipfs/" + CID)))));
        assertEquals(
                "invalid IPNS record: its value \"/ipfs/\" is not a path", failureOf(record(data(bytes("/ipfs/")))));
        assertEquals(
                "invalid IPNS record: its value \"/https/a\" is not below /ipfs, /ipns or /ipld",
                failureOf(record(data(bytes("/https/a")))));
        assertEquals(
                "invalid IPNS record: its value is neither a path nor a CID", failureOf(record(data(bytes("hello")))));
        assertTrue(failureOf(record(data(bytes("/ipfs/hello")))).contains("invalid cid"));
        assertTrue(failureOf(new byte[] {9 << 3}).contains("field 9 with wire type 0, not 2, at byte 1"));
        assertTrue(failureOf(new byte[] {5 << 3, 1, 5 << 3, 1}).contains("field 5 a second time, at byte 2"));
        assertTrue(failureOf(message(9, new byte[] {(byte) 0xbf, (byte) 0xff})).contains("invalid dag-cbor"));
    }

    @Test
    void changedRecordsAreReadOrRefused() throws IOException {
        long seed = System.nanoTime();
        System.out.println("changed records: seed " + seed);
        RecordFuzz fuzz = new RecordFuzz(new Random(seed));
        for (int round = 0; round < 3_000; round++) {
            fuzz.round();
        }
        assertTrue(fuzz.refused() > 1_500, "refused " + fuzz.refused());
    }
}
