package org.s3ds.s3;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.ReadOnlyDatastore;
import org.s3ds.datastore.SpecException;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;

/**
 * All about a store in a bucket, found right: a spec of type {@code s3ds} that was read, or what a program says itself,
 * with {@link #of} and the methods {@code with…}, or key by key with {@link #builder}.
 *
 * @param place where the blocks are
 * @param identity who we are
 * @param transport how the server is reached
 * @param objects what is sent with each object
 * @param limits how much, how often and how long
 * @param readBuckets further buckets that get, has and size look in, in this order
 * @param access who else may write there
 * @param index what may be known without asking
 * @param priceFile what requests cost, for metrics; empty for the table that comes with the store
 * @param warnings what to tell the user about the spec, a sentence each
 */
public record S3Config(
        S3Place place,
        Identity identity,
        Transport transport,
        ObjectHeaders objects,
        Limits limits,
        List<S3Config> readBuckets,
        Access access,
        IndexSettings index,
        Optional<Path> priceFile,
        List<String> warnings)
        implements StoreConfig {
    /** Checks what its parts may not say together. */
    public S3Config {
        readBuckets = List.copyOf(readBuckets);
        warnings = List.copyOf(warnings);
        if (place.endpoint().isPresent()) {
            refuse(SpecKey.DUAL_STACK, transport.dualStack());
            refuse(SpecKey.FIPS, transport.fips());
            refuse(SpecKey.ACCELERATE, transport.accelerate());
        }
        if (objects.encryption() instanceof Encryption.ByCustomer && !place.isSecure()) {
            throw WrongSetting.beside(
                    SpecKey.SSE,
                    "c",
                    "regionEndpoint begins with http://",
                    "\"c\" over https://, as the key is sent along");
        }
        if (readBuckets.stream().anyMatch(config -> !config.readBuckets().isEmpty())) {
            throw new WrongSetting(SpecKey.READ_BUCKETS, readBuckets);
        }
        checkDiffer(place, readBuckets);
    }

    /** Where a bucket comes twice, each absent key costs a request that can find nothing. */
    private static void checkDiffer(S3Place own, List<S3Config> others) {
        List<S3Place> before = new ArrayList<>(List.of(own));
        for (S3Config other : others) {
            if (before.stream().anyMatch(other.place()::isSameAs)) {
                throw WrongSetting.beside(
                        SpecKey.READ_BUCKETS,
                        others,
                        "bucket \"" + other.bucket() + "\" with rootDirectory \"" + other.rootDirectory()
                                + "\" is there already",
                        "further buckets, each once");
            }
            before.add(other.place());
        }
    }

    private static void refuse(SpecKey key, boolean isSet) {
        if (isSet) {
            throw WrongSetting.beside(key, true, "regionEndpoint is set", "for AWS's own endpoints alone");
        }
    }

    /** A bucket of AWS, with the usual credentials, and everything else as it is when a spec says nothing. */
    public static S3Config of(String bucket, String region) {
        return new S3Config(
                new S3Place(bucket, region, Optional.empty(), "", ""),
                Identity.USUAL,
                Transport.STANDARD,
                ObjectHeaders.NONE,
                Limits.STANDARD,
                List.of(),
                Access.SHARED,
                IndexSettings.STANDARD,
                Optional.empty(),
                List.of());
    }

    /** A config to be put together key by key. */
    public static S3ConfigBuilder builder(String bucket, String region) {
        return new S3ConfigBuilder(bucket, region);
    }

    /**
     * Reads a spec as go-ds-s3 does; a key that is not known is a warning.
     *
     * @throws SpecException when a field is missing or wrong
     */
    public static S3Config parse(Map<String, @Nullable Object> spec) throws SpecException {
        return S3Spec.read(spec);
    }

    /** Bucket, region and root directory: what go-ds-s3 records, which is not the type. */
    @Override
    public Map<String, Object> diskSpec() {
        return Map.of("bucket", bucket(), "region", region(), "rootDirectory", rootDirectory());
    }

    /**
     * Opens the store. Sends nothing, reads no credentials: the first request does.
     *
     * @throws SpecException when the price file is wrong
     */
    @Override
    public Datastore open(StoreContext context) throws SpecException {
        return open(context, new Governors());
    }

    /** Opens it beside others, which have the same governors. */
    Datastore open(StoreContext context, Governors governors) throws SpecException {
        Prices.check(this, context.repo());
        S3Bucket bucket = new S3Bucket(this, context, governors);
        Datastore store = new S3Datastore(this, bucket, context, governors, Claims.Watching.OTHERS);
        return readOnly() ? new ReadOnlyDatastore(refusal(store), store) : store;
    }

    /** Creates the bucket: one request, also where it is there and ours. */
    @Override
    public void createPlace(StoreContext context) throws DatastoreException {
        try (S3Probe probe = new S3Probe(this, context)) {
            probe.createBucket();
        }
    }

    /** One listing, which proves that the bucket is there and the keys are good for reading it. */
    @Override
    public List<String> prove(StoreContext context) throws DatastoreException {
        try (S3Probe probe = new S3Probe(this, context)) {
            return probe.notes();
        }
    }

    @Override
    public Optional<StoreClaims> claims() {
        return Optional.of(new S3Claims(this, Map.of()));
    }

    @Override
    public Optional<StoreDoctor> doctor() {
        return Optional.of(new S3Doctor(this, Map.of()));
    }

    private static String refusal(Datastore store) {
        return store
                + " is for reading alone, as \"access\" or \"readOnly\" in its spec says, so nothing is put or deleted"
                + " there; to allow it, say \"access\": \"shared\" instead, or \"exclusive\" if no other repo writes there";
    }

    /** The bucket's name. */
    public String bucket() {
        return place.bucket();
    }

    /** The region's name, or blank. */
    public String region() {
        return place.region();
    }

    /** The server; empty for AWS. */
    public Optional<URI> endpoint() {
        return place.endpoint();
    }

    /** What object names begin with, as the spec spells it. */
    public String rootDirectory() {
        return place.rootDirectory();
    }

    /** The keys of the spec. */
    public S3Keys keys() {
        return identity.keys();
    }

    /** Whether every write and delete is refused. */
    public boolean readOnly() {
        return access == Access.READ_ONLY;
    }

    /** Requests in flight at most. */
    public int workers() {
        return limits.workers();
    }

    /** On another server than AWS: http or https, a host, a port, a path. */
    public S3Config withEndpoint(URI server) {
        return with(new S3Place(bucket(), region(), Optional.of(server), rootDirectory(), place.placeName()));
    }

    /** With names that begin with a folder. */
    public S3Config withRootDirectory(String folder) {
        return with(new S3Place(bucket(), region(), endpoint(), folder, place.placeName()));
    }

    private S3Config with(S3Place other) {
        return new S3Config(
                other, identity, transport, objects, limits, readBuckets, access, index, priceFile, warnings);
    }

    /** With keys of one's own. */
    public S3Config withKeys(String access, String secret) {
        return with(Identity.of(new S3Keys(access, secret, "")));
    }

    /** As somebody else. */
    public S3Config with(Identity other) {
        return new S3Config(place, other, transport, objects, limits, readBuckets, access, index, priceFile, warnings);
    }

    /** Reached in another way. */
    public S3Config with(Transport other) {
        return new S3Config(place, identity, other, objects, limits, readBuckets, access, index, priceFile, warnings);
    }

    /** With other headers. */
    public S3Config with(ObjectHeaders other) {
        return new S3Config(place, identity, transport, other, limits, readBuckets, access, index, priceFile, warnings);
    }

    /** With another word on who else may write there. */
    public S3Config withAccess(Access other) {
        return new S3Config(
                place, identity, transport, objects, limits, readBuckets, other, index, priceFile, warnings);
    }

    /** With other limits. */
    public S3Config with(Limits other) {
        return new S3Config(
                place, identity, transport, objects, other, readBuckets, access, index, priceFile, warnings);
    }
}
