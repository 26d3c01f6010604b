package org.s3ds.node.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.Key;

final class MountedStoreTest {
    private static final Key BLOCKS = Key.of("/blocks");

    @Test
    void newerCredentialsStandWhereTheOldOnesStood() throws Exception {
        Config config = config("""
                {"mountpoint": "/blocks", "type": "measure", "prefix": "mine.datastore", "child":
                  {"type": "s3ds", "bucket": "b", "accessKey": "old"}}""");
        MountedStore store = MountedStore.in(config, BLOCKS);
        Map<String, @Nullable Object> newer = new LinkedHashMap<>(store.spec());
        newer.put("accessKey", "new");
        MountedStore with = store.with(newer);
        assertEquals(newer, with.spec());
        assertEquals("mine.datastore", with.element().get("prefix"));
        assertEquals(store.element().keySet(), with.element().keySet());
        assertEquals(List.of(with.element()), with.withElement(with.element()).get("mounts"));
    }

    @Test
    void withoutACountTheStoreIsTheElement() throws Exception {
        Config config =
                config("{\"mountpoint\": \"/blocks\", \"type\": \"s3ds\", \"bucket\": \"b\", \"accessKey\": \"old\"}");
        MountedStore with = MountedStore.in(config, BLOCKS).with(Map.of("type", "s3ds", "accessKey", "new"));
        assertEquals(
                Map.of("mountpoint", "/blocks", "type", "s3ds", "bucket", "b", "accessKey", "new"), with.element());
    }

    private static Config config(String element) throws Exception {
        String text = "{\"Datastore\": {\"Spec\": {\"type\": \"mount\", \"mounts\": [" + element + "]}}}";
        return Config.parse(text.getBytes(StandardCharsets.UTF_8), "config");
    }
}
