package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Setting;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.datastore.StoreType;
import org.s3ds.embedded.EmbeddedS3;

/**
 * {@code s3ds-embedded}: an S3 store with its own server inside this process, whose bucket is a folder of the repo. For
 * trying out. Has a name of its own so that Kubo answers "unknown datastore type" instead of going to AWS.
 *
 * @param others the other types there are; the one named {@code s3ds} speaks to the server
 */
record EmbeddedStoreType(List<StoreType> others) implements StoreType {
    static final String NAME = "s3ds-embedded";

    /** The only bucket of the server. */
    static final String BUCKET = "blocks";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StoreType among(List<StoreType> all) {
        return new EmbeddedStoreType(all);
    }

    @Override
    public StoreConfig parse(Map<String, @Nullable Object> spec) throws SpecException {
        if (!(spec.get("path") instanceof String path)) {
            throw new SpecException("'path' field is missing or not string");
        }
        List<String> unknown = spec.keySet().stream()
                .filter(key -> !key.equals("path") && !key.equals("type"))
                .map(key -> "%s: \"%s\" is not a key of it and is ignored; it has only \"path\"".formatted(NAME, key))
                .toList();
        return new Config(Stores.named(Stores.S3, others), path, unknown);
    }

    private record Config(StoreType s3, String path, List<String> warnings) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return Map.of("type", NAME, "path", path);
        }

        @Override
        public Datastore open(StoreContext context) {
            String name = NAME + "(" + context.repo().resolve(path) + ")";
            return new DeferredDatastore(name, () -> {
                EmbeddedS3 server = start(context);
                return new DeferredDatastore.Opened(client(server).open(context.withoutTables()), server::close);
            });
        }

        private EmbeddedS3 start(StoreContext context) throws DatastoreException {
            Path folder = context.repo().resolve(path);
            try {
                Files.createDirectories(folder.resolve(BUCKET));
                return EmbeddedS3.start(folder);
            } catch (IOException e) {
                throw failed(e);
            }
        }

        private static DatastoreException failed(IOException cause) {
            return new DatastoreException(NAME + ": " + Failures.sentence(cause), cause);
        }

        private StoreConfig client(EmbeddedS3 server) throws SpecException {
            return s3.parse(spec(server));
        }

        @Override
        public Optional<StoreDoctor> doctor() {
            return Optional.of(new Doctor(this));
        }

        private static Map<String, @Nullable Object> spec(EmbeddedS3 server) {
            return Map.of(
                    "type",
                    "s3ds",
                    "region",
                    "us-east-1",
                    "bucket",
                    BUCKET,
                    "regionEndpoint",
                    server.endpoint().toString(),
                    "accessKey",
                    server.accessKey(),
                    "secretKey",
                    server.secretKey());
        }
    }

    /** Examines the server, which it starts for that. */
    private record Doctor(Config config) implements StoreDoctor {
        @Override
        public String place() {
            return NAME + " in " + config.path();
        }

        @Override
        public List<Setting> settings(Map<String, String> environment) {
            return List.of(new Setting("path", config.path(), "spec"));
        }

        @Override
        public void examine(StoreContext context, Consumer<Finding> listener) throws DatastoreException {
            try (EmbeddedS3 server = config.start(context)) {
                Optional<StoreDoctor> doctor = config.client(server).doctor();
                if (doctor.isPresent()) {
                    // nobody else gets at the place, whatever the spec made for the server says
                    doctor.get().examine(context, finding -> {
                        if (!finding.check().equals("access")) {
                            listener.accept(finding);
                        }
                    });
                }
            } catch (DatastoreException e) {
                throw e;
            } catch (IOException e) {
                throw Config.failed(e);
            }
        }
    }
}
