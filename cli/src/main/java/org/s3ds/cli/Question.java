package org.s3ds.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A question before something that cannot be taken back easily. */
final class Question {
    private Question() {}

    /**
     * Asks it.
     *
     * @param question what will be, one or more sentences
     * @throws IOException when the answer is not yes
     */
    static void ask(Terminal terminal, String question) throws IOException {
        terminal.err().print(question + " Type yes to go on: ");
        terminal.err().flush();
        String answer = new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
        if (answer == null) {
            terminal.err().println();
        }
        if (!"yes".equals(answer)) {
            throw new IOException("nothing was changed; answer yes, or give --yes, to go on");
        }
    }
}
