package org.s3ds.levelds;

import java.io.IOException;
import java.nio.file.Path;
import org.s3ds.datastore.DatastoreException;

/**
 * Calls into the LevelDB library, whose failures are mostly unchecked: they leave here as ours, with what was asked.
 */
record LevelDbCalls(Path folder) {
    /** A call. */
    interface Call<T> {
        T answer() throws IOException;
    }

    /** Runs a call. An interrupted one fails with the flag still set, as the library's file channels leave it. */
    <T> T run(String what, Call<T> call) throws DatastoreException {
        try {
            return call.answer();
        } catch (IOException | RuntimeException e) {
            throw failed(what, e);
        }
    }

    DatastoreException failed(String what, Exception cause) {
        return new DatastoreException("LevelDB in " + folder + ": " + what + ": " + cause.getMessage(), cause);
    }
}
