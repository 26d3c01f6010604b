package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.unixfs.DirectoryBuilder;
import org.s3ds.ipld.unixfs.FileImporter;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.BlockWriter;

/** Walks inputs, each directory before what is in it, and makes blocks of what it meets. For one thread. */
final class InputWalk {
    private final AddOptions options;
    private final BlockWriter writer;
    private final AddedLines lines;
    private final AddListener listener;
    private final FileImporter importer;
    private final List<String> refused = new ArrayList<>();
    private final Deque<OpenDirectory> open = new ArrayDeque<>();
    private final List<Added> directories = new ArrayList<>();

    InputWalk(AddOptions options, BlockWriter writer, AddedLines lines, AddListener listener) {
        this.options = options;
        this.writer = writer;
        this.lines = lines;
        this.listener = listener;
        this.importer = new FileImporter(options.files());
    }

    /** A directory whose children are being added. */
    private static final class OpenDirectory {
        private final String path;
        private final String name;
        private final Metadata metadata;
        private final InputNode.Children children;
        private final DirectoryBuilder entries;
        private boolean empty = true;

        OpenDirectory(String path, InputNode.Directory directory, Metadata metadata, DirectoryBuilder entries)
                throws IOException {
            this.path = path;
            this.name = directory.name();
            this.metadata = metadata;
            this.children = directory.open();
            this.entries = entries;
        }
    }

    /** A sentence for each thing that was passed over so far. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /**
     * Adds an input with all that is in it. Its blocks are on their way when this returns, and so are its lines.
     *
     * @return its root; empty when the input as a whole was refused
     */
    Optional<Added> add(InputNode input) throws IOException {
        try {
            Optional<Added> root = enter(input, input.name());
            while (!open.isEmpty()) {
                root = step(open.getLast());
            }
            for (Added directory : directories) {
                lines.put(directory, writer.mark());
            }
            directories.clear();
            return root;
        } finally {
            for (OpenDirectory directory : open) {
                directory.children.close();
            }
        }
    }

    /** Adds the next child of the innermost directory, or ends it. */
    private Optional<Added> step(OpenDirectory directory) throws IOException {
        Optional<InputNode> child = directory.children.next();
        if (child.isEmpty()) {
            open.removeLast();
            directory.children.close();
            return leave(directory);
        }
        directory.empty = false;
        String name = child.get().name();
        return enter(child.get(), directory.path.isEmpty() ? name : directory.path + "/" + name);
    }

    private Optional<Added> enter(InputNode input, String path) throws IOException {
        return switch (input) {
            case InputNode.File file -> Optional.of(file(file, path));
            case InputNode.Symlink symlink -> Optional.of(symlink(symlink, path));
            case InputNode.Directory directory -> {
                Metadata metadata = options.metadata().of(directory.metadata());
                DirectoryBuilder entries = new DirectoryBuilder(options.directories(), metadata);
                open.addLast(new OpenDirectory(path, directory, metadata, entries));
                yield Optional.empty();
            }
            case InputNode.Refused no -> {
                refused.add(no.reason());
                yield Optional.empty();
            }
        };
    }

    private Added file(InputNode.File file, String path) throws IOException {
        Metadata metadata = options.metadata().of(file.metadata());
        try (InputStream content = new CountedInputStream(file.open(), path, listener)) {
            return stored(path, file.name(), importer.importFile(content, metadata, writer), metadata);
        }
    }

    private Added symlink(InputNode.Symlink symlink, String path) throws IOException {
        Metadata metadata = options.metadata().ofSymlink(symlink.metadata());
        return stored(path, symlink.name(), importer.importSymlink(symlink.target(), metadata, writer), metadata);
    }

    private Added stored(String path, String name, Link root, Metadata metadata) throws IOException {
        String known = name.isEmpty() ? root.cid().toString() : name;
        enlist(root.withName(known));
        Added added = new Added(path.isEmpty() ? known : path, root.cid(), root.size(), metadata);
        lines.put(added, writer.mark());
        return added;
    }

    private Optional<Added> leave(OpenDirectory directory) throws IOException {
        boolean top = open.isEmpty();
        if (directory.empty && !top && !options.emptyDirectories()) {
            return Optional.empty();
        }
        Link root = directory.entries.build(writer);
        enlist(root.withName(directory.name));
        Added added = new Added(directory.path, root.cid(), root.size(), directory.metadata);
        directories.add(added);
        return Optional.of(added);
    }

    /** Enters something into the innermost directory, if there is one. */
    private void enlist(Link entry) {
        if (!open.isEmpty()) {
            open.getLast().entries.add(entry);
        }
    }
}
