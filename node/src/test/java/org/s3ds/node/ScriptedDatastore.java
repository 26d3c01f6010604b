package org.s3ds.node;

import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.Checksums;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.datastore.Sha256;
import org.s3ds.ipld.HashFunction;

/**
 * A store that tells a script of every call before it is made; the script may throw. Closing it keeps what it holds.
 */
public class ScriptedDatastore implements Datastore {
    /** What happens before a call. */
    @FunctionalInterface
    public interface Script {
        void before(String call, Key key) throws DatastoreException;
    }

    private final Datastore child;
    private final Script script;
    private final boolean keepsChecksums;

    public ScriptedDatastore(Datastore child, Script script) {
        this(child, script, false);
    }

    /** @param keepsChecksums whether it knows the checksum of each value, as if it came with it */
    public ScriptedDatastore(Datastore child, Script script, boolean keepsChecksums) {
        this.child = child;
        this.script = script;
        this.keepsChecksums = keepsChecksums;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        script.before("get", key);
        return child.get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        script.before("has", key);
        return child.has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        script.before("size", key);
        return child.size(key);
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        script.before("sha256", key);
        return keepsChecksums
                ? child.get(key).map(HashFunction.SHA2_256::hash).map(hash -> Sha256.of(hash.digest()))
                : Optional.empty();
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return keepsChecksums ? Checksums.EACH : Checksums.PERHAPS;
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        script.before("put", key);
        child.put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        script.before("delete", key);
        child.delete(key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        script.before("query", query.prefix());
        return child.query(query);
    }

    @Override
    public Batch batch() throws DatastoreException {
        script.before("batch", Key.ROOT);
        return child.batch();
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        script.before("sync", prefix);
        child.sync(prefix);
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        script.before("requireDeletes", prefix);
        child.requireDeletes(prefix);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        script.before("diskUsage", Key.ROOT);
        return child.diskUsage();
    }

    @Override
    public void close() throws DatastoreException {
        script.before("close", Key.ROOT);
    }
}
