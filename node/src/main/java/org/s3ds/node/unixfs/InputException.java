package org.s3ds.node.unixfs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** A file on the disk that cannot be added. The message is one sentence that names it. */
public final class InputException extends IOException {
    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }

    private InputException(String message, IOException cause) {
        super(message, cause);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Says what failed as Kubo does: the operation, the file as the user named it, the reason. */
    static InputException of(String operation, String shown, IOException cause) {
        return cause instanceof InputException known
                ? known
                : new InputException(operation + " " + shown + ": " + reason(cause), cause);
    }

    /** The same, with the sentence that its input is not pinned. */
    InputException withoutPin() {
        return new InputException(getMessage() + "; what it belongs to is not pinned", this);
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case NotDirectoryException e -> "not a directory";
            case FileSystemLoopException e -> "too many levels of symbolic links";
            case FileSystemException e when e.getReason() != null -> lowerFirst(e.getReason());
            default -> String.valueOf(cause.getMessage());
        };
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
