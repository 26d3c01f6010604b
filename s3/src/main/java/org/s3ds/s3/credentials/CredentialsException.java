package org.s3ds.s3.credentials;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/** There are no keys, or the place where they should be gives none. The message says where, what and what to do. */
public final class CredentialsException extends SdkClientException {
    private static final long serialVersionUID = 1L;

    /** With the cause only where another attempt may do better. */
    CredentialsException(String message, @Nullable Throwable cause) {
        super(SdkClientException.builder().message(message).cause(cause));
    }
}
