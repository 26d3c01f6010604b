package org.s3ds.s3.claims;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.DatastoreException;

/**
 * A repo that claims a place: makes it known there, by an object, that this repo alone writes and deletes.
 *
 * <p>Claims have numbers, and the highest counts. A claim is made by creating the object of the next number, which
 * succeeds for one repo only; before that the one that counts must be the last that this repo made, or one that says
 * that the place was given up. Each session that writes makes one, so that a copy of a repo is noticed: the first that
 * writes goes on, and the other finds a claim that it does not know. What the repo is about to make it writes down
 * first: whoever is killed in between knows it again.
 */
public final class Claimant {
    private static final long HIGHEST = 9_999_999_999_999_999L;
    private static final int ATTEMPTS = 3;
    private static final int ID_BYTES = 16;

    private final String place;
    private final ClaimObjects objects;
    private final MemoryFile file;
    private final Surroundings around;

    /**
     * What is around a repo.
     *
     * @param host the machine's name
     */
    public record Surroundings(RandomGenerator random, InstantSource time, String host) {}

    /**
     * Asks nothing yet.
     *
     * @param place what it is called in messages
     */
    public Claimant(String place, ClaimObjects objects, MemoryFile file, Surroundings around) {
        this.place = place;
        this.objects = objects;
        this.file = file;
        this.around = around;
    }

    /**
     * Claims the place for a session.
     *
     * @throws AccessException when it is another's, or that cannot be told; the sentence says what to do
     */
    public Made claim() throws DatastoreException {
        return begin().made();
    }

