package org.s3ds.node.unixfs;

import java.util.ArrayList;
import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.PbNode;
import org.s3ds.ipld.unixfs.UnixfsNode;

/** The links of a block that has come before its turn, as far as it can be read: what is wrong with it is told then. */
record LinksAhead(List<Link> entries, List<Cid> shards) {
    private static final LinksAhead NONE = new LinksAhead(List.of(), List.of());

    /** Copies the lists. */
    LinksAhead {
        entries = List.copyOf(entries);
        shards = List.copyOf(shards);
    }

    /** All links of a file or directory are entries, but those of a shard to shards below it. */
    static LinksAhead of(Block block) {
        if (!PbNode.beginsWithLink(block)) {
            return NONE;
        }
        try {
            PbNode node = PbNode.decode(block.data());
            UnixfsNode data = UnixfsNode.decode(node.data().orElseGet(() -> new byte[0]));
            return data.type() == UnixfsNode.Type.HAMT_SHARD
                    ? ofShard(node.links(), labelLength(data.fanout().orElse(0)))
                    : new LinksAhead(node.links(), List.of());
        } catch (FormatException e) {
            return NONE;
        }
    }

    private static LinksAhead ofShard(List<Link> links, int labelLength) {
        List<Link> entries = new ArrayList<>();
        List<Cid> shards = new ArrayList<>();
        for (Link link : links) {
            if (link.name().length() == labelLength) {
                shards.add(link.cid());
            } else {
                entries.add(link);
            }
        }
        return new LinksAhead(entries, shards);
    }

    /** Hex digits of the largest slot. */
    private static int labelLength(long fanout) {
        return Long.toHexString(Math.max(1, fanout) - 1).length();
    }

    /** Entries, then shards: the sequence in which directories are read. */
    List<Cid> all() {
        List<Cid> all = new ArrayList<>(entries.size() + shards.size());
        entries.forEach(entry -> all.add(entry.cid()));
        all.addAll(shards);
        return all;
    }
}
