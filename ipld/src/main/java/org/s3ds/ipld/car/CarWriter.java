package org.s3ds.ipld.car;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Varint;

/**
 * Writes a CAR of version 1. Blocks of identity CIDs are left out, as everyone has them; no other block is. For one
 * thread; whoever opened the stream flushes and closes it.
 */
public final class CarWriter {
    private final OutputStream out;

    /**
     * Writes the header.
     *
     * @param roots the tops of the DAGs that follow
     */
    public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
        this.out = out;
        byte[] header = CarHeader.write(roots);
        writeLength(header.length);
        out.write(header);
    }

    /** Writes a block. */
    public void write(Block block) throws IOException {
        if (block.cid().isIdentity()) {
            return;
        }
        byte[] cid = block.cid().toBytes();
        writeLength((long) cid.length + block.size());
        out.write(cid);
        out.write(block.data());
    }

    private void writeLength(long length) throws IOException {
        byte[] varint = new byte[Varint.MAX_BYTES];
        out.write(varint, 0, Varint.write(length, varint, 0));
    }
}
