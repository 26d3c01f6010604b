package org.s3ds.index;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.rocksdb.RocksDB;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.KeyTable;
import org.s3ds.datastore.KeyTables;

/** Tables on RocksDB, each in a folder of its own. */
public final class RocksTables implements KeyTables {
    private final Path folder;
    private final String era;

    /**
     * Tables in a folder, which is made, for its owner alone, with the first of them.
     *
     * @param era as {@link KeyTables#era} says
     */
    public RocksTables(Path folder, String era) {
        this.folder = folder;
        this.era = era;
    }

    @Override
    public KeyTable open(String name) throws DatastoreException {
        requireLibrary();
        TableFolder table = new TableFolder(folder.resolve(name));
        try {
            return table.open();
        } catch (DatastoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DatastoreException("the index at " + table.path() + " could not be opened: " + reason(e), e);
        }
    }

    @Override
    public String era() {
        return era;
    }

    private static void requireLibrary() throws DatastoreException {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            throw new DatastoreException(
                    "the index needs RocksDB, whose library for this system cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof FileSystemException files && files.getReason() != null
                ? files.getReason()
                : e.getClass().getSimpleName();
    }
}
