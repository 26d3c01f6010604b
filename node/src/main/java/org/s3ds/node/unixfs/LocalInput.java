package org.s3ds.node.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.s3ds.ipld.unixfs.Metadata;

/**
 * Files of a disk as input. A directory is listed when its turn comes, a file looked at when it is met, so that a tree
 * of any size takes little memory; names come in the order of their bytes.
 */
public final class LocalInput {
    /** What Java makes of bytes in an argument that are not UTF-8: the name itself cannot be had back. */
    private static final char REPLACEMENT = '\uFFFD';

    private final Path base;
    private final LocalOptions options;

    /**
     * Input below a folder.
     *
     * @param base where relative paths start
     */
    public LocalInput(Path base, LocalOptions options) {
        this.base = base;
        this.options = options;
    }

    /**
     * What a path of the command line names. One whose name is not UTF-8 is refused.
     *
     * @throws InputException when there is nothing, or a directory that is not to be added recursively
     */
    public InputNode open(String argument) throws IOException {
        String shown = cleaned(argument);
        Path path = base.resolve(shown);
        if (shown.indexOf(REPLACEMENT) >= 0 && Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
            return new InputNode.Refused(lastName(path), Metadata.NONE, notText(shown));
        }
        boolean follow = options.dereferenceArguments() || options.dereferenceSymlinks();
        LocalAttributes attributes = LocalAttributes.read(path, shown, follow);
        if (attributes.kind() == LocalAttributes.Kind.DIRECTORY && !options.recursive()) {
            throw new InputException("'" + shown + "' is a directory, use the '-r' flag to specify directories");
        }
        return node(new Place(path, shown, lastName(path), "", Set.of()), attributes, follow);
    }

    private static String cleaned(String argument) {
        String clean = Path.of(argument).normalize().toString();
        return clean.isEmpty() ? "." : clean;
    }

    /** The last name of a path; of {@code .} and {@code ..} that of the folder they stand for. */
    private static String lastName(Path path) throws IOException {
        Path last = path.getFileName();
        boolean relative =
                last == null || last.toString().equals(".") || last.toString().equals("..");
        Path named = relative ? path.toRealPath().getFileName() : last;
        return named == null ? "" : named.toString();
    }

    private InputNode node(Place place, LocalAttributes attributes, boolean follow) throws IOException {
        return switch (attributes.kind()) {
            case FILE -> new LocalFile(place, attributes, follow);
            case DIRECTORY -> new LocalDirectory(place, attributes.metadata());
            case SYMLINK -> symlink(place, attributes.metadata());
            case OTHER ->
                throw new InputException("unrecognized file type for " + place.shown
                        + ": neither a file nor a directory nor a symlink (leave it out with --ignore)");
        };
    }

    private static InputNode symlink(Place place, Metadata metadata) throws IOException {
        try {
            Path target = Files.readSymbolicLink(place.path);
            return isText(target)
                    ? new InputNode.Symlink(place.name, metadata, target.toString())
                    : new InputNode.Refused(
                            place.name, metadata, place.shown + " was not added: the path it points to is not UTF-8");
        } catch (IOException e) {
            throw InputException.of("readlink", place.shown, e);
        }
    }

    /** Whether the bytes of a name are UTF-8: Java then gets the same path back from its text. */
    private static boolean isText(Path path) {
        return path.equals(Path.of(path.toString()));
    }

    private static String notText(String shown) {
        return shown + " was not added: its name is not UTF-8";
    }

    /**
     * Where something lies.
     *
     * @param shown the path as the user would write it
     * @param below its path below the folder that is added, empty for that folder
     * @param ancestors the real paths of the directories it was reached through, where symlinks are followed
     */
    private record Place(Path path, String shown, String name, String below, Set<Path> ancestors) {
        Place child(Path childPath, Set<Path> through) {
            String childName = childPath.getFileName().toString();
            String childShown = shown.endsWith("/") ? shown + childName : shown + "/" + childName;
            return new Place(
                    childPath, childShown, childName, below.isEmpty() ? childName : below + "/" + childName, through);
        }
    }

    private record LocalFile(Place place, LocalAttributes attributes, boolean follow) implements InputNode.File {
        @Override
        public String name() {
            return place.name;
        }

        @Override
        public Metadata metadata() {
            return attributes.metadata();
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(attributes.size());
        }

        @Override
        public InputStream open() throws IOException {
            return SteadyInputStream.open(place.path, place.shown, attributes, follow);
        }
    }

    private final class LocalDirectory implements InputNode.Directory {
        private final Place place;
        private final Metadata metadata;

        LocalDirectory(Place place, Metadata metadata) {
            this.place = place;
            this.metadata = metadata;
        }

        @Override
        public String name() {
            return place.name;
        }

        @Override
        public Metadata metadata() {
            return metadata;
        }

        @Override
        public Children open() throws IOException {
            return new LocalChildren(place, names(), ancestors());
        }

        private Deque<Path> names() throws IOException {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(place.path)) {
                stream.forEach(found::add);
            } catch (DirectoryIteratorException e) {
                throw InputException.of("open", place.shown, Objects.requireNonNull(e.getCause()));
            } catch (IOException e) {
                throw InputException.of("open", place.shown, e);
            }
            // a path compares as its bytes do
            found.sort(null);
            return new ArrayDeque<>(found);
        }

        /** Needed only where symlinks are followed: without them a tree has no way back. */
        private Set<Path> ancestors() throws IOException {
            if (!options.dereferenceSymlinks()) {
                return Set.of();
            }
            Set<Path> through = new HashSet<>(place.ancestors);
            if (!through.add(place.path.toRealPath())) {
                throw new InputException(place.shown + " is a symlink to a folder that holds it: it would never end");
            }
            return Set.copyOf(through);
        }
    }

    private final class LocalChildren implements InputNode.Children {
        private final Place place;
        private final Deque<Path> names;
        private final Set<Path> ancestors;

        LocalChildren(Place place, Deque<Path> names, Set<Path> ancestors) {
            this.place = place;
            this.names = names;
            this.ancestors = ancestors;
        }

        @Override
        public Optional<InputNode> next() throws IOException {
            while (!names.isEmpty()) {
                Optional<InputNode> child = child(place.child(names.removeFirst(), ancestors));
                if (child.isPresent()) {
                    return child;
                }
            }
            return Optional.empty();
        }

        private Optional<InputNode> child(Place child) throws IOException {
            if (!options.hidden() && child.name.startsWith(".")) {
                return Optional.empty();
            }
            boolean follow = options.dereferenceSymlinks();
            LocalAttributes attributes = LocalAttributes.read(child.path, child.shown, follow);
            if (options.ignore().ignores(child.below, attributes.kind() == LocalAttributes.Kind.DIRECTORY)) {
                return Optional.empty();
            }
            return Optional.of(
                    isText(child.path)
                            ? node(child, attributes, follow)
                            : new InputNode.Refused(child.name, attributes.metadata(), notText(child.shown)));
        }

        @Override
        public void close() {
            names.clear();
        }
    }
}
