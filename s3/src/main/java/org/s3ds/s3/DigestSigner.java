package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * AWS Signature Version 4 for requests whose payload hash is known: those that come with a header
 * {@code x-amz-content-sha256}. The SDK's own signer would hash the payload again, and put its result over ours. It
 * signs every other request, at the same time as ours.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4</a>
 */
final class DigestSigner implements AwsV4HttpSigner {
    /** The header with the payload's SHA-256, in hex. */
    static final String PAYLOAD_HASH = "x-amz-content-sha256";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DAY_LENGTH = 8;
    /** Headers that proxies and HTTP clients change or add on the way. */
    private static final List<String> UNSIGNED =
            List.of("authorization", "connection", "expect", "transfer-encoding", "user-agent", "x-amzn-trace-id");

    private final AwsV4HttpSigner others = AwsV4HttpSigner.create();
    private final Clock clock;

    DigestSigner(Clock clock) {
        this.clock = clock;
    }

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
        boolean isAnonymous = request.identity().accessKeyId() == null;
        if (isAnonymous || request.request().firstMatchingHeader(PAYLOAD_HASH).isEmpty()) {
            return others.sign(request.copy(r -> r.putProperty(HttpSigner.SIGNING_CLOCK, clock)));
        }
        SdkHttpRequest signed = sign(
                request.request(),
                request.identity(),
                request.requireProperty(REGION_NAME),
                request.requireProperty(SERVICE_SIGNING_NAME));
        return SignedRequest.builder()
                .request(signed)
                .payload(request.payload().orElse(null))
                .build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
        return others.signAsync(request);
    }

    /**
     * A request with its signature, which has {@link #PAYLOAD_HASH} among its headers.
     *
     * @param keys what signs it; anonymous ones do not
     */
    SdkHttpRequest sign(SdkHttpRequest request, AwsCredentialsIdentity keys, String region, String service) {
        if (keys.accessKeyId() == null) {
            return request;
        }
        String time = TIME.format(Instant.now(clock));
        List<String> scope = List.of(time.substring(0, DAY_LENGTH), region, service, "aws4_request");

        SdkHttpRequest.Builder dated =
                request.toBuilder().putHeader("Host", host(request)).putHeader("X-Amz-Date", time);
        if (keys instanceof AwsSessionCredentialsIdentity session) {
            dated.putHeader("X-Amz-Security-Token", session.sessionToken());
        }
        SortedMap<String, String> headers = signedHeaders(dated.build());
        String signature = signature(keys, scope, time, canonical(dated.build(), headers));
        return dated.putHeader(
                        "Authorization",
                        ALGORITHM + " Credential=" + keys.accessKeyId() + "/" + String.join("/", scope)
                                + ", SignedHeaders=" + String.join(";", headers.keySet()) + ", Signature=" + signature)
                .build();
    }

    private static String host(SdkHttpRequest request) {
        int usual = request.protocol().equals("https") ? 443 : 80;
        return request.port() == usual ? request.host() : request.host() + ":" + request.port();
    }

    private static SortedMap<String, String> signedHeaders(SdkHttpRequest request) {
        SortedMap<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!UNSIGNED.contains(lower)) {
                headers.put(
                        lower,
                        String.join(
                                ",",
                                values.stream()
                                        .map(value -> value.strip().replaceAll(" +", " "))
                                        .toList()));
            }
        });
        return headers;
    }

    private static String canonical(SdkHttpRequest request, SortedMap<String, String> headers) {
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append('\n');
        text.append(request.encodedPath().isEmpty() ? "/" : request.encodedPath())
                .append('\n');
        text.append(canonicalQuery(request)).append('\n');
        headers.forEach(
                (name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append('\n').append(String.join(";", headers.keySet())).append('\n');
        return text.append(headers.get(PAYLOAD_HASH)).toString();
    }

    private static String canonicalQuery(SdkHttpRequest request) {
        List<String> pairs = List.of(request.encodedQueryParameters().orElse("").split("&"));
        return String.join(
                "&",
                pairs.stream()
                        .map(pair -> pair.isEmpty() || pair.contains("=") ? pair : pair + "=")
                        .sorted()
                        .toList());
    }

    private static String signature(AwsCredentialsIdentity keys, List<String> scope, String time, String canonical) {
        byte[] key = ("AWS4" + keys.secretAccessKey()).getBytes(UTF_8);
        for (String part : scope) {
            key = hmac(key, part);
        }
        String toSign =
                String.join("\n", ALGORITHM, time, String.join("/", scope), sha256Hex(canonical.getBytes(UTF_8)));
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The SHA-256 of some bytes, as {@link #PAYLOAD_HASH} wants it. */
    static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
