package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.s3ds.s3.ObjectHeaders.Checksum;
import org.s3ds.s3.ObjectHeaders.PayloadSigning;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The headers that a config has on requests: who pays and who must own the bucket on all, a key of ours on those about
 * an object's bytes, the rest on puts. They are signed with the others.
 */
final class SentHeaders implements ExecutionInterceptor {
    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private final Checksum checksum;
    private final boolean isSigned;
    private final Map<Operation, Map<String, String>> byOperation = new EnumMap<>(Operation.class);

    /**
     * Reads the key's file, if there is to be one.
     *
     * @param folder where relative paths begin
     */
    SentHeaders(ObjectHeaders objects, Path folder) {
        this.checksum = objects.checksum();
        this.isSigned = objects.signing() == PayloadSigning.DIGEST;
        Map<String, String> onAll = new TreeMap<>();
        Map<String, String> aboutBytes = new TreeMap<>();
        Map<String, String> onPuts = new TreeMap<>();
        if (objects.requesterPays()) {
            onAll.put("x-amz-request-payer", "requester");
        }
        set(onAll, "x-amz-expected-bucket-owner", objects.expectedBucketOwner());
        set(onPuts, "x-amz-storage-class", objects.storageClass());
        set(onPuts, "x-amz-acl", objects.acl());
        set(onPuts, "x-amz-tagging", query(objects.tags()));
        switch (objects.encryption()) {
            case Encryption.None none -> {}
            case Encryption.ByS3 s3 -> onPuts.put("x-amz-server-side-encryption", "AES256");
            case Encryption.ByKms kms -> {
                onPuts.put("x-amz-server-side-encryption", "aws:kms");
                set(onPuts, "x-amz-server-side-encryption-aws-kms-key-id", kms.keyId());
            }
            case Encryption.ByCustomer ours ->
                aboutBytes.putAll(
                        CustomerKey.read(folder.resolve(ours.keyFile())).headers());
        }
        for (Operation operation : Operation.values()) {
            byOperation.put(operation, chosen(operation, onAll, aboutBytes, onPuts));
        }
    }

    private static Map<String, String> chosen(
            Operation operation,
            Map<String, String> onAll,
            Map<String, String> aboutBytes,
            Map<String, String> onPuts) {
        Map<String, String> chosen = new TreeMap<>();
        if (operation != Operation.CREATE_BUCKET) {
            chosen.putAll(onAll);
        }
        if (operation == Operation.PUT || operation == Operation.GET || operation == Operation.HEAD) {
            chosen.putAll(aboutBytes);
        }
        if (operation == Operation.PUT) {
            chosen.putAll(onPuts);
        }
        return chosen;
    }

    private static void set(Map<String, String> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
    }

    /** Tags as a header has them. */
    private static String query(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /** Whether there is anything to send. */
    boolean areAny() {
        return byOperation.values().stream().anyMatch(headers -> !headers.isEmpty());
    }

    /** Those on a kind of request. */
    Map<String, String> on(Operation operation) {
        return byOperation.getOrDefault(operation, Map.of());
    }

    /**
     * What a put's headers say of its bytes: their hash, which the signature covers, or that it does not; and a
     * checksum.
     */
    Map<String, String> ofPayload(byte[] bytes, String sha256Hex) {
        String hash = isSigned ? sha256Hex : UNSIGNED;
        return switch (checksum) {
            case NONE -> Map.of(DigestSigner.PAYLOAD_HASH, hash);
            case MD5 -> Map.of(DigestSigner.PAYLOAD_HASH, hash, "Content-MD5", base64(md5(bytes)));
            case SHA256 ->
                Map.of(
                        DigestSigner.PAYLOAD_HASH,
                        hash,
                        "x-amz-checksum-sha256",
                        base64(HexFormat.of().parseHex(sha256Hex)));
        };
    }

    private static String base64(byte[] hash) {
        return Base64.getEncoder().encodeToString(hash);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        Operation operation = Operation.of(attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
        SdkHttpRequest.Builder request = context.httpRequest().toBuilder();
        on(operation).forEach(request::putHeader);
        return request.build();
    }
}
