package org.s3ds.s3.credentials;

import java.io.IOException;
import java.util.Optional;

/** The keys of the environment variables. */
record EnvironmentKeys(Surroundings surroundings) implements Source {
    @Override
    public Optional<Found> find() throws IOException {
        Optional<String> access = surroundings.value("AWS_ACCESS_KEY_ID");
        Optional<String> secret = surroundings.value("AWS_SECRET_ACCESS_KEY");
        if (access.isEmpty() && secret.isEmpty()) {
            return Optional.empty();
        }
        if (access.isEmpty() || secret.isEmpty()) {
            throw new IOException("only one of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY is set in the environment;"
                    + " set both, or neither");
        }
        String token = surroundings.value("AWS_SESSION_TOKEN").orElse("");
        return Optional.of(
                Found.of(access.get(), secret.get(), token, Optional.empty()).from(CredentialSource.ENVIRONMENT, ""));
    }
}
