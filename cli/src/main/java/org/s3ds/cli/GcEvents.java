package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.Multihash;
import org.s3ds.node.blocks.ListedBlock;
import org.s3ds.node.gc.GarbageCollector;
import org.s3ds.rpc.Reply;

/** Tells a reply what garbage collection removes as it goes. */
final class GcEvents implements GarbageCollector.Listener {
    /** How many failures are told in the sentence at the end; Kubo tells all, which may be millions. */
    private static final int TOLD = 5;

    private final Session session;
    private final Reply reply;
    private final GcProgress progress;
    private final boolean silent;
    private final boolean streamsErrors;
    private final List<String> failures = new ArrayList<>();
    private long failed;

    /**
     * Nothing is told yet.
     *
     * @param silent whether removed blocks and failures are kept to itself
     * @param streamsErrors whether failures are told among the blocks, as they come
     */
    GcEvents(Session session, Reply reply, GcProgress progress, boolean silent, boolean streamsErrors) {
        this.session = session;
        this.reply = reply;
        this.progress = progress;
        this.silent = silent;
        this.streamsErrors = streamsErrors;
    }

    @Override
    public void marked(long kept, long read, long bytes) {
        progress.marked(kept, read, bytes);
    }

    @Override
    public void listed(long blocks) {
        progress.listed(blocks);
    }

    @Override
    public void removed(ListedBlock block) throws IOException {
        progress.removed(block.size().orElse(0));
        if (!silent) {
            tell(Map.of("Key", Map.of("/", text(block.hash()))));
        }
    }

    @Override
    public void notRemoved(Multihash hash, IOException failure) throws IOException {
        tell("could not remove " + text(hash) + ": " + failure.getMessage());
    }

    @Override
    public void notice(String notice) {
        progress.clear();
        session.warn(notice);
    }

    /** A failure that lets it go on, or is followed by what came of it. */
    void tell(String failure) throws IOException {
        failed++;
        if (!streamsErrors && failures.size() < TOLD) {
            failures.add(failure);
        }
        if (streamsErrors && !silent) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("Key", null);
            fields.put("Error", failure);
            tell(fields);
        }
    }

    /** Whether a failure was told. */
    boolean hasFailed() {
        return failed > 0;
    }

    /** The sentence that ends a run with failures. */
    IOException end(String last) throws IOException {
        if (streamsErrors) {
            tell(last);
            return new IOException("encountered errors during gc run");
        }
        List<String> all = new ArrayList<>(failures);
        if (failed > failures.size()) {
            all.add("and " + (failed - failures.size()) + " more");
        }
        all.add(last);
        return new IOException(String.join("; ", all));
    }

    private String text(Multihash hash) throws IOException {
        return session.text(Cid.v1(Multicodec.RAW, hash));
    }

    private void tell(Map<String, ? extends @Nullable Object> fields) throws IOException {
        progress.clear();
        reply.value(fields);
    }
}
