package org.s3ds.s3;

import java.io.IOException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a config or the environment names cannot be used: a file, a proxy. The message says which, why, what to do. */
final class UnusableSetting extends SdkClientException {
    private static final long serialVersionUID = 1L;

    UnusableSetting(String message) {
        super(SdkClientException.builder().message(message));
    }

    /** For a file that could not be read: another attempt would fail as this one did. */
    static UnusableSetting ofFile(SpecKey key, Object file, IOException cause) {
        UnusableSetting failure = new UnusableSetting("the " + key + " " + file + " cannot be read ("
                + cause.getClass().getSimpleName() + ")");
        failure.addSuppressed(cause);
        return failure;
    }
}
