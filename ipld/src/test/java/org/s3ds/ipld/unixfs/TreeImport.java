package org.s3ds.ipld.unixfs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.s3ds.ipld.Link;

/**
 * Adds a tree as Kubo does, with its {@code added} lines in Kubo's sequence: first every file and symlink as it is met,
 * going down into each directory in the sequence of names (by their bytes); then, when all content is in, the
 * directories, each after those in it; last the wrapping directory, without a name.
 */
final class TreeImport {
    /** What is in a tree. */
    sealed interface Item {}

    record FileItem(ByteBuffer content) implements Item {}

    record LinkItem(String target) implements Item {}

    record DirectoryItem(TreeMap<String, Item> items) implements Item {}

    /** A line of output. */
    record Added(String cid, String name) {}

    private final AddOptions options;
    private final FileImporter files;
    private final MemoryBlocks blocks;
    private final List<Added> leaves = new ArrayList<>();
    private final List<Added> directories = new ArrayList<>();

    TreeImport(AddOptions options, MemoryBlocks blocks) {
        this.options = options;
        this.files = new FileImporter(options.files());
        this.blocks = blocks;
    }

    Link add(String name, Item item) throws IOException {
        Link root = link(name, name, item);
        if (!options.wrap()) {
            return root;
        }
        DirectoryBuilder wrapper = new DirectoryBuilder(options.directories(), Metadata.NONE);
        wrapper.add(root);
        return added(directories, "", wrapper.build(blocks));
    }

    List<Added> added() {
        List<Added> all = new ArrayList<>(leaves);
        all.addAll(directories);
        return all;
    }

    private Link link(String path, String name, Item item) throws IOException {
        Link link = switch (item) {
            case FileItem file -> added(leaves, path, file(file));
            case LinkItem symlink -> added(leaves, path, files.importSymlink(symlink.target, Metadata.NONE, blocks));
            case DirectoryItem directory -> added(directories, path, directory(path, directory));
        };
        return link.withName(name);
    }

    private Link file(FileItem file) throws IOException {
        return files.importFile(new ByteArrayInputStream(Content.copy(file.content)), Metadata.NONE, blocks);
    }

    private Link directory(String path, DirectoryItem directory) throws IOException {
        DirectoryBuilder builder = new DirectoryBuilder(options.directories(), Metadata.NONE);
        for (Map.Entry<String, Item> entry : directory.items.entrySet()) {
            String name = entry.getKey();
            if (options.hidden() || !name.startsWith(".")) {
                builder.add(link(path + "/" + name, name, entry.getValue()));
            }
        }
        return builder.build(blocks);
    }

    private static Link added(List<Added> lines, String path, Link link) {
        lines.add(new Added(link.cid().toString(), path));
        return link;
    }
}
