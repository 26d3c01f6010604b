package org.s3ds.ipld;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/** The codecs in which a block says something that can be said in others, too. */
public enum DataCodec {
    /** Bytes and nothing else. */
    RAW(Multicodec.RAW),
    /** A map of {@code Data} and {@code Links}. */
    DAG_PB(Multicodec.DAG_PB),
    /** See {@link DagCbor}. */
    DAG_CBOR(Multicodec.DAG_CBOR),
    /** See {@link DagJson}. */
    DAG_JSON(Multicodec.DAG_JSON),
    /** As dag-cbor, without links. */
    CBOR(Multicodec.CBOR),
    /** JSON in which nothing is a link or bytes, written with a line for each value, as Kubo writes it. */
    JSON(Multicodec.JSON);

    private final long code;

    DataCodec(long code) {
        this.code = code;
    }

    /** The codec with a code; empty when blocks of it say nothing that others can. */
    public static Optional<DataCodec> byCode(long code) {
        return Arrays.stream(values()).filter(codec -> codec.code == code).findFirst();
    }

    /**
     * What a block says.
     *
     * @throws FormatException when it cannot be read; names the block
     */
    public static Data read(Block block) throws FormatException {
        long code = block.cid().codec();
        DataCodec codec = byCode(code)
                .orElseThrow(() -> new FormatException(
                        "block %s is of the codec %s, which is none of raw, dag-pb, dag-cbor, dag-json, cbor and json"
                                .formatted(
                                        block.cid(), Multicodec.nameOf(code).orElse("0x" + Long.toHexString(code)))));
        try {
            return codec.decode(block.data());
        } catch (FormatException e) {
            throw new FormatException("block " + block.cid() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The multicodec. */
    public long code() {
        return code;
    }

    /**
     * What bytes say.
     *
     * @throws FormatException when they are not of this codec
     */
    public Data decode(byte[] bytes) throws FormatException {
        return switch (this) {
            case RAW -> Data.Bytes.of(bytes);
            case DAG_PB -> PbData.of(PbNode.decode(bytes));
            case DAG_CBOR -> DagCbor.decode(bytes);
            case DAG_JSON -> DagJson.decode(bytes);
            case CBOR -> withoutLinks(DagCbor.decode(bytes));
            case JSON -> DagJson.decodePlain(bytes);
        };
    }

    /**
     * The bytes that say this.
     *
     * @throws FormatException when this codec cannot say it
     */
    public byte[] encode(Data data) throws FormatException {
        return switch (this) {
            case RAW -> {
                if (!(data instanceof Data.Bytes bytes)) {
                    throw new FormatException("raw holds bytes alone, and this is not bytes");
                }
                yield bytes.value();
            }
            case DAG_PB -> PbData.node(data).encode();
            case DAG_CBOR -> cbor(data);
            case DAG_JSON -> DagJson.encode(data);
            case CBOR -> cbor(withoutLinks(data));
            case JSON -> DagJson.encodePlain(data);
        };
    }

    private static byte[] cbor(Data data) throws FormatException {
        try {
            return DagCbor.encode(data);
        } catch (IllegalArgumentException e) {
            throw new FormatException("dag-cbor cannot hold " + e.getMessage(), e);
        }
    }

    private static Data withoutLinks(Data data) throws FormatException {
        Deque<Data> left = new ArrayDeque<>();
        left.push(data);
        while (!left.isEmpty()) {
            switch (left.pop()) {
                case Data.LinkTo _ -> throw new FormatException("cannot Marshal ipld links to CBOR");
                case Data.ListOf list -> list.items().forEach(left::push);
                case Data.MapOf map -> map.entries().values().forEach(left::push);
                case Data.Null _, Data.Bool _, Data.Int _, Data.Real _, Data.Text _, Data.Bytes _ -> {}
            }
        }
        return data;
    }
}
