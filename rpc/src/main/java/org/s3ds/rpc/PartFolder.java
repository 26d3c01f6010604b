package org.s3ds.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/**
 * A directory of what is in a multipart body, whose entries come depth first. A directory need not have a part of its
 * own: a path with slashes makes it. What comes for a directory that was passed already is skipped, as Kubo does.
 */
final class PartFolder implements InputNode.Children {
    /** A symlink that is longer leads nowhere on any disk. */
    private static final int MAX_TARGET = 64 << 10;

    /** A path through this folder: its own is the first so many names of it. */
    private final List<String> path;

    private final int depth;
    private final Ahead parts;
    private String passed = "";

    private PartFolder(List<String> path, int depth, Ahead parts) {
        this.path = path;
        this.depth = depth;
        this.parts = parts;
    }

    /** Everything in a body; nothing without one. */
    static PartFolder root(Optional<Parts> parts) {
        return new PartFolder(List.of(), 0, new Ahead(parts));
    }

    @Override
    public Optional<InputNode> next() throws IOException {
        Optional<Part> part = parts.peek();
        while (part.isPresent() && wasPassed(part.get().names())) {
            parts.take();
            part = parts.peek();
        }
        return part.isPresent() && isHere(part.get().names()) ? Optional.of(entry(part.get())) : Optional.empty();
    }

    private boolean wasPassed(List<String> names) {
        return names.size() > depth + 1 && names.get(depth).equals(passed) && isHere(names);
    }

    /** Below this folder; what has no name is at the root. */
    private boolean isHere(List<String> names) {
        return (names.size() > depth || depth == 0)
                && (names.equals(path) || names.subList(0, depth).equals(path.subList(0, depth)));
    }

    private InputNode entry(Part part) throws IOException {
        List<String> names = part.names();
        passed = names.isEmpty() ? "" : names.get(depth);
        if (names.size() > depth + 1) {
            return new Folder(passed, Metadata.NONE, new PartFolder(names, depth + 1, parts));
        }
        parts.take();
        return switch (part.type()) {
            case "application/x-directory", "multipart/form-data" ->
                new Folder(passed, part.metadata(), new PartFolder(names, names.size(), parts));
            case "application/symlink" -> new InputNode.Symlink(passed, part.metadata(), target(part));
            default -> new Content(passed, part.metadata(), part.content());
        };
    }

    private static String target(Part part) throws IOException {
        byte[] target = part.content().readNBytes(MAX_TARGET + 1);
        if (target.length > MAX_TARGET) {
            throw new IOException("the target of symlink " + String.join("/", part.names()) + " has more than "
                    + MAX_TARGET + " bytes");
        }
        return Escapes.text(target)
                .orElseThrow(() ->
                        new IOException("the target of symlink " + String.join("/", part.names()) + " is not UTF-8"));
    }

    /** The body is the request's own. */
    @Override
    public void close() {}

    /** The parts, of which one may be looked at before it is taken. */
    private static final class Ahead {
        private final Optional<Parts> parts;
        private Optional<Part> seen = Optional.empty();

        Ahead(Optional<Parts> parts) {
            this.parts = parts;
        }

        Optional<Part> peek() throws IOException {
            if (seen.isEmpty() && parts.isPresent()) {
                seen = parts.get().next();
            }
            return seen;
        }

        void take() {
            seen = Optional.empty();
        }
    }

    private record Folder(String name, Metadata metadata, PartFolder children) implements InputNode.Directory {
        @Override
        public Children open() {
            return children;
        }
    }

    private record Content(String name, Metadata metadata, InputStream in) implements InputNode.File {
        @Override
        public InputStream open() {
            return in;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }
    }
}
