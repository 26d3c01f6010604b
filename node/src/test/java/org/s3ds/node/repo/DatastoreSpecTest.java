package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreContext;
import org.s3ds.node.KeptStores;

final class DatastoreSpecTest {
    private static final String FLATFS = """
            {"type":"mount","mounts":[
             {"mountpoint":"/","type":"measure","prefix":"l","child":{"type":"levelds","path":"datastore","compression":"none"}},
             {"mountpoint":"/blocks","type":"flatfs","path":"blocks","sync":true,"prefix":"noise",
              "shardFunc":"/repo/flatfs/shard/v1/next-to-last/2"}]}""";

    private static final String UNKNOWN =
            "unknown datastore type: xyz; there are flatfs, levelds, log, measure, mem, mount, s3ds; others come as plugins,"
                    + " by s3ds plugin install FILE, unless s3ds plugin list shows them as disabled";

    @Test
    void diskSpecOfAMountIsSortedAndBare() throws Exception {
        String expected = "{\"mounts\":[{\"mountpoint\":\"/blocks\",\"path\":\"blocks\","
                + "\"shardFunc\":\"/repo/flatfs/shard/v1/next-to-last/2\",\"type\":\"flatfs\"},"
                + "{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],\"type\":\"mount\"}";
        assertEquals(expected, parse(FLATFS).diskSpec());
        assertEquals(190, expected.length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"type\":\"s3ds\",\"bucket\":\"b\",\"region\":\"us-east-1\"}"
                        + "|{\"bucket\":\"b\",\"region\":\"us-east-1\",\"rootDirectory\":\"\"}",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"levelds\",\"path\":\"datastore\",\"mountpoint\":\"\"},"
                        + "{\"type\":\"measure\",\"prefix\":\"p\",\"mountpoint\":\"blocks/\",\"child\":"
                        + "{\"type\":\"s3ds\",\"bucket\":\"b\",\"region\":\"us-east-1\",\"rootDirectory\":\"d\"}}]}"
                        + "|{\"mounts\":[{\"bucket\":\"b\",\"mountpoint\":\"/blocks\",\"region\":\"us-east-1\",\"rootDirectory\":\"d\"},"
                        + "{\"mountpoint\":\"/\",\"path\":\"datastore\",\"type\":\"levelds\"}],\"type\":\"mount\"}",
                "{\"type\":\"mem\"}|null",
                "{\"type\":\"measure\",\"prefix\":\"p\",\"child\":{\"type\":\"log\",\"name\":\"n\",\"child\":{\"type\":\"mem\"}}}|null",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"mem\",\"mountpoint\":\"/a\"},{\"type\":\"mem\",\"mountpoint\":\"/b\"},"
                        + "{\"type\":\"mem\",\"mountpoint\":\"/a/b\"}]}"
                        + "|{\"mounts\":[{\"mountpoint\":\"/b\"},{\"mountpoint\":\"/a/b\"},{\"mountpoint\":\"/a\"}],\"type\":\"mount\"}",
                "{\"type\":\"mount\",\"mounts\":[]}|{\"mounts\":[],\"type\":\"mount\"}",
                "{\"type\":\"levelds\",\"path\":\"a<b>&c\"}|{\"path\":\"a\\u003cb\\u003e\\u0026c\",\"type\":\"levelds\"}",
            })
    void diskSpecs(String spec, String expected) throws Exception {
        assertEquals(expected, parse(spec).diskSpec());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}|'type' field missing or not a string",
                "{\"type\":3}|'type' field missing or not a string",
                "[]|Datastore.Spec must be an object with a 'type'",
                "{\"type\":\"xyz\"}|" + UNKNOWN,
                "{\"type\":\"mount\"}|'mounts' field is missing or not an array",
                "{\"type\":\"mount\",\"mounts\":{}}|'mounts' field is missing or not an array",
                "{\"type\":\"mount\",\"mounts\":[1]}|expected map for mountpoint",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"mem\"}]}|no 'mountpoint' on mount",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"xyz\"}]}|" + UNKNOWN,
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"mem\",\"mountpoint\":3}]}|'mountpoint' on mount is not a string",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"mem\",\"mountpoint\":\"/a\"},{\"type\":\"mem\",\"mountpoint\":\"a/\"}]}"
                        + "|mountpoint '/a' is there twice; each must differ",
                "{\"type\":\"log\"}|'child' field is missing or not a map",
                "{\"type\":\"log\",\"child\":{\"type\":\"mem\"}}|'name' field was missing or not a string",
                "{\"type\":\"log\",\"child\":{\"type\":\"xyz\"}}|" + UNKNOWN,
                "{\"type\":\"measure\",\"prefix\":\"p\",\"child\":3}|'child' field is missing or not a map",
                "{\"type\":\"measure\",\"child\":{\"type\":\"mem\"}}|'prefix' field was missing or not a string",
                "{\"type\":\"measure\",\"child\":{\"type\":\"s3ds\",\"wrong\":1}}|s3ds: wrong",
                "{\"type\":\"s3ds\",\"field\":1}|Datastore.Spec.field is wrong",
                "{\"type\":\"mount\",\"mounts\":[{\"type\":\"mem\",\"mountpoint\":\"/\"},{\"type\":\"measure\",\"child\":"
                        + "{\"type\":\"s3ds\",\"field\":1}}]}|Datastore.Spec.mounts[1].child.field is wrong",
            })
    void errorsAreKubosAndTheFirstWins(String spec, String expected) {
        assertEquals(
                expected, assertThrows(SpecException.class, () -> parse(spec)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({"badgerds", "pebbleds"})
    void storesOfGoAloneAreNamedWithAWayOut(String type) {
        String message = String.valueOf(
                assertThrows(SpecException.class, () -> parse("{\"type\":\"" + type + "\",\"path\":\"p\"}"))
                        .getMessage());
        assertTrue(message.startsWith("unknown datastore type: " + type + ": s3ds has no " + type + " store"), message);
        assertTrue(message.contains("ipfs dag export"), message);
    }

    @Test
    void warningsOfEveryStoreComeThrough() throws Exception {
        assertEquals(
                List.of("no 'bukket'"),
                parse(
                                "{\"type\":\"mount\",\"mounts\":[{\"mountpoint\":\"/\",\"type\":\"measure\",\"prefix\":\"p\","
                                        + "\"child\":{\"type\":\"log\",\"name\":\"n\",\"child\":{\"type\":\"s3ds\",\"bukket\":\"b\"}}}]}")
                        .warnings());
    }

    @Test
    void keysGoToTheNearestMount() throws Exception {
        KeptStores stores = new KeptStores();
        try (Datastore store = DatastoreSpec.parse(json(FLATFS), stores.types()).open(context())) {
            store.put(Key.raw("/blocks/X"), new byte[] {1});
            store.put(Key.raw("/blocks"), new byte[] {2});
        }
        assertTrue(stores.levelds().has(Key.raw("/blocks")));
        assertTrue(stores.kept(
                        Map.of("type", "flatfs", "path", "blocks", "shardFunc", "/repo/flatfs/shard/v1/next-to-last/2"))
                .has(Key.raw("/X")));
    }

    @Test
    void whenAStoreCannotBeOpenedTheOthersAreClosed() throws Exception {
        List<String> calls = new ArrayList<>();
        KeptStores stores = new KeptStores((call, key) -> calls.add(call));
        DatastoreSpec spec = DatastoreSpec.parse(
                json("{\"type\":\"mount\",\"mounts\":[{\"mountpoint\":\"/b\",\"type\":\"levelds\",\"path\":\"d\"},"
                        + "{\"mountpoint\":\"/\",\"type\":\"s3ds\",\"unopenable\":1}]}"),
                stores.types());

        assertThrows(DatastoreException.class, () -> spec.open(context()));

        assertEquals(List.of("close"), calls);
    }

    private static DatastoreSpec parse(String spec) throws IOException {
        return DatastoreSpec.parse(json(spec), new KeptStores().types());
    }

    private static Object json(String text) throws IOException {
        return Objects.requireNonNull(Json.parse(text.getBytes(StandardCharsets.UTF_8), "spec"));
    }

    private static StoreContext context() {
        return new StoreContext(Path.of("/nowhere"), Metrics.none(), Map.of());
    }
}
