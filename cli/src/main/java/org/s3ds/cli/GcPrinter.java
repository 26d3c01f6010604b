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
import org.s3ds.node.repo.Json;

/** Prints what garbage collection removes as it goes, in Kubo's words. */
final class GcPrinter implements GarbageCollector.Listener {
    /** How many failures are told in the sentence at the end; Kubo tells all, which may be millions. */
    private static final int TOLD = 5;

    private final TerminalSession session;
    private final GcProgress progress;
    private final Lines lines;
    private final boolean streamsErrors;
    private final boolean json;
    private final List<String> failures = new ArrayList<>();
    private long failed;

    /** What is printed of each block. */
    enum Lines {
        /** {@code removed <cid>}. */
        REMOVED("removed "),
        /** {@code would remove <cid>}. */
        WOULD_REMOVE("would remove "),
        /** Its CID alone. */
        CIDS(""),
        /** Nothing. */
        NONE("");

        private final String prefix;

        Lines(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Prints nothing yet.
     *
     * @param streamsErrors whether failures are printed among the lines, as they come
     */
    GcPrinter(TerminalSession session, GcProgress progress, Lines lines, boolean streamsErrors) throws UsageException {
        this.session = session;
        this.progress = progress;
        this.lines = lines;
        this.streamsErrors = streamsErrors;
        this.json = session.json();
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
        if (lines == Lines.NONE) {
            return;
        }
        String cid = text(block.hash());
        print(json ? Json.compact(Map.of("Key", Map.of("/", cid))) : lines.prefix + cid);
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
    void tell(String failure) {
        failed++;
        if (!streamsErrors && failures.size() < TOLD) {
            failures.add(failure);
        }
        if (streamsErrors && lines != Lines.NONE) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("Key", null);
            fields.put("Error", failure);
            print(json ? Json.compact(fields) : "Error: " + failure);
        }
    }

    /** Whether a failure was told. */
    boolean hasFailed() {
        return failed > 0;
    }

    /** The sentence that ends a run with failures. */
    IOException end(String last) {
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

    private void print(String line) {
        progress.clear();
        session.terminal().out().println(line);
    }
}
