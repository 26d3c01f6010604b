package org.s3ds.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.unixfs.AddListener;
import org.s3ds.node.unixfs.Added;
import org.s3ds.rpc.Reply;

/** Tells a reply what was added, and if it is asked for, how much was read: every 256 KiB, and at a file's end. */
final class AddEvents implements AddListener {
    private static final long STEP = 256 << 10;

    private final Session session;
    private final Reply reply;
    private final boolean progress;
    private long told;

    AddEvents(Session session, Reply reply, boolean progress) {
        this.session = session;
        this.reply = reply;
        this.progress = progress;
    }

    @Override
    public synchronized void added(Added added) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", added.name());
        fields.put("Hash", session.text(added.cid()));
        fields.put("Size", Long.toString(added.size()));
        added.metadata().mode().ifPresent(mode -> fields.put("Mode", "%04o".formatted(mode)));
        added.metadata().mtime().ifPresent(time -> put(fields, time));
        reply.value(fields);
    }

    private static void put(Map<String, Object> fields, Mtime time) {
        if (time.seconds() != 0) {
            fields.put("Mtime", time.seconds());
        }
        if (time.nanos() != 0) {
            fields.put("MtimeNsecs", (long) time.nanos());
        }
    }

    @Override
    public void read(String name, long more, long total) {
        if (progress) {
            tell(name, more, total);
        }
    }

    private synchronized void tell(String name, long more, long total) {
        boolean end = more == 0;
        if (end || total - told >= STEP) {
            told = end ? 0 : total;
            try {
                reply.value(total == 0 ? Map.of("Name", name) : fields(name, total));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Map<String, Object> fields(String name, long total) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", name);
        fields.put("Bytes", total);
        return fields;
    }
}
