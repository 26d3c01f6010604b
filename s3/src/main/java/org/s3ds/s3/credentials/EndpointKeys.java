package org.s3ds.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server that hands out temporary keys in JSON: the one that the spec names, else the one that a container's
 * environment names.
 *
 * @param named the spec's {@code credentialsEndpoint}; empty for none
 * @param host what {@code AWS_CONTAINER_CREDENTIALS_RELATIVE_URI} is relative to
 */
record EndpointKeys(Optional<URI> named, String host, Surroundings surroundings, Web web) implements Source {
    private static final String ECS = "http://169.254.170.2";
    private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
    private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
    private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    private static final Set<String> NEARBY =
            Set.of("localhost", "127.0.0.1", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

    EndpointKeys(Optional<URI> named, Surroundings surroundings, Web web) {
        this(named, ECS, surroundings, web);
    }

    @Override
    public Optional<Found> find() throws IOException {
        Optional<URI> place = named.isPresent() ? named : ofContainer();
        if (place.isEmpty()) {
            return Optional.empty();
        }
        URI uri = place.get();
        Optional<String> token = named.isPresent() ? Optional.empty() : token();
        try {
            Web.Answer answer = web.get(
                    uri, token.map(text -> Map.of("Authorization", text)).orElse(Map.of()));
            if (answer.status() != 200) {
                throw new IOException("it answers with status " + answer.status());
            }
            return Optional.of(JsonKeys.parse(answer.body(), "Token").from(CredentialSource.CONTAINER, shown(uri)));
        } catch (IOException e) {
            String name = named.isPresent() ? "credentialsEndpoint " : "the container's credentials endpoint ";
            throw new IOException(name + shown(uri) + " gave no keys: " + e.getMessage(), e);
        }
    }

    private Optional<URI> ofContainer() throws IOException {
        Optional<String> relative = surroundings.value(RELATIVE);
        if (relative.isPresent()) {
            return Optional.of(ofPath(relative.get()));
        }
        Optional<URI> full = surroundings.address(FULL);
        if (full.isPresent()
                && !"https".equalsIgnoreCase(full.get().getScheme())
                && !NEARBY.contains(full.get().getHost())) {
            throw new IOException(FULL + " is " + shown(full.get())
                    + ", which is neither https nor on this machine; the keys could be read on the way");
        }
        return full;
    }

    private URI ofPath(String path) throws IOException {
        try {
            return new URI(host + path);
        } catch (URISyntaxException e) {
            throw new IOException(
                    RELATIVE + " of the environment is \"" + path + "\"; allowed: a path, such as /v2/credentials", e);
        }
    }

    private Optional<String> token() throws IOException {
        Optional<String> file = surroundings.value(TOKEN_FILE);
        if (file.isEmpty()) {
            return surroundings.value("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        }
        try {
            return Optional.of(Files.readString(Path.of(file.get())).strip());
        } catch (IOException e) {
            throw new IOException(
                    "the file " + file.get() + " of " + TOKEN_FILE + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** Without a user's name and password. */
    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath();
    }
}
