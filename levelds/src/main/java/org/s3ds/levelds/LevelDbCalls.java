package org.s3ds.levelds;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.s3ds.datastore.DatastoreException;

/**
 * Calls into the LevelDB library, whose failures are mostly unchecked: they leave here as ours, with what was asked.
 */
record LevelDbCalls(Path folder) {
    private static final String WAY_OUT = "; if the files are damaged, make a copy of the folder and open the repo with"
            + " Kubo, which builds the datastore anew from what can still be read";

    /** What the system says when the disk takes no more: the files are as good as they were. */
    private static final Set<String> FULL =
            Set.of("No space left on device", "Disk quota exceeded", "File too large", "Read-only file system");

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
        return new DatastoreException("LevelDB in " + folder + ": " + what + ": " + reason(cause), cause);
    }

    /** What went wrong, and the way out where it may be the files themselves. */
    static String reason(Exception cause) {
        String first = String.valueOf(first(cause).getMessage());
        if (FULL.contains(first)) {
            return first; // without the names of the classes that the library wraps it in
        }
        if (cause.getMessage() == null && Thread.currentThread().isInterrupted()) {
            return "interrupted"; // a file channel that was closed for it says nothing
        }
        String message = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NoSuchFileException e -> e.getFile() + " is not there";
            case FileSystemException _ -> message;
            default -> isOfTheSystem(cause) ? message : message + WAY_OUT;
        };
    }

    private static Throwable first(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }

    /** Such as a disk that fails, which the file itself does not cause; or an interrupt. */
    private static boolean isOfTheSystem(Exception cause) {
        boolean plain =
                cause instanceof IOException && !(cause instanceof DatastoreException) && cause.getCause() == null;
        return plain || Thread.currentThread().isInterrupted();
    }
}
