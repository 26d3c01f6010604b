package org.s3ds.s3.credentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.profiles.ProfileFile;

/**
 * A profile of {@code ~/.aws/config} and {@code ~/.aws/credentials}, read anew each time; what one may say is in
 * {@link Profiles}.
 *
 * @param named the profile that the spec names; blank for {@code AWS_PROFILE}, and without that {@code default}
 * @param services how AWS's services are reached
 * @param nearby how an instance's metadata is reached
 * @param region the region of services that are asked, where the profile does not say
 */
record ProfileKeys(String named, Surroundings surroundings, Web services, Web nearby, String region) implements Source {
    @Override
    public Optional<Found> find() throws IOException {
        Optional<String> wanted = named.isEmpty() ? surroundings.value("AWS_PROFILE") : Optional.of(named);
        String name = wanted.orElse("default");
        ProfileFile files = read();
        if (files.profile(name).isEmpty()) {
            if (wanted.isPresent()) {
                throw new IOException(
                        "there is no profile \"" + name + "\" in the files config and credentials of ~/.aws");
            }
            return Optional.empty();
        }
        try {
            Optional<Found> found = new Profiles(files, surroundings, services, nearby, region).find(name);
            if (found.isEmpty() && wanted.isPresent()) {
                throw new IOException("it has no keys, nor says where they are");
            }
            return found.map(keys -> keys.from(CredentialSource.PROFILE, "\"" + name + "\""));
        } catch (IOException e) {
            throw new IOException("the profile \"" + name + "\" gave no keys: " + e.getMessage(), e);
        }
    }

    private ProfileFile read() throws IOException {
        ProfileFile.Aggregator both = ProfileFile.aggregator();
        add(both, file("AWS_SHARED_CREDENTIALS_FILE", "credentials"), ProfileFile.Type.CREDENTIALS);
        add(both, file("AWS_CONFIG_FILE", "config"), ProfileFile.Type.CONFIGURATION);
        return both.build();
    }

    private Optional<Path> file(String variable, String usual) {
        return surroundings
                .value(variable)
                .map(Path::of)
                .or(() -> surroundings.awsFolder().map(folder -> folder.resolve(usual)))
                .filter(Files::exists);
    }

    private static void add(ProfileFile.Aggregator both, Optional<Path> file, ProfileFile.Type type)
            throws IOException {
        if (file.isEmpty()) {
            return;
        }
        try {
            both.addFile(ProfileFile.builder().content(file.get()).type(type).build());
        } catch (IllegalArgumentException | UncheckedIOException e) {
            // what the reader says may quote a secret
            throw new IOException("the file " + file.get() + " cannot be read as profiles of AWS; correct it");
        }
    }
}
