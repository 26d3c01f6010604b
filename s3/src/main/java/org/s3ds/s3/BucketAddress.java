package org.s3ds.s3;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoints.AwsEndpointAttribute;
import software.amazon.awssdk.awscore.endpoints.authscheme.EndpointAuthScheme;
import software.amazon.awssdk.awscore.endpoints.authscheme.SigV4AuthScheme;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.endpoints.Endpoint;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/**
 * Where a bucket's objects are, as the SDK's own rules say, asked once for all of them.
 *
 * @param url what stands before each object's name, without a slash at the end
 * @param region the region that requests are signed for
 * @param service the service that they are signed for
 */
record BucketAddress(URI url, String region, String service) {
    private static final String UNRESERVED = "-._~/";

    /**
     * The address of a config's bucket.
     *
     * @param inRegion where the bucket is, not blank
     * @throws SdkClientException when there is none, or none that Signature Version 4 is for
     */
    static BucketAddress of(S3Config config, String inRegion) {
        Transport transport = config.transport();
        Endpoint endpoint = S3EndpointProvider.defaultProvider()
                .resolveEndpoint(at -> at.bucket(config.bucket())
                        .region(Region.of(inRegion))
                        .endpoint(config.endpoint().map(URI::toString).orElse(null))
                        .forcePathStyle(transport.isPathStyle(config.endpoint().isPresent()))
                        .useDualStack(transport.dualStack())
                        .useFips(transport.fips())
                        .accelerate(transport.accelerate())
                        .disableS3ExpressSessionAuth(true))
                .join();
        SigV4AuthScheme scheme = scheme(endpoint, config);
        return new BucketAddress(
                URI.create(endpoint.endpointUrl().toUri().toString().replaceFirst("/$", "")),
                or(scheme.signingRegion(), inRegion),
                or(scheme.signingName(), "s3"));
    }

    private static SigV4AuthScheme scheme(Endpoint endpoint, S3Config config) {
        List<EndpointAuthScheme> schemes = endpoint.attribute(AwsEndpointAttribute.AUTH_SCHEMES);
        for (EndpointAuthScheme scheme : schemes == null ? List.<EndpointAuthScheme>of() : schemes) {
            if (scheme instanceof SigV4AuthScheme usual) {
                return usual;
            }
        }
        throw SdkClientException.create("bucket \"" + config.bucket()
                + "\" is of a kind whose requests are not signed with Signature Version 4, the only one there is here");
    }

    private static String or(@Nullable String text, String otherwise) {
        return text == null ? otherwise : text;
    }

    /** A request for an object, without headers. */
    SdkHttpRequest.Builder request(SdkHttpMethod method, String name) {
        return withPath(method, url.getRawPath() + "/" + encoded(name));
    }

    /** A request for a page of names, without headers; what the words mean, {@link S3Bucket#list} says. */
    SdkHttpRequest.Builder listing(String prefix, String after, Optional<String> token, int most) {
        SdkHttpRequest.Builder request = withPath(
                        SdkHttpMethod.GET, url.getRawPath().isEmpty() ? "/" : url.getRawPath())
                .putRawQueryParameter("list-type", "2")
                .putRawQueryParameter("max-keys", String.valueOf(most));
        if (!prefix.isEmpty()) {
            request.putRawQueryParameter("prefix", prefix);
        }
        // of the two some servers obey the token and some the name
        if (token.isPresent()) {
            request.putRawQueryParameter("continuation-token", token.get());
        } else if (!after.isEmpty()) {
            request.putRawQueryParameter("start-after", after);
        }
        return request;
    }

    private SdkHttpRequest.Builder withPath(SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder()
                .method(method)
                .protocol(url.getScheme())
                .host(url.getHost())
                .port(url.getPort() < 0 ? null : url.getPort())
                .encodedPath(path);
    }

    /** As S3 wants names in a path: all but letters, digits, {@code -._~} and the slash by their bytes. */
    static String encoded(String name) {
        if (name.chars().allMatch(BucketAddress::isPlain)) {
            return name;
        }
        StringBuilder text = new StringBuilder();
        for (byte value : name.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(value)) {
                text.append((char) value);
            } else {
                text.append(String.format("%%%02X", value));
            }
        }
        return text.toString();
    }

    private static boolean isPlain(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || UNRESERVED.indexOf(letter) >= 0;
    }
}