    /** Does what {@link #claim} does, and says what claim it followed. */
    public Tenancy begin() throws DatastoreException {
        Claiming claiming = new Claiming(remembered());
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<Standing> there = standing();
            Memory memory = claiming.memory;
            requireFree(there, memory);
            Optional<Made> made = memory.held().isEmpty()
                    ? claiming.makeProved(there, false)
                    : claiming.make(there, claiming.planned(there, false));
            if (made.isPresent()) {
                return new Tenancy(
                        made.get(),
                        there.map(Standing::claim)
                                .filter(claim -> !claim.released() && memory.knows(claim))
                                .map(ClaimRecord::session));
            }
            // another was faster; or a claim that this repo sent before it was killed came only now
        }
        throw Refusals.busy(place);
    }

    /**
     * Makes sure that {@link #claim} could claim the place.
     *
     * @return whether there are claims at all
     * @throws AccessException when it could not
     */
    public boolean requireFree() throws DatastoreException {
        Optional<Standing> there = standing();
        requireFree(there, remembered());
        return there.isPresent();
    }

    private void requireFree(Optional<Standing> there, Memory memory) throws AccessException {
        if (there.isEmpty() && memory.holds()) {
            throw Refusals.deleted(place, memory.lastNumber());
        }
        if (there.isPresent()
                && !there.get().claim().released()
                && !memory.knows(there.get().claim())) {
            throw Refusals.held(place, there.get().claim(), memory);
        }
    }

    /**
     * Makes sure that no other repo holds the place.
     *
     * @throws AccessException when one does
     */
    public void requireNobodyElse() throws DatastoreException {
        Optional<Standing> there = standing();
        if (there.isPresent()) {
            requireFree(there, remembered());
        }
    }

    /**
     * Makes sure that a claim counts still.
     *
     * @param made by {@link #claim} or {@link #take}
     * @throws AccessException when it does not
     */
    public void requireHeld(Made made) throws DatastoreException {
        Optional<Standing> there = standing();
        if (there.isEmpty()) {
            throw Refusals.deleted(place, made.number());
        }
        if (!there.get().claim().session().equals(made.session())) {
            throw Refusals.held(place, there.get().claim(), remembered());
        }
    }

    /**
     * The claim that this repo made last, if it counts still: it is there, and none of the next number. Asks for these
     * two objects, and for nothing when this repo knows of no claim of its own.
     *
     * @return empty when it does not count, or a claim of before may count still
     */
    public Optional<Made> standingOwn() throws DatastoreException {
        Optional<Made> held = remembered().held().filter(made -> !made.released());
        if (held.isEmpty() || !isThere(held.get())) {
            return Optional.empty();
        }
        return objects.read(held.get().number() + 1).isEmpty() ? held : Optional.empty();
    }

    private boolean isThere(Made made) throws DatastoreException {
        Optional<byte[]> bytes = objects.read(made.number());
        return bytes.isPresent()
                && ClaimRecord.decode(bytes.get(), name(made.number()))
                        .session()
                        .equals(made.session());
    }

    /** The claim that counts; empty when there is none. */
    public Optional<Claim> show() throws DatastoreException {
        Optional<Standing> there = standing();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        ClaimRecord claim = there.get().claim();
        Memory memory = rememberedOrNew();
        return Optional.of(new Claim(
                there.get().number(),
                claim.repo(),
                claim.generation(),
                claim.since(),
                claim.time(),
                claim.host(),
                claim.released(),
                memory.knows(claim),
                claim.repo().equals(memory.repo())));
    }

    /**
     * Claims the place, whoever holds it.
     *
     * @param force also where the server replaces what it must not, so that nobody can be kept from doing the same
     */
    public Made take(boolean force) throws DatastoreException {
        Claiming claiming = new Claiming(rememberedOrNew());
        NavigableSet<Long> numbers = new TreeSet<>(objects.list().keySet());
        Optional<Standing> there = numbers.isEmpty() ? Optional.empty() : Optional.of(whoever(numbers));
        return claiming.makeProved(there, force).orElseThrow(() -> Refusals.busy(place));
    }

    /** What cannot be read is taken from, too: only its number counts. */
    private Standing whoever(NavigableSet<Long> numbers) throws DatastoreException {
        Optional<byte[]> bytes = objects.read(numbers.last());
        ClaimRecord claim;
        try {
            claim = ClaimRecord.decode(bytes.orElse(new byte[0]), name(numbers.last()));
        } catch (AccessException e) {
            Instant now = around.time().instant();
            claim = new ClaimRecord("", 0, "", now, now, "", false);
        }
        return new Standing(numbers, claim);
    }

    /**
     * Gives the place up: any repo may claim it then.
     *
     * @return the claim that says so; empty when this repo held none that it knows of, and then nothing was asked
     * @throws AccessException when another holds it, or that cannot be told
     */
    public Optional<Made> release() throws DatastoreException {
        Claiming claiming = new Claiming(remembered());
        if (!claiming.memory.holds() && claiming.memory.intended().isEmpty()) {
            return Optional.empty();
        }
        Optional<Standing> there = standing();
        requireFree(there, claiming.memory);
        if (there.isEmpty() || there.get().claim().released()) {
            return Optional.empty();
        }
        return Optional.of(claiming.make(there, claiming.planned(there, true)).orElseThrow(() -> Refusals.busy(place)));
    }

    private Memory remembered() throws DatastoreException {
        return file.read().orElseGet(() -> Memory.fresh(newId()));
    }

    /** For who need not know what was damaged. */
    private Memory rememberedOrNew() {
        try {
            return remembered();
        } catch (DatastoreException e) {
            return Memory.fresh(newId());
        }
    }

    private Optional<Standing> standing() throws DatastoreException {
        for (int i = 0; i < ATTEMPTS; i++) {
            SortedMap<Long, Long> listed = objects.list();
            if (listed.isEmpty()) {
                return Optional.empty();
            }
            long number = listed.lastKey();
            if (listed.getOrDefault(number, 0L) > ClaimRecord.MOST_BYTES) {
                throw Refusals.unreadable(name(number));
            }
            Optional<byte[]> bytes = objects.read(number);
            if (bytes.isPresent()) {
                ClaimRecord claim = ClaimRecord.decode(bytes.get(), name(number));
                return Optional.of(new Standing(new TreeSet<>(listed.keySet()), claim));
            }
            // a higher one was made just now, and this one removed
        }
        throw Refusals.busy(place);
    }

    private String name(long number) {
        return ".s3ds/claim/%016d in %s".formatted(number, place);
    }

    private String newId() {
        byte[] bytes = new byte[ID_BYTES];
        around.random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** One claim in the making. */
    private final class Claiming {
        private Memory memory;

        private Claiming(Memory memory) {
            this.memory = memory;
        }

        /** The claim to be made next. */
        private Made planned(Optional<Standing> there, boolean released) throws AccessException {
            long last = there.map(Standing::number).orElseGet(memory::lastNumber);
            if (last >= HIGHEST) {
                throw Refusals.exhausted(place);
            }
            long generation = Math.max(
                    memory.generation(),
                    there.map(Standing::claim)
                            .filter(claim -> claim.repo().equals(memory.repo()))
                            .map(ClaimRecord::generation)
                            .orElse(0L));
            return new Made(last + 1, generation + 1, newId(), released);
        }

        /** Makes a claim; empty when there is one of its number. */
        private Optional<Made> make(Optional<Standing> there, Made made) throws DatastoreException {
            intend(memory.intending(made));
            return create(made, there) ? Optional.of(hold(made, there)) : Optional.empty();
        }

        /**
         * Makes a claim, and proves that the server does not let another make one of the same number: the proof is a
         * claim of our own, so that whatever the server does it is ours that is there.
         */
        private Optional<Made> makeProved(Optional<Standing> there, boolean force) throws DatastoreException {
            Memory before = memory;
            Made made = planned(there, false);
            Made proof = new Made(made.number(), made.generation(), newId(), false);
            intend(memory.intending(made).intending(proof));
            if (!create(made, there)) {
                return Optional.empty();
            }
            boolean replaced = create(proof, there);
            if (replaced && !force) {
                objects.delete(made.number());
                intend(before);
                throw Refusals.notProved(place);
            }
            return Optional.of(hold(replaced ? proof : made, there));
        }

        private void intend(Memory next) throws DatastoreException {
            file.write(next);
            memory = next;
        }

        private boolean create(Made made, Optional<Standing> there) throws DatastoreException {
            Instant now = around.time().instant().truncatedTo(ChronoUnit.SECONDS);
            Instant since = there.map(Standing::claim)
                    .filter(claim -> claim.repo().equals(memory.repo()) && !claim.released())
                    .map(ClaimRecord::since)
                    .orElse(now);
            ClaimRecord claim = new ClaimRecord(
                    memory.repo(), made.generation(), made.session(), since, now, around.host(), made.released());
            return objects.create(made.number(), claim.encode());
        }

        private Made hold(Made made, Optional<Standing> there) throws DatastoreException {
            intend(memory.holding(made));
            if (there.isPresent()) {
                removeAll(there.get());
            }
            return made;
        }

        /** Those of before count for nothing: one that stays is removed with the next claim. */
        private void removeAll(Standing before) {
            try {
                for (long number : before.numbers()) {
                    objects.delete(number);
                }
            } catch (DatastoreException e) {
                // whoever may not delete may still write
            }
        }
    }
}
