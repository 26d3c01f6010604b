package org.s3ds.ipld.unixfs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.FormatException;

/** What the block at the end of a path is, by its codec and its UnixFS type. */
public sealed interface Entity {
    /** Permissions and time, where they are stored. */
    Metadata metadata();

    /**
     * A file.
     *
     * @param size bytes of content, as its root says
     * @param raw whether the one block is the content, without anything around it
     */
    record File(long size, boolean raw, Metadata metadata) implements Entity {}

    /**
     * A directory.
     *
     * @param sharded whether its entries are spread over many blocks
     */
    record Directory(boolean sharded, Metadata metadata) implements Entity {}

    /**
     * A symbolic link.
     *
     * @param target what it points to, as it was in the file system
     */
    record Symlink(String target, Metadata metadata) implements Entity {}

    /**
     * What a block is.
     *
     * @throws FormatException when it is none of these, contradicts itself, or has more than 2 MiB
     */
    static Entity of(Block block) throws FormatException {
        UnixfsBlock read = UnixfsBlock.of(block);
        UnixfsNode node = read.node();
        return switch (node.type()) {
            case FILE, RAW, METADATA -> new File(FileBlock.of(read, true).size(), read.isRaw(), node.metadata());
            case DIRECTORY -> new Directory(false, node.metadata());
            case HAMT_SHARD -> {
                HamtShard.root(read);
                yield new Directory(true, node.metadata());
            }
            case SYMLINK -> new Symlink(target(read), node.metadata());
        };
    }

    private static String target(UnixfsBlock block) throws FormatException {
        ByteBuffer data = block.node().data().orElseGet(() -> ByteBuffer.allocate(0));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(data).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("symlink " + block.cid() + " has a target that is not UTF-8", e);
        }
    }
}
