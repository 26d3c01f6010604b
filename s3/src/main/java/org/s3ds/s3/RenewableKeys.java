package org.s3ds.s3;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Keys whose source can be asked anew before they said that they expire: a server may have revoked them. */
final class RenewableKeys implements AwsCredentialsProvider, SdkAutoCloseable {
    private final Supplier<AwsCredentialsProvider> sources;
    private volatile AwsCredentialsProvider source;

    RenewableKeys(Supplier<AwsCredentialsProvider> sources) {
        this.sources = sources;
        this.source = sources.get();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return source.resolveCredentials();
    }

    /** Asks from now on as if for the first time. */
    void renew() {
        close(source);
        source = sources.get();
    }

    @Override
    public void close() {
        close(source);
    }

    private static void close(AwsCredentialsProvider source) {
        if (source instanceof SdkAutoCloseable closeable) {
            closeable.close();
        }
    }

    @Override
    public String toString() {
        return "RenewableKeys[" + source.getClass().getSimpleName() + "]";
    }
}
