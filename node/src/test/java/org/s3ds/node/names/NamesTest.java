package org.s3ds.node.names;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.StoreType;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.ipns.IpnsEntry;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.KeyType;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.KeptStores;
import org.s3ds.node.keys.Keystore;
import org.s3ds.node.repo.Identity;
import org.s3ds.node.repo.Repo;
import org.s3ds.node.repo.RepoPlan;

final class NamesTest {
    private static final String PATH = "/ipfs/bafkqaaa";
    private static final Instant START = Instant.parse("2026-11-26T08:00:00Z");

    @TempDir
    private Path parent;

    private final SecureRandom random = new SecureRandom();
    private final MemoryDatastore store = new MemoryDatastore();
    private Instant now = START;
    private Repo repo;
    private Keystore keys;
    private Names names;

    @SuppressWarnings("NullAway.Init") // the repo is opened before each test
    NamesTest() {}

    @BeforeEach
    void open() throws IOException {
        Map<String, Object> spec = Map.of("type", "levelds", "path", "datastore", "compression", "none");
        List<StoreType> types = new KeptStores().types();
        RepoPlan plan = RepoPlan.fresh(Identity.ed25519(random), spec, List.of(), random);
        Repo.init(parent.resolve("repo"), plan, types, Metrics.none(), Map.of(), ignored -> {});
        repo = Repo.open(parent.resolve("repo"), types, Metrics.none(), Map.of());
        keys = new Keystore(repo);
        names = new Names(store, keys, () -> now);
    }

    @AfterEach
    void close() throws IOException {
        repo.close();
    }

    private PrivateKey key() throws IOException {
        return PrivateKey.generate(KeyType.ED25519, 0, random);
    }

    private static Publication publication(String value, Duration lifetime) {
        return new Publication(value, lifetime, Duration.ZERO, Optional.empty(), true);
    }

    private static Publication numbered(long sequence) {
        return new Publication(PATH, Duration.ofHours(1), Duration.ZERO, Optional.of(sequence), true);
    }

    private IpnsRecord publish(PrivateKey key, String value) throws IOException {
        now = now.plusSeconds(1);
        return names.publish(key, publication(value, Duration.ofHours(1)));
    }

    private Set<String> stored() throws IOException {
        Set<String> stored = new TreeSet<>();
        try (Results results = store.query(Query.of(Key.raw("/")))) {
            for (Optional<Entry> entry = results.next(); entry.isPresent(); entry = results.next()) {
                stored.add(entry.get().key().toString());
            }
        }
        return stored;
    }

    private interface Doing {
        Object run() throws IOException;
    }

    private static String refusal(Doing doing) {
        return String.valueOf(assertThrows(NameException.class, doing::run).getMessage());
    }

    @Test
    void whatIsPublishedIsWhereKuboLooksForIt() throws Exception {
        PrivateKey key = PrivateKey.decode(keys.self().encode());
        IpnsRecord record = publish(key, PATH);
        String id = Multibase.BASE32_UPPER.encodeBare(key.peerId().hash().toBytes());
        assertTrue(id.startsWith("AASAQAISE"), id);
        assertEquals(2, stored().size());
        assertArrayEquals(record.encode(), store.get(Key.raw("/ipns/" + id)).orElseThrow());
        String known = stored().stream()
                .filter(each -> each.startsWith("/dht/ipns/F5UXA3TT"))
                .findFirst()
                .orElseThrow();
        String message = new String(store.get(Key.raw(known)).orElseThrow(), StandardCharsets.ISO_8859_1);
        assertTrue(message.endsWith("*\u00142026-11-26T08:00:01Z"), "when it came");
        assertEquals(PATH, names.resolve("/ipns/" + key.peerId().name()));
        assertEquals(PATH, names.resolve("/ipns/" + key.peerId()));
        assertEquals(PATH, names.resolve("/ipns/self"));
        assertEquals(PATH + "/a/b", names.resolve("/ipns/self/a/b"));
    }

