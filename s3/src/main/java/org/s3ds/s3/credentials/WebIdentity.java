package org.s3ds.s3.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A role taken on with the token in a file, as in Kubernetes: the file is read anew each time. */
record WebIdentity(Surroundings surroundings, Sts sts) implements Source {
    @Override
    public Optional<Found> find() throws IOException {
        Optional<String> file = surroundings.value("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = surroundings.value("AWS_ROLE_ARN");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        if (role.isEmpty()) {
            throw new IOException("AWS_WEB_IDENTITY_TOKEN_FILE is set in the environment, but not the role that the"
                    + " token is for; set AWS_ROLE_ARN, or neither");
        }
        String session = surroundings.value("AWS_ROLE_SESSION_NAME").orElse(Sts.SESSION);
        return Optional.of(found(sts, Path.of(file.get()), new Sts.Role(role.get(), session, "", Optional.empty()))
                .from(CredentialSource.WEB_IDENTITY, "role " + role.get()));
    }

    static Found found(Sts sts, Path file, Sts.Role role) throws IOException {
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException(
                    "the web identity token's file " + file + " cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        return sts.withWebIdentity(role, token);
    }
}
