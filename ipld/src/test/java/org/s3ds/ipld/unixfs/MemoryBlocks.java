package org.s3ds.ipld.unixfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockSink;
import org.s3ds.ipld.BlockSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.MissingBlockException;

/** Blocks in memory; identity CIDs are their own blocks. Remembers which were asked for. */
final class MemoryBlocks implements BlockSink, BlockSource {
    private final Map<Cid, Block> blocks = new HashMap<>();
    private final List<Cid> asked = new ArrayList<>();

    @Override
    public void put(Block block) {
        blocks.put(block.cid(), block);
    }

    @Override
    public Block get(Cid cid) throws MissingBlockException {
        asked.add(cid);
        if (cid.isIdentity()) {
            return Block.of(cid, cid.hash().digest());
        }
        return Optional.ofNullable(blocks.get(cid)).orElseThrow(() -> new MissingBlockException(cid));
    }

    /** The blocks there are. */
    Set<Cid> stored() {
        return Set.copyOf(blocks.keySet());
    }

    /** What was asked for, in sequence. */
    List<Cid> asked() {
        return List.copyOf(asked);
    }

    Set<Cid> distinctAsked() {
        return Set.copyOf(asked);
    }

    /** The bytes of all distinct blocks asked for. */
    long sizeOfAsked() throws MissingBlockException {
        long size = 0;
        for (Cid cid : distinctAsked()) {
            size += get(cid).size();
        }
        return size;
    }

    byte[] read(FileWalk walk) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
            content.writeBytes(Content.copy(walk.accept(get(next.get()))));
        }
        return content.toByteArray();
    }

    List<Link> list(Cid directory) throws IOException {
        List<Link> entries = new ArrayList<>();
        DirectoryWalk walk = new DirectoryWalk(directory);
        for (Optional<Cid> next = walk.next(); next.isPresent(); next = walk.next()) {
            entries.addAll(walk.accept(get(next.get())));
        }
        return entries;
    }
}
