package org.s3ds.s3;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Setting;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;

/**
 * Examines the bucket of a store.
 *
 * @param config the store
 * @param spec what the config was read from; empty for one that a program made, which has no settings to show
 */
record S3Doctor(S3Config config, Map<String, @Nullable Object> spec) implements StoreDoctor {
    @Override
    public String place() {
        String root = config.rootDirectory();
        return config.bucket() + (root.isEmpty() ? "" : "/" + root) + " at " + config.place();
    }

    @Override
    public List<Setting> settings(Map<String, String> environment) {
        return spec.isEmpty() ? List.of() : SpecSettings.of(spec, environment);
    }

    @Override
    public void examine(StoreContext context, Consumer<Finding> listener) {
        try (Examination examination = new Examination(config, context, listener)) {
            examination.examine();
        }
    }

    @Override
    public OptionalDouble putsPerSecond(StoreContext context, int size) throws DatastoreException {
        try (Examination examination = new Examination(config, context, _ -> {})) {
            return OptionalDouble.of(examination.putsPerSecond(size));
        }
    }

    @Override
    public Optional<Mark> mark(StoreContext context) throws DatastoreException {
        Examination examination = new Examination(config, context, _ -> {});
        try {
            return Optional.of(new Left(examination, examination.mark()));
        } catch (DatastoreException | RuntimeException e) {
            try (examination) {
                throw e;
            }
        }
    }

    /** An object in the scratch folder of an examination. */
    private record Left(Examination examination, Key key) implements Mark {
        @Override
        public void close() {
            examination.close();
        }
    }

    @Override
    public Optional<RequestPrices> prices(StoreContext context) {
        return Prices.now(config, context.repo())
                .map(known ->
                        new RequestPrices(known.of(Operation.PUT), known.of(Operation.GET), known.of(Operation.LIST)));
    }

    /** An IAM policy. */
    @Override
    public Optional<String> policy() {
        return Optional.of(IamPolicy.of(config));
    }
}
