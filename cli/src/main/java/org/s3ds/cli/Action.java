package org.s3ds.cli;

import java.io.IOException;

/**
 * What a command does. Picocli fills the annotated fields of an action before it runs; an action is used once. It
 * prints through {@link TerminalSession#terminal()}.
 */
@FunctionalInterface
public interface Action {
    /**
     * Runs to the end.
     *
     * @throws UsageException when the arguments are wrong: the usage is shown after the sentence
     * @throws IOException for any other failure; its message is the sentence for the user, and the command exits with 1
     */
    void run() throws IOException;
}
