package org.s3ds.cli;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreIndex;
import org.s3ds.datastore.StoreIndex.Compared;
import org.s3ds.datastore.StoreIndex.Drift;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.rpc.Reply;

/** Tells who asked how far the work on an index is, and what it finds. Any thread may call it. */
final class IndexEvents implements StoreIndex.Progress, StoreIndex.Drifts {
    /** How far it is, is told once for so many blocks. */
    private static final long STEP = 1_000;

    private final Session session;
    private final Reply reply;
    private final OptionalLong about;
    private final Map<Kind, Long> drifts = new EnumMap<>(Kind.class);
    private long next = STEP;

    /** How index and bucket differ in a block. */
    private enum Kind {
        VANISHED,
        UNKNOWN,
        RESIZED;

        static Kind of(Drift drift) {
            return drift.stored().isEmpty() ? VANISHED : drift.indexed().isEmpty() ? UNKNOWN : RESIZED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    IndexEvents(Session session, Reply reply) throws IOException {
        this.session = session;
        this.reply = reply;
        this.about = session.usualBlocks();
    }

    @Override
    public synchronized void listed(Totals so) {
        if (so.count() < next) {
            return;
        }
        next = so.count() + STEP;
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Progress", so.count());
        fields.put("Bytes", so.bytes());
        about.ifPresent(blocks -> fields.put("About", blocks));
        try {
            reply.value(fields);
        } catch (IOException _) {
            // nobody looks any more; the work goes on
        }
    }

    @Override
    public synchronized void found(Drift drift) throws DatastoreException {
        Kind kind = Kind.of(drift);
        drifts.merge(kind, 1L, Long::sum);
        try {
            reply.value(fields(kind, drift));
        } catch (IOException e) {
            throw new DatastoreException("a difference could not be told: " + e.getMessage(), e);
        }
    }

    private Map<String, @Nullable Object> fields(Kind kind, Drift drift) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Drift", kind.word());
        fields.put("Key", drift.key().toString());
        Optional<Multihash> hash = Blockstore.hashOf(drift.key());
        if (hash.isPresent()) {
            fields.put("Cid", session.text(Cid.v1(Multicodec.RAW, hash.get())));
        }
        drift.indexed().ifPresent(bytes -> fields.put("Indexed", bytes));
        drift.stored().ifPresent(bytes -> fields.put("Stored", bytes));
        return fields;
    }

    /** The index was filled, and there is so much. */
    synchronized void filled(Totals totals) throws IOException {
        reply.value(fields(totals));
    }

    /** The index was compared with so much. */
    synchronized void compared(Compared compared) throws IOException {
        Map<String, @Nullable Object> fields = fields(compared.listed());
        fields.put("Drifts", driftCount());
        fields.put("Unsaid", compared.unknown());
        reply.value(fields);
    }

    private static Map<String, @Nullable Object> fields(Totals totals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("Blocks", totals.count());
        fields.put("Bytes", totals.bytes());
        return fields;
    }

    /** How many blocks index and bucket differ in. */
    synchronized long driftCount() {
        return drifts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same in words, each way of differing apart; empty when in none. */
    synchronized String drifts() {
        return drifts.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey().word())
                .collect(Collectors.joining(", "));
    }

    /** Whether there are blocks in the index that are not in the bucket. */
    synchronized boolean hasVanished() {
        return drifts.containsKey(Kind.VANISHED);
    }
}
