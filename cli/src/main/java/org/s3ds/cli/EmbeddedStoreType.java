package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreType;
import org.s3ds.embedded.EmbeddedS3;

/**
 * {@code s3ds-embedded}: an S3 store with its own server inside this process, whose bucket is a folder of the repo. For
 * trying out. Has a name of its own so that Kubo answers "unknown datastore type" instead of going to AWS.
 *
 * @param s3 the store type that speaks to the server
 */
record EmbeddedStoreType(StoreType s3) implements StoreType {
    static final String NAME = "s3ds-embedded";

    /** The only bucket of the server. */
    static final String BUCKET = "blocks";

    @Override
    public String name() {
        return NAME;
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
        return new Config(s3, path, unknown);
    }

    private record Config(StoreType s3, String path, List<String> warnings) implements StoreConfig {
        @Override
        public Map<String, Object> diskSpec() {
            return Map.of("type", NAME, "path", path);
        }

        @Override
        public Datastore open(StoreContext context) {
            Path folder = context.repo().resolve(path);
            return new DeferredDatastore(NAME + "(" + folder + ")", () -> start(folder, context));
        }

        private DeferredDatastore.Opened start(Path folder, StoreContext context) throws DatastoreException {
            try {
                Files.createDirectories(folder.resolve(BUCKET));
                EmbeddedS3 server = EmbeddedS3.start(folder);
                return new DeferredDatastore.Opened(s3.parse(spec(server)).open(context), server::close);
            } catch (DatastoreException e) {
                throw e;
            } catch (IOException e) {
                throw new DatastoreException(NAME + ": " + Failures.sentence(e), e);
            }
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
}
