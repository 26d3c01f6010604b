package org.s3ds.s3.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * Profiles, and what each may say of keys: a role assumed with those of another profile or source, or with a web
 * identity; a login by SSO; keys that stand there; a program that prints them. The first of these counts.
 */
final class Profiles {
    private final ProfileFile files;
    private final Surroundings surroundings;
    private final Web services;
    private final Web nearby;
    private final String region;
    private final Set<String> asked = new HashSet<>();

    Profiles(ProfileFile files, Surroundings surroundings, Web services, Web nearby, String region) {
        this.files = files;
        this.surroundings = surroundings;
        this.services = services;
        this.nearby = nearby;
        this.region = region;
    }

    /** The keys of a profile; empty when it has none, nor says where they are. */
    Optional<Found> find(String name) throws IOException {
        Profile profile =
                files.profile(name).orElseThrow(() -> new IOException("there is no profile \"" + name + "\""));
        // a role may be assumed with the keys that stand beside it
        boolean isAskedAgain = !asked.add(name);
        Optional<String> role = isAskedAgain ? Optional.empty() : profile.property("role_arn");
        if (role.isPresent()) {
            return Optional.of(ofRole(profile, role.get()));
        }
        if (isAskedAgain && profile.property("aws_access_key_id").isEmpty()) {
            throw new IOException("its source_profile leads back to itself, and \"" + name + "\" has no keys");
        }
        if (profile.property("sso_session").isPresent()
                || profile.property("sso_start_url").isPresent()) {
            return Optional.of(new SsoKeys(files, profile, surroundings, services).find());
        }
        Optional<Found> standing = standing(profile);
        return standing.isPresent() ? standing : ofProcess(profile);
    }

    private static Optional<Found> standing(Profile profile) throws IOException {
        Optional<String> access = profile.property("aws_access_key_id");
        Optional<String> secret = profile.property("aws_secret_access_key");
        if (access.isEmpty() && secret.isEmpty()) {
            return Optional.empty();
        }
        if (access.isEmpty() || secret.isEmpty()) {
            throw new IOException("it has only one of aws_access_key_id and aws_secret_access_key");
        }
        String token = profile.property("aws_session_token").orElse("");
        return Optional.of(Found.of(access.get(), secret.get(), token, Optional.empty()));
    }

    private Optional<Found> ofProcess(Profile profile) throws IOException {
        Optional<String> command = profile.property("credential_process");
        return command.isEmpty() ? Optional.empty() : Optional.of(new KeyProcess(command.get(), surroundings).run());
    }

    private Found ofRole(Profile profile, String arn) throws IOException {
        if (profile.property("mfa_serial").isPresent()) {
            throw new IOException("its role wants a code of mfa_serial, which nobody can give here;"
                    + " use a profile without, or session keys made with it");
        }
        Sts sts = new Sts(services, surroundings, profile.property("region").orElse(region));
        Sts.Role role = new Sts.Role(
                arn,
                profile.property("role_session_name").orElse(Sts.SESSION),
                profile.property("external_id").orElse(""),
                profile.property("duration_seconds"));
        Optional<String> token = profile.property("web_identity_token_file");
        return token.isPresent()
                ? WebIdentity.found(sts, Path.of(token.get()), role)
                : sts.assume(role, base(profile).keys());
    }

    /** Whose keys a role is assumed with. */
    private Found base(Profile profile) throws IOException {
        Optional<String> other = profile.property("source_profile");
        if (other.isPresent()) {
            return find(other.get())
                    .orElseThrow(() -> new IOException("its source_profile \"" + other.get() + "\" has no keys"));
        }
        String source = profile.property("credential_source")
                .orElseThrow(() -> new IOException(
                        "it names a role, but none of source_profile, credential_source and web_identity_token_file"));
        Source place = switch (source) {
            case "Environment" -> new EnvironmentKeys(surroundings);
            case "EcsContainer" -> new EndpointKeys(Optional.empty(), surroundings, nearby);
            case "Ec2InstanceMetadata" -> new InstanceKeys(surroundings, nearby);
            default ->
                throw new IOException("its credential_source is \"" + source
                        + "\"; allowed: Environment, EcsContainer, Ec2InstanceMetadata");
        };
        return place.find().orElseThrow(() -> new IOException("its credential_source " + source + " has no keys"));
    }
}
