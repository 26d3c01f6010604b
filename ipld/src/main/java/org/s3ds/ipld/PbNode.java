package org.s3ds.ipld;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dag-pb node: links and data. On the wire the links come first (field 2), then the data (field 1); a link is its CID
 * (1), name (2) and size (3), all always written.
 */
public final class PbNode {
    private static final int DATA = 1;
    private static final int LINKS = 2;
    private static final int LINK_HASH = 1;
    private static final int LINK_NAME = 2;
    private static final int LINK_SIZE = 3;

    // constants of the compiler, for its switches: the field's number, then three bits of wire type
    private static final int DATA_TAG = DATA << 3 | ProtoReader.LENGTH_DELIMITED;
    private static final int LINKS_TAG = LINKS << 3 | ProtoReader.LENGTH_DELIMITED;
    private static final int HASH_TAG = LINK_HASH << 3 | ProtoReader.LENGTH_DELIMITED;
    private static final int NAME_TAG = LINK_NAME << 3 | ProtoReader.LENGTH_DELIMITED;
    private static final int SIZE_TAG = LINK_SIZE << 3 | ProtoReader.VARINT;

    private final List<Link> links;
    private final byte @Nullable [] data;

    private PbNode(List<Link> links, byte @Nullable [] data) {
        this.links = links;
        this.data = data;
    }

    /**
     * A node of these links, brought into the order of their names' bytes (equal names stay as they are), and data.
     *
     * @param data not copied; null for none, which is not the same as empty
     */
    public static PbNode of(List<Link> links, byte @Nullable [] data) {
        return new PbNode(links.stream().sorted(Link.BY_NAME).toList(), data);
    }

    /**
     * The node that a block's bytes are. Strict: the two fields only, links together, data at most once, the fields of
     * a link in order and at most once, its CID required. The order of links is the block's.
     *
     * @throws FormatException when they are anything else; says at which byte
     */
    public static PbNode decode(byte[] bytes) throws FormatException {
        ProtoReader reader = ProtoReader.of(bytes, "dag-pb");
        List<Link> links = new ArrayList<>();
        byte[] data = null;
        boolean linksEnded = false;
        while (reader.hasMore()) {
            int start = reader.offset();
            int tag = reader.nextTag();
            if (tag == LINKS_TAG && !linksEnded) {
                links.add(link(reader.message()));
            } else if (tag == DATA_TAG && data == null) {
                data = reader.bytes();
                linksEnded = !links.isEmpty();
            } else {
                throw reader.failure(problem(tag), start);
            }
        }
        return new PbNode(List.copyOf(links), data);
    }

    /**
     * Whether a block is dag-pb and its first field is a link, as in all but odd blocks with links; nothing is decoded.
     */
    public static boolean beginsWithLink(Block block) {
        return block.cid().codec() == Multicodec.DAG_PB && block.size() > 0 && block.data()[0] == LINKS_TAG;
    }

    private static String problem(int tag) {
        return switch (tag) {
            case LINKS_TAG -> "links before and after the data";
            case DATA_TAG -> "data a second time";
            default -> "a field that it does not have (" + (tag >>> 3) + ", wire type " + (tag & 7) + ")";
        };
    }

    private static Link link(ProtoReader reader) throws FormatException {
        int start = reader.offset();
        Cid cid = null;
        String name = "";
        long size = 0;
        int last = 0;
        while (reader.hasMore()) {
            int tagAt = reader.offset();
            int tag = reader.nextTag();
            if (tag >>> 3 <= last) {
                throw reader.failure("a link's fields out of order or twice", tagAt);
            }
            last = tag >>> 3;
            switch (tag) {
                case HASH_TAG -> cid = cid(reader);
                case NAME_TAG -> name = reader.text();
                case SIZE_TAG -> size = size(reader);
                default -> throw reader.failure("a link with " + problem(tag), tagAt);
            }
        }
        if (cid == null) {
            throw reader.failure("a link without a CID", start);
        }
        return new Link(name, cid, size);
    }

    private static Cid cid(ProtoReader reader) throws FormatException {
        int start = reader.offset();
        byte[] bytes = reader.bytes();
        try {
            return Cid.decode(bytes);
        } catch (FormatException e) {
            throw reader.failure("a link whose CID cannot be read (" + e.getMessage() + ")", start);
        }
    }

    private static long size(ProtoReader reader) throws FormatException {
        int start = reader.offset();
        long size = reader.varint();
        if (size < 0) {
            throw reader.failure("a link's size above 2^63-1", start);
        }
        return size;
    }

    /** The links, in the order of the block. */
    public List<Link> links() {
        return links;
    }

    /** The data: not a copy, not to be changed; empty when the node has none, which is not data of no bytes. */
    public Optional<byte[]> data() {
        return Optional.ofNullable(data);
    }

    /** The bytes of the block. A decoded node keeps its links' order; what was spelt otherwise is spelt as above. */
    public byte[] encode() {
        byte[][] names = new byte[links.size()][];
        int[] sizes = new int[links.size()];
        long total = data == null ? 0 : ProtoWriter.bytesSize(data.length);
        for (int i = 0; i < sizes.length; i++) {
            names[i] = links.get(i).name().getBytes(StandardCharsets.UTF_8);
            sizes[i] = linkSize(links.get(i), names[i]);
            total += ProtoWriter.bytesSize(sizes[i]);
        }
        ProtoWriter writer = new ProtoWriter(Math.toIntExact(total));
        for (int i = 0; i < sizes.length; i++) {
            Link link = links.get(i);
            writer.message(LINKS, sizes[i])
                    .bytes(LINK_HASH, link.cid().toBytes())
                    .bytes(LINK_NAME, names[i])
                    .number(LINK_SIZE, link.size());
        }
        if (data != null) {
            writer.bytes(DATA, data);
        }
        return writer.done();
    }

    private static int linkSize(Link link, byte[] name) {
        return ProtoWriter.bytesSize(link.cid().byteLength())
                + ProtoWriter.bytesSize(name.length)
                + ProtoWriter.numberSize(link.size());
    }

    @Override
    public String toString() {
        return "dag-pb with " + links.size() + " links and "
                + data().map(bytes -> bytes.length + " bytes").orElse("no data");
    }
}
