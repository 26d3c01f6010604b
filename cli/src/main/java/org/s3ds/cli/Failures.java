package org.s3ds.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/** What a failure is called in one sentence: the only place that turns exceptions into text for the user. */
final class Failures {
    private Failures() {}

    /** The sentence, without {@code Error:} before it. */
    static String sentence(Throwable failure) {
        return switch (failure) {
            case FileSystemException e -> fileSentence(e);
            case UncheckedIOException e -> sentence(Objects.requireNonNull(e.getCause()));
            case ClosedByInterruptException _ -> "interrupted";
            case IOException e when e.getMessage() != null -> e.getMessage();
            case OutOfMemoryError e ->
                "out of memory: give the program more with S3DS_JAVA_OPTIONS=-Xmx4g (" + e.getMessage() + ")";
            default ->
                "this should not have happened: %s (run the command with --debug and report what it shows)"
                        .formatted(failure);
        };
    }

    private static String fileSentence(FileSystemException e) {
        String reason = switch (e) {
            case NoSuchFileException none -> "no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case FileAlreadyExistsException exists -> "the file exists already";
            case NotDirectoryException file -> "not a directory";
            default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        };
        String two = e.getOtherFile() == null ? "" : " -> " + e.getOtherFile();
        return e.getFile() == null ? reason : e.getFile() + two + ": " + reason;
    }
}
