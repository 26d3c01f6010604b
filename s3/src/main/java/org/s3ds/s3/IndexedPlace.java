package org.s3ds.s3;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Order;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.ScanResults;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.claims.Claimant;
import org.s3ds.s3.claims.Made;
import org.s3ds.s3.index.Coverage;
import org.s3ds.s3.index.IndexMeters;
import org.s3ds.s3.index.IndexOptions;
import org.s3ds.s3.index.ObjectIndex;
import org.s3ds.s3.index.Ownership;
import org.s3ds.s3.index.Place;
import org.s3ds.s3.index.PlaceIndex;

/**
 * A place in a bucket as its index sees it.
 *
 * @param objects for questions, which somebody waits for
 * @param listings in background priority
 */
record IndexedPlace(
        S3Config config,
        S3Objects objects,
        ObjectNames names,
        BucketProof proof,
        Listings listings,
        Tenure tenure,
        Supplier<Claimant> claimant)
        implements Place {
    private static final Query ALL = Query.keys(Key.ROOT).withSizes().withOrders(List.of(Order.KEY));

    /** The index of a place, where the spec and the node let it have one. */
    ObjectIndex index(StoreContext context, String store) {
        IndexSettings settings = config.index();
        if (!settings.isOn() || context.tables().isEmpty()) {
            return ObjectIndex.none();
        }
        IndexOptions options =
                new IndexOptions(config.access() == Access.EXCLUSIVE, settings.presentFor(), settings.absentFor());
        return new PlaceIndex(
                context.tables().get(),
                Claims.nameOf(config),
                context.repo(),
                options,
                this,
                new IndexMeters(context.metrics(), store),
                InstantSource.system());
    }

    @Override
    public String inWords() {
        return config.place().inWords();
    }

    @Override
    public String whereIs(Key key) {
        return names.of(key)
                .map(name -> "the object %s/%s".formatted(config.bucket(), name))
                .orElse("the value of " + key);
    }

    @Override
    public Optional<Ownership> held() {
        return tenure.held();
    }

    @Override
    public Optional<String> standing() throws DatastoreException {
        return claimant.get().standingOwn().map(Made::session);
    }

    /** The bucket itself must have been seen, or the answer to HEAD proves nothing. */
    @Override
    public ObjectIndex.Ask ask(Key key) {
        return () -> {
            Optional<String> name = names.of(key);
            OptionalLong size = name.isPresent() ? objects.head(name.get()) : OptionalLong.empty();
            if (name.isPresent() && size.isEmpty()) {
                proof.require();
            }
            return size;
        };
    }

    @Override
    public Results all() {
        return ScanResults.inOrder(ALL, listings.of(ALL));
    }

    @Override
    public void list(List<Coverage.Span> gaps, Pages into) throws DatastoreException {
        new GapListing(listings, into).run(gaps);
    }
}
