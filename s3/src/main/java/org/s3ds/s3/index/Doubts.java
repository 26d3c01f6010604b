package org.s3ds.s3.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.s3ds.datastore.Key;

/**
 * The keys of which nothing is known for certain at the moment: something is being done to them or asked about them, or
 * what was done did not come to a clear end. All but {@link #contains} is called under the ledger's lock.
 */
final class Doubts {
    /** What is done to a key. */
    sealed interface Change {
        /** A value of so many bytes is stored. */
        record Put(long size) implements Change {}

        /** The value is removed. */
        record Delete() implements Change {}
    }

    /** One key. */
    private static final class Doubt {
        /** Changes under way. */
        private int running;
        /** Questions under way. */
        private int asking;
        /** Whether a change began or ended while a question was under way. */
        private boolean isDisturbed;
        /** Whether it must be asked about. */
        private boolean isOpen;
        /** Whether one of the changes that overlapped failed, or did something else than another. */
        private boolean isMixed;
        /** The change that came to its end, among those that overlap. */
        private Optional<Change> done = Optional.empty();

        private boolean isIdle() {
            return running == 0 && asking == 0 && !isOpen;
        }
    }

    private final Map<Key, Doubt> doubts = new ConcurrentHashMap<>();

    /** Whether a key is among them. */
    boolean contains(Key key) {
        return doubts.containsKey(key);
    }

    /** Those of them to which nothing is being done: they must be asked about. */
    List<Key> open() {
        return doubts.entrySet().stream()
                .filter(each -> each.getValue().isOpen && each.getValue().running == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether something is being done to a key, or was, and it must be asked about. */
    boolean isChanging(Key key) {
        Doubt doubt = doubts.get(key);
        return doubt != null && (doubt.running > 0 || doubt.isOpen);
    }

    /** A key must be asked about. */
    void open(Key key) {
        of(key).isOpen = true;
    }

    /** A change begins. */
    void begin(Key key) {
        Doubt doubt = of(key);
        doubt.running++;
        doubt.isDisturbed = true;
    }

    /**
     * A change has ended.
     *
     * @return whether it is so now; else others are under way, or it cannot be told and must be asked about
     */
    boolean end(Key key, Change change, boolean succeeded) {
        Doubt doubt = of(key);
        doubt.running--;
        doubt.isDisturbed = true;
        doubt.isMixed |= !succeeded || !doubt.done.orElse(change).equals(change);
        doubt.done = Optional.of(change);
        if (doubt.running > 0) {
            return false;
        }
        boolean isClear = !doubt.isMixed;
        doubt.isMixed = false;
        doubt.done = Optional.empty();
        doubt.isOpen = !isClear;
        return isClear;
    }

    /** A question begins. */
    void ask(Key key) {
        Doubt doubt = of(key);
        if (doubt.asking++ == 0) {
            doubt.isDisturbed = doubt.running > 0;
        }
    }

    /** A question has ended; says whether its answer tells how things are now. */
    boolean answered(Key key) {
        Doubt doubt = of(key);
        doubt.asking--;
        return !doubt.isDisturbed;
    }

    /** No answer to what is being asked now tells how things are. */
    void disturb() {
        doubts.values().forEach(doubt -> doubt.isDisturbed = true);
    }

    /** How things are was written down: nobody needs to ask. */
    void close(Key key) {
        of(key).isOpen = false;
        forgetIdle(key);
    }

    /** Ends the doubt, unless something is under way, or it must be asked about. */
    void forgetIdle(Key key) {
        if (of(key).isIdle()) {
            doubts.remove(key);
        }
    }

    private Doubt of(Key key) {
        return doubts.computeIfAbsent(key, any -> new Doubt());
    }
}
