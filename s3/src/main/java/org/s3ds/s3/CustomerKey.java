package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A key of ours that the server encrypts with, and forgets: SSE-C. */
final class CustomerKey {
    /** The header by which a server says which key it used. */
    static final String MD5_HEADER = "x-amz-server-side-encryption-customer-key-md5";

    private static final int LENGTH = 32;
    private static final int LONGEST_FILE = 1024;
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final String text;
    private final String md5;

    private CustomerKey(byte[] bytes) {
        this.text = Base64.getEncoder().encodeToString(bytes);
        this.md5 = Base64.getEncoder().encodeToString(md5(bytes));
    }

    /**
     * Reads a key.
     *
     * @throws SdkClientException when the file cannot be read, others may read it, or it holds no key
     */
    static CustomerKey read(Path file) {
        try {
            refuseOthers(file);
            byte[] content = content(file);
            byte[] key = content.length == LENGTH
                    ? content
                    : Base64.getDecoder().decode(new String(content, US_ASCII).strip());
            if (key.length == LENGTH) {
                return new CustomerKey(key);
            }
        } catch (IOException e) {
            throw UnusableSetting.ofFile(SpecKey.SSE_CUSTOMER_KEY_FILE, file, e);
        } catch (IllegalArgumentException e) {
            // no base64: the same sentence
        }
        throw new UnusableSetting("the sseCustomerKeyFile " + file + " holds no key of " + LENGTH
                + " bytes; write them there as they are, or in base64");
    }

    private static byte[] content(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(LONGEST_FILE);
        }
    }

    /** Where the file system knows owners. */
    private static void refuseOthers(Path file) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
            throw new UnusableSetting(
                    "the sseCustomerKeyFile " + file + " is not for its owner's eyes alone; chmod 600 it");
        }
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    /** What is sent with every request about an object's bytes. */
    Map<String, String> headers() {
        return Map.of(
                "x-amz-server-side-encryption-customer-algorithm",
                "AES256",
                "x-amz-server-side-encryption-customer-key",
                text,
                MD5_HEADER,
                md5);
    }

    @Override
    public String toString() {
        return "CustomerKey[***]";
    }
}
