package org.s3ds.levelds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.iq80.leveldb.CompressionType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.Metrics;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreContext;

final class LevelDbStoreTypeTest {
    private final LevelDbStoreType type = new LevelDbStoreType();

    @Test
    void theDiskSpecIsPathAndType() throws Exception {
        assertEquals("levelds", type.name());
        assertEquals(
                Map.of("path", "datastore", "type", "levelds"),
                type.parse(Map.of("type", "levelds", "path", "datastore", "compression", "none", "prefix", "x"))
                        .diskSpec());
    }

    @Test
    void compressionIsSnappyUnlessNone() throws SpecException {
        assertEquals(new LevelDbConfig("d", CompressionType.SNAPPY), type.parse(Map.of("path", "d")));
        assertEquals(new LevelDbConfig("d", CompressionType.SNAPPY), type.parse(spec(null)));
        assertEquals(new LevelDbConfig("d", CompressionType.SNAPPY), type.parse(spec("")));
        assertEquals(new LevelDbConfig("d", CompressionType.SNAPPY), type.parse(spec("snappy")));
        assertEquals(new LevelDbConfig("d", CompressionType.NONE), type.parse(spec("none")));
        assertEquals("unrecognized value for compression: zstd", messageOf(spec("zstd")));
        assertEquals("unrecognized value for compression: true", messageOf(spec(true)));
    }

    @Test
    void aPathIsRequired() {
        assertEquals("'path' field is missing or not string", messageOf(Map.of("compression", "zstd")));
        assertEquals("'path' field is missing or not string", messageOf(Map.of("path", 5L)));
    }

    @Test
    void aRelativePathStartsAtTheRepo(@TempDir Path repo) throws Exception {
        StoreContext context = new StoreContext(repo, Metrics.none(), Map.of());
        try (Datastore store = type.parse(Map.of("path", "a/b")).open(context)) {
            assertEquals("LevelDb(" + repo.resolve("a/b") + ")", store.toString());
            assertTrue(Files.exists(repo.resolve("a/b/CURRENT")));
        }
    }

    private static Map<String, @Nullable Object> spec(@Nullable Object compression) {
        Map<String, @Nullable Object> spec = new HashMap<>();
        spec.put("path", "d");
        spec.put("compression", compression);
        return spec;
    }

    private String messageOf(Map<String, @Nullable Object> spec) {
        return String.valueOf(
                assertThrows(SpecException.class, () -> type.parse(spec)).getMessage());
    }
}
