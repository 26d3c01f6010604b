package org.s3ds.index;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Status.Code;
import org.s3ds.datastore.DatastoreException;

/** What went wrong with RocksDB, in sentences. */
record TableFailure(Path table, RocksDBException cause) {
    /** Whether the files are not what they should be, rather than out of reach. */
    boolean isDamage() {
        return isOneOf(EnumSet.of(Code.Corruption)) || (isOneOf(EnumSet.of(Code.IOError)) && isOfMissingFile());
    }

    /** The same when a database is opened, which then says so with more words. */
    boolean isDamageAtOpening() {
        return isDamage() || isOneOf(EnumSet.of(Code.NotFound, Code.NotSupported, Code.InvalidArgument));
    }

    private boolean isOneOf(Set<Code> codes) {
        Status status = cause.getStatus();
        return status != null && codes.contains(status.getCode());
    }

    private boolean isOfMissingFile() {
        return words().contains("No such file or directory");
    }

    /** For the user of a table that is open. */
    DatastoreException during(String operation) {
        String sentence = "the index at " + table + " could not " + operation + ": " + words();
        return new DatastoreException(
                isDamage() ? sentence + "; it is damaged, and made anew at the next start" : sentence, cause);
    }

    /** For who wanted to open it. */
    DatastoreException opening() {
        return new DatastoreException("the index at " + table + " could not be opened: " + words(), cause);
    }

    private String words() {
        String message = cause.getMessage();
        return message == null ? "RocksDB does not say why" : message;
    }
}
