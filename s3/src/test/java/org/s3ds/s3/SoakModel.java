package org.s3ds.s3;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.s3.S3Failure.Outcome;

/**
 * What a store must hold: for each key what may be there, which is more than one thing only after a write whose outcome
 * is not known. Each key has turns: one writer, or any number of readers.
 */
final class SoakModel {
    static final int GROUPS = 64;
    static final int KEYS_OF_GROUP = 16;

    /** A value, or its absence. */
    static final class Content {
        private static final Content ABSENT = new Content(null);

        private final byte @Nullable [] bytes;

        private Content(byte @Nullable [] bytes) {
            this.bytes = bytes;
        }

        static Content of(Optional<byte[]> value) {
            return value.map(Content::new).orElse(ABSENT);
        }

        /** What to put; empty for absence. */
        Optional<byte[]> value() {
            return Optional.ofNullable(bytes);
        }

        boolean isPresent() {
            return bytes != null;
        }

        boolean isAs(Content other) {
            return Arrays.equals(bytes, other.bytes);
        }

        boolean hasSize(OptionalLong size) {
            return bytes == null ? size.isEmpty() : size.equals(OptionalLong.of(bytes.length));
        }

        @Override
        public String toString() {
            return bytes == null ? "absent" : bytes.length + " bytes #" + Integer.toHexString(Arrays.hashCode(bytes));
        }
    }

    /** A key, its turns, and what may be there. */
    static final class Slot {
        private final Key key;
        private final ReadWriteLock turns = new ReentrantReadWriteLock();
        private volatile List<Content> possible = List.of(Content.ABSENT);

        private Slot(Key key) {
            this.key = key;
        }

        Key key() {
            return key;
        }

        Lock toRead() {
            return turns.readLock();
        }

        Lock toWrite() {
            return turns.writeLock();
        }

        /** A write was done. */
        void isNow(Content content) {
            possible = List.of(content);
        }

        /** A write failed: it was surely not done, or it may have been, as the failure says. */
        void failed(Content content, DatastoreException failure) {
            if (failure instanceof S3Exception told && told.failure().outcome() == Outcome.REFUSED) {
                return;
            }
            List<Content> more = new ArrayList<>(possible);
            more.add(content);
            possible = List.copyOf(more);
        }

        /** What was seen must be possible. */
        void check(Predicate<Content> seen, Object what) {
            if (possible.stream().noneMatch(seen)) {
                throw new AssertionError(key + " is " + what + ", but must be " + possible);
            }
        }
    }

    private final List<List<Slot>> groups = new ArrayList<>();

    SoakModel() {
        for (int group = 0; group < GROUPS; group++) {
            List<Slot> slots = new ArrayList<>();
            for (int i = 0; i < KEYS_OF_GROUP; i++) {
                slots.add(new Slot(group(group).child("k%02d".formatted(i))));
            }
            groups.add(List.copyOf(slots));
        }
    }

    /** The key above those of a group. */
    static Key group(int group) {
        return Key.of("/g%02d".formatted(group));
    }

    /** The keys of a group, in order. */
    List<Slot> slots(int group) {
        return groups.get(group);
    }
}
