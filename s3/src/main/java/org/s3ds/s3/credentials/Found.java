package org.s3ds.s3.credentials;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Keys, and where they were.
 *
 * @param keys the keys
 * @param source the kind of place
 * @param detail which one of its kind, such as a profile's name; blank when there is but one
 * @param expires when they stop being good; empty for never, as far as is known
 */
public record Found(AwsCredentials keys, CredentialSource source, String detail, Optional<Instant> expires) {
    static Found of(String access, String secret, String token, Optional<Instant> expires) {
        AwsCredentials keys = token.isEmpty()
                ? AwsBasicCredentials.create(access, secret)
                : AwsSessionCredentials.create(access, secret, token);
        return new Found(keys, CredentialSource.SPEC, "", expires);
    }

    static Found anonymous() {
        return new Found(
                AnonymousCredentialsProvider.create().resolveCredentials(),
                CredentialSource.ANONYMOUS,
                "",
                Optional.empty());
    }

    /** The same keys, with their origin. */
    Found from(CredentialSource place, String which) {
        return new Found(keys, place, which, expires);
    }

    /** The origin in words, and when they expire: what may be shown. */
    @Override
    public String toString() {
        return source
                + (detail.isEmpty() ? "" : " " + detail)
                + expires.map(time -> ", until " + time).orElse("");
    }
}
