package org.s3ds.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.s3ds.datastore.KeyTable;

/** A table that is needed for some time only: empty at first, and its folder goes at the end. */
public final class ScratchTable implements AutoCloseable {
    private final Path folder;
    private final KeyTable table;

    private ScratchTable(Path folder, KeyTable table) {
        this.folder = folder;
        this.table = table;
    }

    /**
     * Makes one.
     *
     * @param folder for this alone: it is removed first, when a killed process has left it, and at the end
     * @param name for messages and logs
     */
    public static ScratchTable open(Path folder, String name) throws IOException {
        remove(folder);
        return new ScratchTable(folder, new RocksTables(folder, "").open(name));
    }

    /** The table. */
    public KeyTable table() {
        return table;
    }

    /** Ends it, and removes the folder. */
    @Override
    public void close() throws IOException {
        try {
            table.close();
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
