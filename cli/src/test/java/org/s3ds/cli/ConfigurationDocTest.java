package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.StoreType;
import org.s3ds.node.repo.Repo;

/** {@code docs/configuration.md} has a line for every key of the datastore section and every type of store. */
class ConfigurationDocTest {
    private final String document;

    ConfigurationDocTest() throws IOException {
        document = Files.readString(Path.of("..", "docs", "configuration.md"));
    }

    @Test
    void everyDatastoreKeyHasALine() throws IOException {
        List<String> keys;
        try (InputStream in = Objects.requireNonNull(Repo.class.getResourceAsStream("config-keys.txt"))) {
            keys = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("Datastore."))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .toList();
        }
        assertTrue(keys.size() > 10, keys::toString);
        keys.forEach(key -> assertTrue(document.contains("\n| `" + key + "` | "), key));
    }

    @Test
    void everyTypeOfStoreHasALine() {
        for (StoreType type : Stores.bundled()) {
            assertTrue(document.contains("\n| `" + type.name() + "` | "), type.name());
        }
        for (String builtIn : List.of("mount", "measure", "log", "mem")) {
            assertTrue(document.contains("\n| `" + builtIn + "` | "), builtIn);
        }
    }
}
