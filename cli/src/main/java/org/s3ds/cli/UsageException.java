package org.s3ds.cli;

import java.io.IOException;

/** A command line that cannot be meant: one sentence, which the frame follows with the usage of the command. */
public final class UsageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean usageHelps;

    private UsageException(String message, boolean usageHelps) {
        super(message);
        this.usageHelps = usageHelps;
    }

    /** With the sentence, to be followed by the usage. */
    public UsageException(String message) {
        this(message, true);
    }

    /** With a sentence that says enough by itself. */
    static UsageException withoutUsage(String message) {
        return new UsageException(message, false);
    }

    /** Whether the usage of the command should follow. */
    boolean usageHelps() {
        return usageHelps;
    }
}
