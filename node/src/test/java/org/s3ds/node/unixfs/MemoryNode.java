package org.s3ds.node.unixfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.MeasuredDatastore;
import org.s3ds.datastore.MemoryDatastore;
import org.s3ds.datastore.MemoryMetrics;
import org.s3ds.datastore.Query;
import org.s3ds.datastore.Results;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.HashPolicy;
import org.s3ds.node.pins.Pins;

/** Blocks and pins in memory, with a count of every call for blocks, and inputs in memory. */
final class MemoryNode {
    private final MemoryMetrics metrics = new MemoryMetrics();
    private final MemoryDatastore store = new MemoryDatastore();
    private final Blockstore blocks =
            new Blockstore(new MeasuredDatastore("blocks", store, metrics), HashPolicy.kubo());
    private final Pins pins = new Pins(new MemoryDatastore());
    private final List<Added> added = new ArrayList<>();

    Blockstore blocks() {
        return blocks;
    }

    Pins pins() {
        return pins;
    }

    /** What was told as added, in order. */
    List<Added> added() {
        return added;
    }

    /** How often the store of blocks was asked for an operation, such as {@code put}. */
    long calls(String operation) {
        return metrics.counters().getOrDefault("blocks." + operation + "_total", 0L);
    }

    /** Bytes of all blocks in the store. */
    long storedBytes() throws IOException {
        try (Results entries = store.query(Query.keys(Key.ROOT).withSizes())) {
            return entries.rest().stream()
                    .mapToLong(entry -> entry.size().orElseThrow())
                    .sum();
        }
    }

    AddResult add(AddOptions options, InputNode... inputs) throws IOException {
        return new Adder(blocks, pins, options).add(Arrays.asList(inputs), new AddListener() {
            @Override
            public void added(Added one) {
                added.add(one);
            }

            @Override
            public void read(String name, long more, long total) {}
        });
    }

    /** A file in memory. */
    static InputNode.File file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A file in memory. */
    static InputNode.File file(String name, byte[] bytes) {
        return new InputNode.File() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(bytes.length);
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Metadata metadata() {
                return Metadata.NONE;
            }
        };
    }

    /** A directory in memory. */
    static InputNode.Directory directory(String name, InputNode... children) {
        return new InputNode.Directory() {
            @Override
            public Children open() {
                var rest = List.of(children).iterator();
                return new Children() {
                    @Override
                    public Optional<InputNode> next() {
                        return rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Metadata metadata() {
                return Metadata.NONE;
            }
        };
    }
}
