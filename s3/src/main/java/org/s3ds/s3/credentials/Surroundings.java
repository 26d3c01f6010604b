package org.s3ds.s3.credentials;

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

    /** The folder {@code .aws} of the user; empty when nobody says where home is. */
    Optional<Path> awsFolder() {
        return value("HOME").or(() -> value("USERPROFILE")).map(home -> Path.of(home, ".aws"));
    }

    /** The region of calls to AWS's other services. */
    Optional<String> region() {
        return value("AWS_REGION").or(() -> value("AWS_DEFAULT_REGION"));
    }
}
