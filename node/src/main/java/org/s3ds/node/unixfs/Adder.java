package org.s3ds.node.unixfs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.BlockSink;
import org.s3ds.node.blocks.BlockWriter;
import org.s3ds.node.blocks.Blockstore;
import org.s3ds.node.blocks.Scope;
import org.s3ds.node.blocks.Window;
import org.s3ds.node.pins.Pins;

/**
 * Adds files and directories: reads them, stores their blocks, pins their roots.
 *
 * <ul>
 *   <li>One thread reads and hashes, front to back; it does not wait for a file's blocks to be stored before it reads
 *       the next, but for room among the blocks in flight.
 *   <li>Each distinct block is put once and none is read.
 *   <li>What is told as added is stored. Roots are pinned last, once everything is durable, and kept in another way, if
 *       there is one.
 *   <li>Garbage collection leaves alone what was stored, until its root is pinned.
 *   <li>An input that fails ends the add: inputs before it are pinned, it and those after it are not.
 * </ul>
 */
public final class Adder {
    private final Blockstore blocks;
    private final Pins pins;
    private final AddOptions options;
    private final Keeper keeper;

    /** An adder to a node. */
    public Adder(Blockstore blocks, Pins pins, AddOptions options) {
        this(blocks, pins, options, root -> {});
    }

    /** The same; roots are kept in one more way than by pins. */
    public Adder(Blockstore blocks, Pins pins, AddOptions options, Keeper keeper) {
        this.blocks = blocks;
        this.pins = pins;
        this.options = options;
        this.keeper = keeper;
    }

    /** Makes something that garbage collection keeps refer to what was added. */
    @FunctionalInterface
    public interface Keeper {
        /**
         * Keeps a root, whose blocks are durable; what keeps it is durable on return. Garbage collection leaves alone
         * what was added until then.
         *
         * @throws IOException when it cannot be kept so; roots after it are not kept so either
         */
        void keep(Added root) throws IOException;
    }

    /**
     * Adds inputs, in their order.
     *
     * @throws InputException when an input could not be read
     * @throws IOException when blocks or pins could not be stored
     */
    public AddResult add(List<InputNode> inputs, AddListener listener) throws IOException {
        return add(InputNode.Children.of(inputs), listener);
    }

    /** The same with inputs that come one after the other; the caller closes them. */
    public AddResult add(InputNode.Children inputs, AddListener listener) throws IOException {
        try (Scope scope = blocks.protect()) {
            return add(inputs, listener, options.onlyHash() ? block -> {} : scope.blocks());
        }
    }

    private AddResult add(InputNode.Children inputs, AddListener listener, BlockSink store) throws IOException {
        try (BlockWriter writer = new BlockWriter(store, Window.DEFAULT);
                AddedLines lines = new AddedLines(listener)) {
            InputWalk walk = new InputWalk(options, writer, lines, listener);
            List<Added> roots = new ArrayList<>();
            try {
                InputNode.Children all =
                        options.wrap() ? InputNode.Children.of(List.of(new WrappingDirectory(inputs))) : inputs;
                for (Optional<InputNode> input = all.next(); input.isPresent(); input = all.next()) {
                    walk.add(input.get()).ifPresent(roots::add);
                }
            } catch (InputException e) {
                keepInSpiteOf(e, roots, writer, lines);
                throw options.pins() ? e.withoutPin() : e;
            }
            keep(roots, writer, lines);
            return new AddResult(roots, walk.refused(), writer.blocks());
        }
    }

    private void keepInSpiteOf(InputException failure, List<Added> roots, BlockWriter writer, AddedLines lines)
            throws IOException {
        try {
            keep(roots, writer, lines);
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    /** Makes what was added stay: all lines told, all blocks durable, then the pins. */
    private void keep(List<Added> roots, BlockWriter writer, AddedLines lines) throws IOException {
        lines.finish();
        writer.flush();
        if (options.onlyHash()) {
            return;
        }
        blocks.sync();
        if (options.pins()) {
            for (Added root : roots) {
                pins.addRecursive(root.cid(), options.pinName());
            }
        }
        for (Added root : roots) {
            keeper.keep(root);
        }
    }
}