    @Test
    void aKeyTooLongForItsNameIsStoredBesideIt() throws Exception {
        PrivateKey rsa = PrivateKey.generate(KeyType.RSA, PrivateKey.RSA_BITS, random);
        publish(rsa, PATH);
        assertEquals(3, stored().size());
        assertTrue(stored().stream().anyMatch(each -> each.startsWith("/dht/pk/F5YGW")), stored()::toString);
        assertEquals(PATH, names.resolve("/ipns/" + rsa.peerId().name()));
    }

    @Test
    void theNumberRisesWithTheValueAlone() throws Exception {
        PrivateKey key = key();
        assertEquals(0, publish(key, PATH).sequence());
        assertEquals(0, publish(key, PATH).sequence());
        assertEquals(1, publish(key, PATH + "/a").sequence());
        assertEquals(2, publish(key, PATH).sequence());
        assertEquals(9, names.publish(key, numbered(9)).sequence());
        String tooLow = "sequence number must be greater than the current record sequence";
        assertEquals(tooLow, refusal(() -> names.publish(key, numbered(9))));
        assertEquals(tooLow, refusal(() -> names.publish(key(), numbered(0))));
        assertEquals(1, names.publish(key(), numbered(1)).sequence());
        assertEquals(-1, names.publish(key, numbered(-1)).sequence(), "without sign, the highest there is");
        now = now.plus(Duration.ofDays(9));
        assertEquals(-1, publish(key, PATH).sequence(), "a record whose time is over still counts");
    }

    @Test
    void aRecordThatWouldNotReplaceTheLastIsNotWritten() throws Exception {
        PrivateKey key = key();
        names.publish(key, publication(PATH, Duration.ofHours(2)));
        assertTrue(refusal(() -> names.publish(key, publication(PATH, Duration.ofHours(1))))
                .startsWith("old record: "));
        assertEquals(START.plus(Duration.ofHours(2)), names.find(key.peerId()).validity());
        names.publish(key, publication(PATH, Duration.ofHours(3)));
        assertEquals(START.plus(Duration.ofHours(3)), names.find(key.peerId()).validity());
    }

    @Test
    void whatIsNotGoodIsNotFollowed() throws Exception {
        PrivateKey key = key();
        String path = "/ipns/" + key.peerId().name();
        assertEquals(
                "could not resolve name: there is no record of " + key.peerId().name()
                        + " here, and s3ds has no network to look it up in",
                refusal(() -> names.resolve(path)));
        publish(key, PATH);
        now = now.plus(Duration.ofHours(1));
        assertEquals(PATH, names.resolve(path));
        now = now.plusNanos(1);
        String notGood = "could not resolve name: the record of " + key.peerId().name() + " that is here is not good: ";
        assertEquals(notGood + "record is expired", refusal(() -> names.resolve(path)));
        IpnsRecord forged = new IpnsEntry(PATH, 7, now.plusSeconds(9), Duration.ZERO).sign(key(), true);
        new RecordStore(store).putKnown(key.peerId(), forged, now);
        new RecordStore(store).putOwn(key.peerId(), forged);
        assertEquals(notGood + "signature verification failed", refusal(() -> names.resolve(path)));
    }

    @Test
    void ofTwoRecordsTheNewerGoodOneCounts() throws Exception {
        PrivateKey key = key();
        IpnsRecord old = new IpnsEntry(PATH, 1, now.plusSeconds(99), Duration.ZERO).sign(key, true);
        IpnsRecord next = new IpnsEntry(PATH + "/a", 2, now.plusSeconds(9), Duration.ZERO).sign(key, true);
        RecordStore records = new RecordStore(store);
        records.putKnown(key.peerId(), old, now);
        records.putOwn(key.peerId(), next); // killed before it was known
        assertEquals(2, names.find(key.peerId()).sequence());
        assertEquals(3, publish(key, PATH).sequence());
        records.putKnown(key.peerId(), next, now);
        records.putOwn(key.peerId(), old);
        assertEquals(2, names.find(key.peerId()).sequence());
        now = now.plusSeconds(20);
        assertEquals(1, names.find(key.peerId()).sequence(), "the newer one is over");
    }

