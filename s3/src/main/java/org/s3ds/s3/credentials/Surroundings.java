package org.s3ds.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * The environment variables of the process, what follows from them, and the time.
 *
 * @param variables their names and values
 */
record Surroundings(Map<String, String> variables, Clock clock) {
    Surroundings {
        variables = Map.copyOf(variables);
    }

    /** A variable's value; empty when it is not set, or blank. */
    Optional<String> value(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * A server's address that a variable holds; empty when it is not set, or blank.
     *
     * @throws IOException when it holds anything else; a user's name and password are not shown
     */
    Optional<URI> address(String name) throws IOException {
        Optional<String> text = value(name);
        Optional<URI> address = text.flatMap(Surroundings::server);
        if (text.isPresent() && address.isEmpty()) {
            throw new IOException(
                    name + " of the environment is \"" + text.get().replaceFirst("//.*@", "//***@")
                            + "\"; allowed: http:// or https://, a host, a port, a path");
        }
        return address;
    }

    private static Optional<URI> server(String text) {
        try {
            URI uri = new URI(text);
            boolean isServer =
                    uri.getHost() != null && String.valueOf(uri.getScheme()).matches("(?i)https?");
            return isServer ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The folder {@code .aws} of the user; empty when nobody says where home is. */
    Optional<Path> awsFolder() {
        return value("HOME").or(() -> value("USERPROFILE")).map(home -> Path.of(home, ".aws"));
    }

    /** The region of calls to AWS's other services. */
    Optional<String> region() {
        return value("AWS_REGION").or(() -> value("AWS_DEFAULT_REGION"));
    }
}
