package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.datastore.Batch;
import org.s3ds.datastore.BatchException;
import org.s3ds.datastore.Datastore;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;

/** What a user of the store asks for while its server misbehaves, and the right answer to it. */
enum FaultyCall {
    /** A put. */
    PUT {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            store.put(Key.of("K8"), "eight".getBytes(UTF_8));
            assertEquals(Optional.of("eight"), bucket.text("node1/K8"));
        }
    },
    /** A get. */
    GET {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            Optional<byte[]> value = store.get(Key.of("K3"));
            assertEquals(Optional.of("value 3"), value.map(bytes -> new String(bytes, UTF_8)));
        }
    },
    /** Whether a key is there. */
    HAS {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            assertTrue(store.has(Key.of("K3")));
        }
    },
    /** The size of a value. */
    SIZE {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            assertEquals(OptionalLong.of(7), store.size(Key.of("K3")));
        }
    },
    /** A delete. */
    DELETE {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            store.delete(Key.of("K3"));
            assertEquals(Optional.empty(), bucket.text("node1/K3"));
        }
    },
    /** A batch of two puts and two deletes. */
    BATCH {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            Batch batch = store.batch();
            batch.put(Key.of("K8"), "eight".getBytes(UTF_8));
            batch.put(Key.of("K9"), "nine".getBytes(UTF_8));
            batch.delete(Key.of("K1"));
            batch.delete(Key.of("K3"));
            batch.commit();
            List<String> values = bucket.names().stream()
                    .filter(name -> !name.contains(ObjectNames.OURS))
                    .toList();
            assertEquals(List.of("node1/K0", "node1/K2", "node1/K4", "node1/K8", "node1/K9"), values);
        }
    },
    /** A listing of five keys, on three pages. */
    QUERY {
        @Override
        void run(Datastore store, Contents bucket) throws DatastoreException {
            try (Results results = store.query(Query.keys(Key.ROOT).withSizes())) {
                List<String> listed = results.rest().stream()
                        .map((Entry entry) -> entry.key() + " " + entry.size().orElse(-1))
                        .toList();
                assertEquals(List.of("/K0 7", "/K1 7", "/K2 7", "/K3 7", "/K4 7"), listed);
            }
        }
    };

    /** What the server has, whatever it says. */
    interface Contents {
        /** The names of all objects, in order. */
        List<String> names() throws DatastoreException;

        /** An object's bytes as text; empty when there is none. */
        Optional<String> text(String name) throws DatastoreException;
    }

    /** Asks, and fails when the answer is not the right one; what the server has by then is looked at as well. */
    abstract void run(Datastore store, Contents bucket) throws DatastoreException;

    static final Key KEY = Key.of("K3");

    boolean isRead() {
        return this == GET || this == HAS || this == SIZE || this == QUERY;
    }

    /** Whether it needs nobody when it is known what is there. */
    boolean isOfNames() {
        return this == HAS || this == SIZE || this == QUERY;
    }

    /** What may be asked of the server for it. */
    Set<String> operations() {
        return switch (this) {
            case PUT -> Set.of("put");
            case GET -> Set.of("get");
            case HAS, SIZE -> Set.of("head", "list");
            case DELETE -> Set.of("delete");
            case BATCH -> Set.of("put", "delete", "delete_objects");
            case QUERY -> Set.of("list");
        };
    }

    /** Every request that failed, when a call did. */
    static List<S3Exception> failures(DatastoreException failure) {
        return failure instanceof BatchException batch
                ? batch.failures().values().stream()
                        .map(S3Exception.class::cast)
                        .toList()
                : List.of((S3Exception) failure);
    }

    /** Puts there what the calls look for. */
    static void fill(MemoryBucket bucket) {
        for (int i = 0; i < 5; i++) {
            bucket.put("node1/K" + i, "value " + i);
        }
    }
}
