package org.s3ds.datastore;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store that says what is asked of it, one line per operation, before it is done: {@code name: put /a (3 bytes)}. */
public final class LogDatastore implements Datastore {
    private final String name;
    private final Datastore child;
    private final Consumer<String> log;

    /**
     * Logs the operations of a store.
     *
     * @param name what lines begin with; {@code LogDatastore} when empty
     * @param child is closed with this store
     * @param log takes one line at a time, without its end; may be called by many threads at once
     */
    public LogDatastore(String name, Datastore child, Consumer<String> log) {
        this.name = name.isEmpty() ? "LogDatastore" : name;
        this.child = child;
        this.log = log;
    }

    @Override
    public Optional<byte[]> get(Key key) throws DatastoreException {
        say("get " + key);
        return child.get(key);
    }

    @Override
    public boolean has(Key key) throws DatastoreException {
        say("has " + key);
        return child.has(key);
    }

    @Override
    public OptionalLong size(Key key) throws DatastoreException {
        say("size " + key);
        return child.size(key);
    }

    @Override
    public Optional<Sha256> sha256(Key key) throws DatastoreException {
        say("sha256 " + key);
        return child.sha256(key);
    }

    @Override
    public Checksums checksums(Key prefix) throws DatastoreException {
        return child.checksums(prefix);
    }

    @Override
    public void put(Key key, byte[] value) throws DatastoreException {
        say("put " + key + " (" + value.length + " bytes)");
        child.put(key, value);
    }

    @Override
    public void delete(Key key) throws DatastoreException {
        say("delete " + key);
        child.delete(key);
    }

    @Override
    public Results query(Query query) throws DatastoreException {
        say("query " + query);
        return child.query(query);
    }

    @Override
    public Batch batch() throws DatastoreException {
        say("batch");
        Batch batch = child.batch();
        return new Batch() {
            @Override
            public void put(Key key, byte[] value) throws DatastoreException {
                say("batch put " + key + " (" + value.length + " bytes)");
                batch.put(key, value);
            }

            @Override
            public void delete(Key key) throws DatastoreException {
                say("batch delete " + key);
                batch.delete(key);
            }

            @Override
            public void commit() throws DatastoreException {
                say("batch commit");
                batch.commit();
            }
        };
    }

    @Override
    public void sync(Key prefix) throws DatastoreException {
        say("sync " + prefix);
        child.sync(prefix);
    }

    @Override
    public void requireDeletes(Key prefix) throws DatastoreException {
        say("require deletes " + prefix);
        child.requireDeletes(prefix);
    }

    @Override
    public OptionalLong diskUsage() throws DatastoreException {
        say("disk usage");
        return child.diskUsage();
    }

    @Override
    public OptionalLong diskUsage(Key prefix) throws DatastoreException {
        say("disk usage " + prefix);
        return child.diskUsage(prefix);
    }

    /** Each question to one of them is logged, too. */
    @Override
    public List<CopySource> copies(Key prefix) throws DatastoreException {
        say("copies " + prefix);
        return child.copies(prefix).stream()
                .<CopySource>map(source -> key -> {
                    say("copy " + key);
                    return source.get(key);
                })
                .toList();
    }

    @Override
    public Optional<StoreIndex> index(Key prefix) {
        return child.index(prefix);
    }

    @Override
    public Datastore unindexed() {
        return new LogDatastore(name, child.unindexed(), log);
    }

    @Override
    public String whereIs(Key key) {
        return child.whereIs(key);
    }

    /** What is asked of it is logged alike. */
    @Override
    public Datastore inBackground() {
        return new LogDatastore(name, child.inBackground(), log);
    }

    @Override
    public void close() throws DatastoreException {
        say("close");
        child.close();
    }

    @Override
    public String toString() {
        return "Log(" + name + ", " + child + ")";
    }

    private void say(String line) {
        log.accept(name + ": " + line);
    }
}
