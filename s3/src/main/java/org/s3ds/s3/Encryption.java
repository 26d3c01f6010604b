package org.s3ds.s3;

import java.nio.file.Path;

/** How the server is told to encrypt objects. */
public sealed interface Encryption {
    /** It is told nothing; the bucket's own rule holds. */
    record None() implements Encryption {}

    /** With keys of S3. */
    record ByS3() implements Encryption {}

    /**
     * With a key of KMS.
     *
     * @param keyId the key's id or ARN; blank for the bucket's
     */
    record ByKms(String keyId) implements Encryption {}

    /**
     * With a key of ours, sent with each request and kept nowhere.
     *
     * @param keyFile holds 32 bytes, or their base64; no one but its owner may read it
     */
    record ByCustomer(Path keyFile) implements Encryption {}
}
