package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.Multibase;
import org.s3ds.node.Node;
import org.s3ds.node.pins.PinMode;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.node.repo.Json;

/** The pins of repos that Kubo made: as it says they are, and byte for byte as it would have written them. */
class KuboPinsTest {
    @TempDir
    Path directory;

    private Cli cli = new Cli(Path.of(""));

    @BeforeEach
    void begin() {
        cli = new Cli(directory);
    }

    @Test
    void pinsAreKubosBeforeAndAfterChanges() throws Exception {
        for (String name : new String[] {"kubo-flatfs", "kubo-s3"}) {
            cli = new Cli(directory.resolve(name));
            KuboFixture fixture = KuboFixture.load(name);
            fixture.unpack(cli.repo());
            Map<String, Object> pins = fixture.pins();
            assertEquals(pins, listed());
            assertEntriesAreKubos();
            String direct = cidOf(pins, "direct");
            String named = cidOf(pins, "quarterly report");
            assertRuns("pin", "rm", direct);
            assertRuns("pin", "rm", named);
            pins.remove(direct);
            pins.remove(named);
            assertEquals(pins, listed());
            assertEntriesAreKubos();
        }
    }

    @Test
    void pinsAreAddedAndChangedAndVerified() throws Exception {
        KuboFixture fixture = KuboFixture.load("kubo-flatfs");
        fixture.unpack(cli.repo());
        assertRuns("pin", "verify");
        String unpinned = fixture.text("unpinned");
        assertRuns("pin", "add", "--name=now pinned", unpinned);
        assertRuns("pin", "update", unpinned, fixture.filesRoot());
        assertRuns("pin", "add", "-r=false", unpinned);
        assertEntriesAreKubos();
        assertEquals("", assertRuns("pin", "verify"));
    }

    private static String cidOf(Map<String, Object> pins, String fact) {
        return pins.entrySet().stream()
                .filter(pin -> pin.getValue().toString().contains(fact))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private String assertRuns(String... words) {
        Cli.Result result = cli.run(words);
        assertEquals("", result.err());
        assertEquals(0, result.exit());
        return result.out();
    }

    /** Pins by CID, without those whose names begin with {@code batch}, which the fixture only counts. */
    private Map<String, Object> listed() throws IOException {
        Map<String, Object> listed = new TreeMap<>();
        for (String type : new String[] {"recursive", "direct"}) {
            String json = assertRuns("pin", "ls", "--names", "--enc=json", "--type=" + type);
            Map<?, ?> found =
                    (Map<?, ?>) Objects.requireNonNull(Json.parse(json.getBytes(StandardCharsets.UTF_8), "pin ls"));
            ((Map<?, ?>) Objects.requireNonNullElse(found.get("Keys"), Map.of())).forEach((cid, pin) -> {
                Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(pin);
                String name = String.valueOf(fields.get("Name"));
                if (!name.startsWith("batch ")) {
                    listed.put(String.valueOf(cid), Map.of("type", String.valueOf(fields.get("Type")), "name", name));
                }
            });
        }
        return listed;
    }

    /**
     * Every record is written as we write it, and the indexes are what follows from the records, no more and no less.
     */
    private void assertEntriesAreKubos() throws IOException {
        Set<String> expected = new TreeSet<>(Set.of("/pins/state/dirty"));
        Set<String> found = new TreeSet<>();
        try (Node node = Node.open(cli.repo(), Stores.bundled(), Metrics.none(), Map.of());
                Results results = node.repo().datastore().query(Query.of(Key.raw("/pins")))) {
            for (Entry entry : results.rest()) {
                String key = entry.key().toString();
                byte[] value = entry.value().orElseThrow();
                found.add(key);
                if (key.startsWith("/pins/pin/")) {
                    PinRecord pin = PinRecord.decode(value);
                    assertArrayEquals(value, pin.encode(), key);
                    addKeys(pin, entry.key().base(), expected);
                } else {
                    assertArrayEquals(new byte[key.equals("/pins/state/dirty") ? 1 : 0], value, key);
                }
            }
        }
        assertEquals(expected, found);
    }

    private static void addKeys(PinRecord pin, String id, Set<String> keys) {
        String index = pin.mode() == PinMode.RECURSIVE ? "cidRindex/" : "cidDindex/";
        keys.add("/pins/pin/" + id);
        keys.add("/pins/index/" + index + text(pin.cid().toBytes()) + "/" + text(id));
        if (!pin.name().isEmpty()) {
            keys.add("/pins/index/nameIndex/" + text(pin.name()) + "/" + text(id));
        }
    }

    private static String text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return Multibase.BASE64URL.encode(bytes);
    }
}
