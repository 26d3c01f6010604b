package org.s3ds.s3.credentials;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Where to look for keys, and as whom to act with them.
 *
 * @param access the access key of the spec; blank to look elsewhere
 * @param secret its secret
 * @param session its session token; blank for none
 * @param profile the profile to use; blank for the usual
 * @param roleArn the role to assume with what was found; blank for none
 * @param externalId what its owner wants to hear; blank for nothing
 * @param endpoint a server that hands out keys; empty for none
 * @param anonymous whether finding none means to go unsigned
 * @param region the region of services that are asked; blank for the environment's
 * @param environment the environment variables of the process
 * @param services makes clients for AWS's services, which go through the proxy if there is one
 */
public record Search(
        String access,
        String secret,
        String session,
        String profile,
        String roleArn,
        String externalId,
        Optional<URI> endpoint,
        boolean anonymous,
        String region,
        Map<String, String> environment,
        Supplier<SdkHttpClient> services) {
    /** Whether the spec itself has keys. */
    boolean hasKeys() {
        return !access.isEmpty() && !secret.isEmpty();
    }

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Search[" + (hasKeys() ? "keys given" : "profile=" + profile) + ", roleArn=" + roleArn + "]";
    }
}
