package org.s3ds.node.names;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.s3ds.datastore.Datastore;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.ipns.IpnsEntry;
import org.s3ds.ipld.ipns.IpnsRecord;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.keys.Keystore;

/** Names and what they stand for, from the records that are here. Without a network there are no others. */
public final class Names {
    /** How often a name may stand for another one, as with Kubo. */
    private static final int DEEPEST = 32;

    private static final String SPACE = "/ipns/";
    private static final String UNRESOLVED = "could not resolve name";

    private final RecordStore records;
    private final Keystore keys;
    private final InstantSource clock;

    /** Held from the look at the last record of a name until the next one is stored. */
    private final ReentrantLock writing = new ReentrantLock();

    /** Of a node with this datastore and these keys. */
    public Names(Datastore store, Keystore keys, InstantSource clock) {
        this.records = new RecordStore(store);
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a name is the name of: an id in any of its texts, or a key of this node by its name.
     *
     * @throws NameException when it is neither, so that the network would have to be asked
     */
    public PeerId id(String name) throws IOException {
        try {
            return PeerId.parse(name);
        } catch (FormatException e) {
            Optional<PrivateKey> key = keys.find(name);
            if (key.isPresent()) {
                return key.get().peerId();
            }
            throw new NameException(
                    "%s: \"%s\" is neither a peer ID nor the name of a key here, and s3ds has no network to look it up in (DNSLink): give a CID, a peer ID or one of \"s3ds key list\""
                            .formatted(UNRESOLVED, name),
                    e);
        }
    }

    /**
     * The newest record of a name that is good.
     *
     * @throws NameException when there is none, or none that is good
     */
    public IpnsRecord find(PeerId name) throws IOException {
        Instant now = clock.instant();
        Optional<IpnsRecord> best = Optional.empty();
        Optional<FormatException> problem = Optional.empty();
        for (Source source : List.<Source>of(records::known, records::own)) {
            try {
                Optional<IpnsRecord> record = source.of(name);
                if (record.isPresent()) {
                    record.get().verify(name, now);
                    best = newer(best, record.get());
                }
            } catch (FormatException e) {
                problem = Optional.of(e);
            }
        }
        if (best.isPresent()) {
            return best.get();
        }
        throw problem.isPresent()
                ? new NameException(
                        "%s: the record of %s that is here is not good: %s"
                                .formatted(
                                        UNRESOLVED, name.name(), problem.get().getMessage()),
                        problem.get())
                : new NameException("%s: there is no record of %s here, and s3ds has no network to look it up in"
                        .formatted(UNRESOLVED, name.name()));
    }

    /** One of the places where records are. */
    private interface Source {
        Optional<IpnsRecord> of(PeerId name) throws IOException;
    }

    private static Optional<IpnsRecord> newer(Optional<IpnsRecord> best, IpnsRecord record) throws FormatException {
        return best.isEmpty() || record.isNewerThan(best.get()) ? Optional.of(record) : best;
    }

    /**
     * What a path below {@code /ipns} stands for, one step on, which may be another such path.
     *
     * @param path {@code /ipns/<name>}, perhaps with more behind it
     */
    public String step(String path) throws IOException {
        String[] parts = path.substring(SPACE.length()).split("/", 2);
        String value = find(id(parts[0])).value();
        return parts.length == 1 ? value : value.replaceFirst("/+$", "") + "/" + parts[1];
    }

    /**
     * The path that a path below {@code /ipns} stands for in the end, which is not below it.
     *
     * @throws NameException when one of the names stands for nothing here, or they go round in a ring
     */
    public String resolve(String path) throws IOException {
        String at = path;
        for (int depth = 0; depth < DEEPEST && at.startsWith(SPACE); depth++) {
            at = step(at);
        }
        if (at.startsWith(SPACE)) {
            throw new NameException(UNRESOLVED + " (recursion limit exceeded)");
        }
        return at;
    }

    /**
     * Gives the name of a key something to stand for. The record is durable on return.
     *
     * @throws NameException when the record would not replace the one that is there
     */
    public IpnsRecord publish(PrivateKey key, Publication publication) throws IOException {
        writing.lock();
        try {
            return publishLocked(key, publication);
        } finally {
            writing.unlock();
        }
    }

    private IpnsRecord publishLocked(PrivateKey key, Publication publication) throws IOException {
        PeerId name = key.peerId();
        Instant now = clock.instant();
        Optional<IpnsRecord> last = last(name);
        long sequence = sequence(publication, last);
        IpnsRecord record = new IpnsEntry(
                        publication.value(), sequence, now.plus(publication.lifetime()), publication.ttl())
                .sign(key, publication.version1());
        requireGood(name, record);
        if (last.isPresent() && !record.isNewerThan(last.get())) {
            throw new NameException("old record: the one that is there says the same, and is good for longer, until %s;"
                            .formatted(last.get().validity())
                    + " to replace it all the same, give a --sequence above " + Long.toUnsignedString(sequence));
        }
        records.putOwn(name, record);
        if (name.publicKey().isEmpty()) {
            records.putKey(key.publicKey(), now);
        }
        records.putKnown(name, record, now);
        return record;
    }

    /** The newest record of a name, be its time over or not. */
    private Optional<IpnsRecord> last(PeerId name) throws IOException {
        Optional<IpnsRecord> last = records.own(name);
        Optional<IpnsRecord> known = authentic(name);
        return known.isPresent() ? newer(last, known.get()) : last;
    }

    /** The record that is known of a name, if its signature is good. */
    private Optional<IpnsRecord> authentic(PeerId name) throws IOException {
        Optional<IpnsRecord> known = records.known(name);
        try {
            if (known.isPresent()) {
                known.get().verify(name, Instant.MIN);
            }
            return known;
        } catch (FormatException e) {
            return Optional.empty(); // nobody would be given it
        }
    }

    /** It goes up when the value changes, since a record of the same number may never say another thing. */
    private static long sequence(Publication publication, Optional<IpnsRecord> last) throws IOException {
        if (publication.sequence().isPresent()) {
            long wanted = publication.sequence().get();
            long current = last.isPresent() ? last.get().sequence() : 0;
            if (Long.compareUnsigned(wanted, current) <= 0) {
                throw new NameException("sequence number must be greater than the current record sequence");
            }
            return wanted;
        }
        if (last.isEmpty()) {
            return 0;
        }
        long current = last.get().sequence();
        return last.get().value().equals(publication.value()) ? current : current + 1;
    }

    private void requireGood(PeerId name, IpnsRecord record) throws IOException {
        try {
            record.verify(name, clock.instant());
        } catch (FormatException e) {
            throw new NameException("validating record: " + e.getMessage(), e);
        }
    }

    /**
     * Takes a record that somebody has signed, for whoever asks. It is durable on return.
     *
     * @param force whether the number is not compared beforehand; a record that is not good, or older than the one that
     *     is there, is never taken
     * @throws NameException when it is not taken
     */
    public IpnsRecord put(PeerId name, byte[] bytes, boolean force) throws IOException {
        if (bytes.length > IpnsRecord.MAX_BYTES) {
            throw new NameException("record exceeds maximum size of " + IpnsRecord.MAX_BYTES + " bytes");
        }
        IpnsRecord record = IpnsRecord.decode(bytes);
        try {
            record.verify(name, clock.instant());
        } catch (FormatException e) {
            throw new NameException("record validation failed: " + e.getMessage(), e);
        }
        writing.lock();
        try {
            putLocked(name, record, bytes, force);
        } finally {
            writing.unlock();
        }
        return record;
    }

    private void putLocked(PeerId name, IpnsRecord record, byte[] bytes, boolean force) throws IOException {
        Optional<IpnsRecord> known = authentic(name);
        if (known.isEmpty() || !Arrays.equals(known.get().encode(), bytes)) {
            if (known.isPresent()) {
                requireNewer(record, known.get(), force);
            }
            records.putKnown(name, record, clock.instant());
        }
    }

    private static void requireNewer(IpnsRecord record, IpnsRecord known, boolean force) throws IOException {
        if (!force && Long.compareUnsigned(known.sequence(), record.sequence()) >= 0) {
            throw new NameException(
                    "existing IPNS record has sequence %s >= new record sequence %s, use 'name put --force' to skip this check"
                            .formatted(
                                    Long.toUnsignedString(known.sequence()), Long.toUnsignedString(record.sequence())));
        }
        if (!record.isNewerThan(known)) {
            throw new NameException("old record: the one that is there is newer, and stays");
        }
    }
}
