package org.s3ds.cli;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.s3ds.datastore.StoreIndex.Totals;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.upkeep.BadBlock;
import org.s3ds.node.upkeep.DifferingBlock;
import org.s3ds.node.upkeep.Inspection;
import org.s3ds.node.upkeep.MissingBlock;
import org.s3ds.node.upkeep.Tally;
import org.s3ds.node.upkeep.VerifyPosition;
import org.s3ds.rpc.Reply;

/** Tells who asked for an inspection what it finds, a value for each, and how far it is. Any thread may call it. */
final class VerifyEvents implements Inspection.Listener {
    private final Session session;
    private final Blockstore blocks;
    private final Reply reply;
    private final BlockProgress progress;

    VerifyEvents(Session session, Reply reply, BlockProgress progress) throws IOException {
        this.session = session;
        this.blocks = session.node().blocks();
        this.reply = reply;
        this.progress = progress;
    }

    private synchronized void tell(Map<String, Object> fields) throws IOException {
        progress.clear();
        reply.value(fields);
    }

    @Override
    public void goesOn(VerifyPosition from) {
        session.note("this goes on where a run was cut short at "
                + from.saved().truncatedTo(ChronoUnit.SECONDS) + ", behind "
                + from.tally().get(Tally.Item.BLOCKS) + " blocks; --restart begins anew");
    }

    @Override
    public synchronized void looked(Tally sofar) {
        progress.show(sofar.get(Tally.Item.BLOCKS), sofar.get(Tally.Item.BYTES));
    }

    @Override
    public synchronized void listed(Totals so) {
        progress.show(so.count(), so.bytes());
    }

    @Override
    public void needed(long count) {}

    @Override
    public void found(BadBlock bad) throws IOException {
        tell(VerifyLines.of(bad, session.text(bad.cid()), blocks.whereIs(bad.cid())));
    }

    @Override
    public void missing(MissingBlock missing) throws IOException {
        tell(VerifyLines.of(missing, session.text(missing.cid())));
    }

    @Override
    public void broken(String keeper, Cid cid, IOException failure) throws IOException {
        tell(VerifyLines.broken(keeper, session.text(cid), blocks.whereIs(cid), failure));
    }

    @Override
    public void differs(DifferingBlock block) throws IOException {
        tell(VerifyLines.of(block, session.text(block.cid()), blocks.whereIs(block.cid())));
    }

    /** Nothing is removed here. */
    @Override
    public void missed(Cid cid, String keeper) {}

    @Override
    public synchronized void notice(String sentence) {
        progress.clear();
        session.warn(sentence);
    }
}
