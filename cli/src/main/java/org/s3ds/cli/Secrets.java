package org.s3ds.cli;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Secret keys that a command line names by their files, each of which is read once: it may be standard input. */
final class Secrets {
    private final Terminal terminal;
    private final Map<String, String> known = new HashMap<>();

    Secrets(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The secret key in a file; {@code -} is standard input. */
    String secretKey(String file) throws IOException {
        String secret = known.get(file);
        if (secret == null) {
            secret = StoreFiles.secretKey(terminal, file);
            known.put(file, secret);
        }
        return secret;
    }
}
