package org.s3ds.s3;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is sent with each object, beside its bytes; only what is set.
 *
 * @param encryption how the server encrypts it
 * @param storageClass such as {@code STANDARD_IA}; blank for the bucket's
 * @param tags its tags, at most 10
 * @param acl a canned ACL's name; blank for the bucket's
 * @param requesterPays whether we pay for requests on another's bucket
 * @param expectedBucketOwner the account whose bucket it must be, 12 digits; blank for any
 * @param checksum the checksum in a header of its own
 * @param signing whether the signature covers the bytes
 */
public record ObjectHeaders(
        Encryption encryption,
        String storageClass,
        SortedMap<String, String> tags,
        String acl,
        boolean requesterPays,
        String expectedBucketOwner,
        Checksum checksum,
        PayloadSigning signing) {
    /** Nothing. */
    public static final ObjectHeaders NONE = new ObjectHeaders(
            new Encryption.None(), "", new TreeMap<>(), "", false, "", Checksum.NONE, PayloadSigning.DIGEST);

    private static final int MOST_TAGS = 10;
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_VALUE = 256;
    private static final String TAG = "[\\p{L}\\p{Z}\\p{N}_.:/=+@-]";

    /** A checksum that the server compares with the bytes it got. */
    public enum Checksum {
        /** None but the hash in the signature. */
        NONE,
        /** In {@code Content-MD5}. */
        MD5,
        /** In {@code x-amz-checksum-sha256}. */
        SHA256
    }

    /** Whether the signature of a put covers its bytes. */
    public enum PayloadSigning {
        /** By their hash. */
        DIGEST,
        /** Not at all; the checksum protects them. */
        UNSIGNED
    }

    /** Checks what no spec may say. */
    public ObjectHeaders {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
        if (!storageClass.matches("[A-Z0-9_]*")) {
            throw new WrongSetting(SpecKey.STORAGE_CLASS, storageClass);
        }
        if (!expectedBucketOwner.matches("(\\d{12})?")) {
            throw new WrongSetting(SpecKey.EXPECTED_BUCKET_OWNER, expectedBucketOwner);
        }
        if (!acl.isEmpty() && !List.of(SpecKey.ACL.allowed().split(", ")).contains("\"" + acl + "\"")) {
            throw new WrongSetting(SpecKey.ACL, acl);
        }
        if (signing == PayloadSigning.UNSIGNED && checksum == Checksum.NONE) {
            throw WrongSetting.beside(
                    SpecKey.PAYLOAD_SIGNING, "unsigned", "checksum is \"none\"", "with checksum \"md5\" or \"sha256\"");
        }
        check(tags);
    }

    private static void check(Map<String, String> tags) {
        tags.forEach((name, value) -> {
            boolean fits = name.matches(TAG + "+")
                    && value.matches(TAG + "*")
                    && name.length() <= LONGEST_NAME
                    && value.length() <= LONGEST_VALUE;
            if (!fits) {
                throw new WrongSetting(SpecKey.TAGS, name + "=" + value);
            }
        });
        if (tags.size() > MOST_TAGS) {
            throw new WrongSetting(SpecKey.TAGS, tags);
        }
    }

    /** With another checksum. */
    public ObjectHeaders withChecksum(Checksum other) {
        return new ObjectHeaders(
                encryption, storageClass, tags, acl, requesterPays, expectedBucketOwner, other, signing);
    }
}
