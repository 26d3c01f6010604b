package org.s3ds.s3;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.s3ds.datastore.Key;

/**
 * Where blocks are.
 *
 * @param bucket the bucket's name
 * @param region the region's name; may be empty, then the environment says it, or {@code us-east-1} does when there is
 *     an endpoint
 * @param endpoint the server, http or https, with a path if it has one; empty for AWS in the region
 * @param rootDirectory what object names begin with, as the spec spells it; empty for nothing
 * @param placeName what tells it from a place of the same bucket and root directory at another server, in what a repo
 *     remembers; blank for nothing
 */
public record S3Place(String bucket, String region, Optional<URI> endpoint, String rootDirectory, String placeName) {
    /** Checks what no spec may say. */
    public S3Place {
        endpoint = endpoint.map(S3Place::checked);
        if (!region.chars().allMatch(letter -> letter > ' ' && letter != '/')) {
            throw new WrongSetting(
                    SpecKey.REGION, region, "a region's name, without spaces or \"/\"; a server is regionEndpoint");
        }
        if (!isName(bucket)) {
            throw new WrongSetting(
                    SpecKey.BUCKET,
                    bucket,
                    "a bucket's name, without spaces or \"/\"; a folder in it is rootDirectory");
        }
        if (climbs(rootDirectory)) {
            throw new WrongSetting(SpecKey.ROOT_DIRECTORY, rootDirectory);
        }
    }

    private static URI checked(URI endpoint) {
        return Address.parse(endpoint.toString())
                .filter(server ->
                        endpoint.getScheme() != null && server.getRawUserInfo() == null && server.getRawQuery() == null)
                .orElseThrow(() -> WrongSetting.address(SpecKey.REGION_ENDPOINT, endpoint.toString()));
    }

    /** Whether it may be one to some server: AWS's own rules are stricter. An ARN has slashes. */
    private static boolean isName(String bucket) {
        return !bucket.isEmpty()
                && bucket.chars().allMatch(letter -> letter > ' ')
                && (bucket.indexOf('/') < 0 || bucket.startsWith("arn:"));
    }

    /** Whether requests go over TLS. */
    boolean isSecure() {
        return endpoint.map(URI::getScheme).orElse("https").equals("https");
    }

    /** Whether both name the same objects. */
    boolean isSameAs(S3Place other) {
        return bucket.equals(other.bucket)
                && endpoint.equals(other.endpoint)
                && new ObjectNames(rootDirectory)
                        .below(Key.ROOT)
                        .equals(new ObjectNames(other.rootDirectory).below(Key.ROOT));
    }

    /** What names begin with, cleaned: empty, or ends with a slash. */
    String folder() {
        return new ObjectNames(rootDirectory).below(Key.ROOT);
    }

    /** For messages: folder, bucket and server. */
    String inWords() {
        String where = "the bucket \"" + bucket + "\" at " + this;
        return folder().isEmpty() ? where : "\"" + folder() + "\" in " + where;
    }

    static boolean climbs(String rootDirectory) {
        return Arrays.asList(rootDirectory.split("/", -1)).contains("..");
    }

    /** For messages. */
    @Override
    public String toString() {
        return endpoint.map(URI::toString).orElseGet(() -> "AWS S3 in region \"" + region + "\"");
    }
}
