package org.s3ds.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.s3ds.node.Node;
import org.s3ds.node.mfs.MfsNode;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.node.unixfs.FileReader;
import org.s3ds.node.unixfs.Listed;
import org.s3ds.node.unixfs.Lister;

/** Reads the files of a node, every name and byte, and says where they are not what they should be. */
final class FilesCheck {
    private final Node node;

    FilesCheck(Node node) {
        this.node = node;
    }

    private record Place(String path, ModelFiles.Entry expected, MfsNode found) {}

    /** The first place where the files differ from a model; empty when they are the same. */
    Optional<String> difference(ModelFiles model) throws IOException {
        Deque<Place> pending = new ArrayDeque<>();
        pending.push(new Place("/", model.root(), node.mfs().find(MfsPath.ROOT)));
        while (!pending.isEmpty()) {
            Place place = pending.pop();
            Optional<String> difference = difference(place.path, place.expected, place.found);
            if (difference.isPresent()) {
                return difference;
            }
            if (place.expected instanceof ModelFiles.Folder folder) {
                for (Listed listed : list(place.found)) {
                    pending.push(new Place(
                            place.path + listed.name() + "/",
                            Objects.requireNonNull(folder.entries().get(listed.name())),
                            MfsNode.read(node.blocks(), listed.cid())));
                }
            }
        }
        return Optional.empty();
    }

    /** How one thing differs, without what is below it. */
    static Optional<String> difference(String path, ModelFiles.Entry expected, MfsNode found) throws IOException {
        boolean same = switch (expected) {
            case ModelFiles.Folder folder ->
                found.stat().isDirectory() && folder.entries().keySet().equals(names(found));
            case ModelFiles.Content content ->
                !found.stat().isDirectory() && Arrays.equals(content.bytes(), bytes(found));
        };
        return same ? Optional.empty() : Optional.of(path + " is not " + expected);
    }

    private static byte[] bytes(MfsNode file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FileReader reader = new FileReader(file.blocks(), file.cid(), 0, Long.MAX_VALUE)) {
            reader.copyTo(out);
        }
        return out.toByteArray();
    }

    private static Set<String> names(MfsNode directory) throws IOException {
        return list(directory).stream().map(Listed::name).collect(Collectors.toSet());
    }

    private static List<Listed> list(MfsNode directory) throws IOException {
        List<Listed> entries = new ArrayList<>();
        try (Lister lister = new Lister(directory.blocks(), directory.cid(), false)) {
            for (Optional<Listed> one = lister.next(); one.isPresent(); one = lister.next()) {
                entries.add(one.get());
            }
        }
        return entries;
    }
}
