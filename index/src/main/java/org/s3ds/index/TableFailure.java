package org.s3ds.index;

import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.s3ds.datastore.DatastoreException;

/** What went wrong with RocksDB, in sentences. */
record TableFailure(Path table, RocksDBException cause) {
    /** Whether the files are not what they should be, rather than out of reach. */
    boolean isDamage() {
        return is(Code.Corruption) || (is(Code.IOError) && isOfMissingFile());
    }

    /** The same when a database is opened, which then says so with more words. */
    boolean isDamageAtOpening() {
        return isDamage() || is(Code.NotFound) || is(Code.NotSupported) || is(Code.InvalidArgument);
    }

    private boolean is(Code code) {
        Status status = cause.getStatus();
        return status != null && status.getCode() == code;
    }

    private boolean isOfMissingFile() {
        return words().contains("No such file or directory");
    }

    /** For the user of a table that is open. */
    DatastoreException during(String operation) {
        return new DatastoreException(
                "the index at " + table + " could not " + operation + ": " + words() + advice(), cause);
    }

    /** For who wanted to open it. */
    DatastoreException opening() {
        return new DatastoreException("the index at " + table + " could not be opened: " + words() + advice(), cause);
    }

    private String advice() {
        if (words().contains("No space left on device")) {
            return "; free some space, and start again if that alone does not help";
        }
        return isDamage() ? "; it is damaged, and made anew at the next start" : "";
    }

    private String words() {
        String message = cause.getMessage();
        return message == null ? "RocksDB does not say why" : message;
    }
}
