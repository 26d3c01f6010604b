package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.KeyTables;

/**
 * Whether another program, such as Kubo, had a repo between two sessions of ours: it deletes blocks, and tells nobody.
 * An era lasts until one had, or until that cannot be told.
 *
 * <p>Both leave their marks in {@link LevelDbFolders}. What ours looked like is written down twice in a session: once
 * they are open, or the first table is made, which is what is found after a kill, and once they are closed. Neither is
 * forced to the disk; what the end of the machine leaves of it is older than the folders, and begins a new era.
 *
 * <p>Belongs to who holds the lock of the repo.
 */
final class Era implements AutoCloseable {
    private static final String FILE = "era.json";
    private static final int LENGTH = 16;

    private final StateFile file;
    private final LevelDbFolders folders;
    private final Path tables;
    private final String name;
    private final AtomicBoolean isWritten = new AtomicBoolean();

    private Era(StateFile file, LevelDbFolders folders, Path tables, String name) {
        this.file = file;
        this.folders = folders;
        this.tables = tables;
        this.name = name;
    }

    /** What an earlier session wrote down; {@code open} when it had not come to its end. */
    private record Seen(String name, boolean open, List<String> files) {
        static Seen of(StateFields fields) {
            return new Seen(fields.text("era"), fields.flag("open"), fields.texts("files"));
        }
    }

    /**
     * The era of a repo whose stores are closed. To be told when they are open, and closed once they are closed.
     *
     * @param tables the folder of what an era is about; as long as it is not there nothing is written
     * @param readOnly whether nothing is ever written
     */
    static Era of(Path repo, DatastoreSpec spec, Path tables, boolean readOnly) {
        StateFile file = new StateFile(repo, FILE, readOnly);
        LevelDbFolders folders = LevelDbFolders.of(repo, spec);
        String name = file.read(Seen::of, sentence -> {})
                .filter(seen -> look(folders, seen.open()).equals(Optional.of(seen.files())))
                .map(Seen::name)
                .orElseGet(Era::newName);
        return new Era(file, folders, tables, name);
    }

    private static String newName() {
        byte[] name = new byte[LENGTH];
        new SecureRandom().nextBytes(name);
        return HexFormat.of().formatHex(name);
    }

    /** Empty when there is nothing to be seen, or it cannot be. */
    private static Optional<List<String>> look(LevelDbFolders folders, boolean open) {
        try {
            return Optional.of(open ? folders.marks() : folders.details()).filter(files -> !files.isEmpty());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** What it is called; no two are called the same. */
    String name() {
        return name;
    }

    /** The stores are open. */
    void opened() {
        write(true);
    }

    /** The tables that the era is about: the first of all is made while the stores are open. */
    KeyTables over(KeyTables all) {
        return new Noticed(all, this);
    }

    /** Tables whose being opened is noticed. */
    private record Noticed(KeyTables all, Era noticing) implements KeyTables {
        @Override
        public KeyTable open(String table) throws DatastoreException {
            KeyTable opened = all.open(table);
            if (!noticing.isWritten.get()) {
                noticing.opened();
            }
            return opened;
        }

        @Override
        public String era() {
            return all.era();
        }
    }

    /** The stores are closed, or failed to open. */
    @Override
    public void close() {
        write(false);
    }

    /** Whoever was told to stop closes as well, and an interrupted thread could not write. */
    private void write(boolean open) {
        boolean wasInterrupted = Thread.interrupted();
        try {
            note(open);
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void note(boolean open) {
        Optional<List<String>> files = look(folders, open);
        if (files.isEmpty() || !RepoFiles.exists(tables)) {
            return;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("era", name);
        fields.put("open", open);
        fields.put("files", files.get());
        try {
            file.writeUnforced(fields);
            isWritten.set(true);
        } catch (IOException _) {
            // what is not written down begins a new era, which is safe
        }
    }
}
