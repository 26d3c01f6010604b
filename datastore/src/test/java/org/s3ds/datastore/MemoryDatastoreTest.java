package org.s3ds.datastore;

final class MemoryDatastoreTest extends DatastoreContract {
    @Override
    protected Datastore open() {
        return new MemoryDatastore();
    }
}
