package org.s3ds.s3;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where blocks are.
 *
 * @param bucket the bucket's name
 * @param region the region's name; may be empty, then the environment says it, or {@code us-east-1} does when there is
 *     an endpoint
 * @param endpoint the server, http or https, with a path if it has one; empty for AWS in the region
 * @param rootDirectory what object names begin with, as the spec spells it; empty for nothing
 */
public record S3Place(String bucket, String region, Optional<URI> endpoint, String rootDirectory) {
    /** Checks what no spec may say. */
    public S3Place {
        endpoint.ifPresent(S3Place::check);
        if (climbs(rootDirectory)) {
            throw new WrongSetting(SpecKey.ROOT_DIRECTORY, rootDirectory);
        }
    }

    private static void check(URI endpoint) {
        if (Address.parse(endpoint.toString()).isEmpty()
                || endpoint.getScheme() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null) {
            throw new WrongSetting(SpecKey.REGION_ENDPOINT, endpoint.toString());
        }
    }

    /** Whether requests go over TLS. */
    boolean isSecure() {
        return endpoint.map(URI::getScheme).orElse("https").equals("https");
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