    @Test
    void namesMayStandForNamesAndNotForever() throws Exception {
        List<PrivateKey> chain = new ArrayList<>();
        String value = PATH;
        for (int i = 0; i < 33; i++) {
            chain.add(key());
            publish(chain.getLast(), value);
            value = "/ipns/" + chain.getLast().peerId().name();
        }
        String name32 = "/ipns/" + chain.get(31).peerId().name();
        assertEquals(PATH, names.resolve(name32));
        assertEquals("/ipns/" + chain.get(30).peerId().name(), names.step(name32));
        String tooDeep = "could not resolve name (recursion limit exceeded)";
        String last = value;
        assertEquals(tooDeep, refusal(() -> names.resolve(last)));
        publish(chain.getFirst(), last); // and now it is a ring
        assertEquals(tooDeep, refusal(() -> names.resolve(last)));
    }

    @Test
    void aNameOfAKeyIsOneAndADomainIsNot() throws Exception {
        keys.add("site", key());
        publish(keys.get("site"), PATH);
        assertEquals(PATH, names.resolve("/ipns/site"));
        for (String name :
                List.of("example.org", "nonsense", "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am")) {
            assertEquals(
                    "could not resolve name: \"" + name + "\" is neither a peer ID nor the name of a key here, and s3ds"
                            + " has no network to look it up in (DNSLink): give a CID, a peer ID or one of \"s3ds key list\"",
                    refusal(() -> names.resolve("/ipns/" + name)));
        }
    }

    @Test
    void recordsOfOthersAreTakenWhenGoodAndNewer() throws Exception {
        PrivateKey key = key();
        byte[] record = entry(5, 60).sign(key, true).encode();
        names.put(key.peerId(), record, false);
        Set<String> before = stored();
        assertEquals(1, before.size());
        names.put(key.peerId(), record, false); // once more is no harm
        assertEquals(PATH, names.resolve("/ipns/" + key.peerId()));
        assertEquals(
                "existing IPNS record has sequence 5 >= new record sequence 4, use 'name put --force' to skip this check",
                refusal(() ->
                        names.put(key.peerId(), entry(4, 60).sign(key, true).encode(), false)));
        assertEquals(
                "old record: the one that is there is newer, and stays",
                refusal(() ->
                        names.put(key.peerId(), entry(4, 60).sign(key, true).encode(), true)));
        names.put(key.peerId(), entry(5, 90).sign(key, true).encode(), true);
        names.put(key.peerId(), entry(6, 30).sign(key, false).encode(), false);
        assertEquals(6, names.find(key.peerId()).sequence());
        assertEquals(before, stored());
    }

    private IpnsEntry entry(long sequence, int seconds) {
        return new IpnsEntry(PATH, sequence, START.plusSeconds(seconds), Duration.ZERO);
    }

    @Test
    void recordsThatAreNotGoodAreNotTaken() throws Exception {
        PrivateKey key = key();
        byte[] others = entry(1, 60).sign(key(), true).encode();
        byte[] over = entry(1, -1).sign(key, true).encode();
        for (boolean force : new boolean[] {false, true}) {
            assertEquals(
                    "record validation failed: signature verification failed",
                    refusal(() -> names.put(key.peerId(), others, force)));
            assertEquals(
                    "record validation failed: record is expired", refusal(() -> names.put(key.peerId(), over, force)));
            assertEquals(
                    "record exceeds maximum size of 10240 bytes",
                    refusal(() -> names.put(key.peerId(), new byte[10241], force)));
            assertThrows(FormatException.class, () -> names.put(key.peerId(), new byte[] {1, 2}, force));
        }
        assertEquals(
                "validating record: record is expired",
                refusal(() -> names.publish(key, publication(PATH, Duration.ofNanos(-1)))));
        assertEquals(Set.of(), stored());
    }

    @Test
    void aDamagedRecordOfOursStopsPublishingAndNotReading() throws Exception {
        PrivateKey key = key();
        publish(key, PATH);
        Key own = Key.raw(stored().stream()
                .filter(each -> each.startsWith("/ipns/"))
                .findFirst()
                .orElseThrow());
        store.put(own, new byte[] {1});
        assertEquals(PATH, names.resolve("/ipns/" + key.peerId()));
        assertTrue(String.valueOf(assertThrows(FormatException.class, () -> publish(key, PATH))
                        .getMessage())
                .startsWith("the IPNS record in " + own + " is damaged: "));
        assertArrayEquals(new byte[] {1}, store.get(own).orElseThrow());
    }
}
