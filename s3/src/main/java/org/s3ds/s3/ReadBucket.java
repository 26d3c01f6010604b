package org.s3ds.s3;

import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.StoreContext;

/** A further bucket to read from: what it has may be had, and nothing is ever written to it or listed in it. */
final class ReadBucket implements AutoCloseable {
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final ObjectNames names;
    private final BucketProof proof;

    ReadBucket(S3Config config, StoreContext context, Governors governors) {
        this.bucket = new S3Bucket(config, context, governors);
        this.objects = new S3Objects(bucket);
        this.names = new ObjectNames(config.rootDirectory());
        this.proof = new BucketProof(bucket, names.below(Key.ROOT));
    }

    private ReadBucket(ReadBucket shared) {
        this.bucket = shared.bucket.inBackground();
        this.objects = shared.objects.in(bucket);
        this.names = shared.names;
        this.proof = shared.proof;
    }

    /** This bucket, for requests that make way for those of others. */
    ReadBucket inBackground() {
        return new ReadBucket(this);
    }

    /** The value of a key; empty when it is absent here. */
    Optional<byte[]> get(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        return name.isPresent() ? objects.get(name.get()) : Optional.empty();
    }

    /** The length of a value, in bytes; empty when the key is absent here. */
    OptionalLong size(Key key) throws DatastoreException {
        Optional<String> name = names.of(key);
        OptionalLong size = name.isPresent() ? objects.head(name.get()) : OptionalLong.empty();
        if (size.isEmpty()) {
            proof.require();
        }
        return size;
    }

    @Override
    public void close() {
        bucket.close();
    }
}
