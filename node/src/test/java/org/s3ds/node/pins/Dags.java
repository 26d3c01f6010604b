package org.s3ds.node.pins;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.HashFunction;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.Multicodec;
import org.s3ds.ipld.PbNode;
import org.s3ds.node.ScriptedDatastore;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Collector;
import org.s3ds.node.blocks.HashPolicy;

/** Small DAGs and their pins in memory, with every call to the store written down. */
public final class Dags {
    public final MemoryDatastore store = new MemoryDatastore();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final ScriptedDatastore scripted;
    public final Blockstore blocks;
    final Pins pins;
    final Pinner pinner;

    /** Whose calls are all carried out. */
    public Dags() {
        this((call, key) -> {});
    }

    /** Whose store does what a script says. */
    public Dags(ScriptedDatastore.Script script) {
        scripted = new ScriptedDatastore(store, (call, key) -> {
            calls.add(call + " " + key);
            script.before(call, key);
        });
        blocks = new Blockstore(scripted, HashPolicy.kubo());
        pins = new Pins(scripted);
        pinner = new Pinner(blocks, pins);
    }

    /** A raw block. */
    public Cid leaf(String text) throws IOException {
        return put(new CidFormat(1, Multicodec.RAW, HashFunction.SHA2_256), text.getBytes(StandardCharsets.UTF_8));
    }

    /** A dag-pb node of version 1 with links that have no names. */
    public Cid node(Cid... children) throws IOException {
        return put(Arrays.stream(children).map(child -> new Link("", child, 1)).toArray(Link[]::new));
    }

    /** A dag-pb node of version 1. */
    public Cid put(Link... links) throws IOException {
        return put(
                new CidFormat(1, Multicodec.DAG_PB, HashFunction.SHA2_256),
                PbNode.of(List.of(links), null).encode());
    }

    /** A block of any kind. */
    public Cid put(CidFormat format, byte[] data) throws IOException {
        Block block = Block.hash(format, data);
        blocks.put(block);
        return block.cid();
    }

    /** A block is gone, whatever keeps it. */
    public void lose(Cid cid) throws IOException {
        try (Collector collector = blocks.collect()) {
            collector.remove(List.of(cid.hash()));
        }
    }

    /** Forgets what was called so far. */
    public void forgetCalls() {
        calls.clear();
    }

    /** What was called, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** How often something was done to blocks, such as {@code get}. */
    public long blockCalls(String operation) {
        return calls().stream()
                .filter(call -> call.startsWith(operation + " /blocks/"))
                .count();
    }
}
