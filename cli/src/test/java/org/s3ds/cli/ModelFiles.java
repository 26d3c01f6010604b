package org.s3ds.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.s3ds.node.mfs.MfsPath;

/** What the files of a node should be after some changes: a tree in memory, of values that never change. */
final class ModelFiles {
    /** Something with a name. */
    sealed interface Entry {}

    /** Bytes. */
    static final class Content implements Entry {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "a file of " + bytes.length + " bytes";
        }
    }

    /** Names. */
    record Folder(Map<String, Entry> entries) implements Entry {
        static final Folder EMPTY = new Folder(Map.of());

        Folder {
            entries = Map.copyOf(entries);
        }

        Folder with(String name, Entry entry) {
            Map<String, Entry> more = new TreeMap<>(entries);
            more.put(name, entry);
            return new Folder(more);
        }

        Folder without(String name) {
            Map<String, Entry> less = new TreeMap<>(entries);
            less.remove(name);
            return new Folder(less);
        }
    }

    /** A change that cannot be made. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Folder root = Folder.EMPTY;

    /** The same files, to be changed for themselves. */
    ModelFiles copy() {
        ModelFiles copy = new ModelFiles();
        copy.root = root;
        return copy;
    }

    Folder root() {
        return root;
    }

    /** What is at a path; empty also when the way leads through a file. */
    Optional<Entry> find(MfsPath path) {
        Entry at = root;
        for (String name : path.names()) {
            Entry next = at instanceof Folder folder ? folder.entries().get(name) : null;
            if (next == null) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(at);
    }

    void makeDirectory(MfsPath path, boolean parents) throws Refused {
        Optional<Entry> there = find(path);
        if (there.isPresent()) {
            require(parents && there.get() instanceof Folder);
            return;
        }
        put(path, Folder.EMPTY, parents);
    }

    void write(MfsPath path, byte[] written, int offset, boolean create, boolean parents, boolean truncate)
            throws Refused {
        Optional<Entry> there = find(path);
        require(there.isPresent() ? there.get() instanceof Content : create);
        byte[] old =
                there.isPresent() && !truncate && there.get() instanceof Content content ? content.bytes : new byte[0];
        byte[] bytes = Arrays.copyOf(old, Math.max(old.length, offset + written.length));
        System.arraycopy(written, 0, bytes, offset, written.length);
        put(path, new Content(bytes), parents);
    }

    void copy(Optional<Entry> source, MfsPath destination, boolean force, boolean parents) throws Refused {
        require(source.isPresent());
        Optional<Entry> there = find(destination);
        require(there.isEmpty() || (force && there.get() instanceof Content));
        put(destination, source.get(), parents);
    }

    void move(MfsPath source, MfsPath destination) throws Refused {
        Optional<Entry> moved = find(source);
        require(moved.isPresent() && find(destination.parent()).orElse(null) instanceof Folder);
        boolean into = find(destination).orElse(null) instanceof Folder;
        MfsPath target = into ? destination.child(source.name()) : destination;
        require(!into || find(target).isEmpty());
        if (!target.equals(source)) {
            require(!isWithin(target, source));
            put(target, moved.get(), false);
            remove(source);
        }
    }

    void remove(MfsPath path) throws Refused {
        require(find(path).isPresent());
        root = without(root, path.names());
    }

    private static boolean isWithin(MfsPath path, MfsPath above) {
        int length = above.names().size();
        return path.names().size() >= length && path.names().subList(0, length).equals(above.names());
    }

    private static void require(boolean condition) throws Refused {
        if (!condition) {
            throw new Refused();
        }
    }

    private void put(MfsPath path, Entry entry, boolean parents) throws Refused {
        root = with(root, path.names(), entry, parents);
    }

    /** Paths of the model are short. */
    private static Folder with(Folder folder, List<String> names, Entry entry, boolean parents) throws Refused {
        String name = names.getFirst();
        if (names.size() == 1) {
            return folder.with(name, entry);
        }
        Entry below = folder.entries().get(name);
        require(below == null ? parents : below instanceof Folder);
        Folder next = below instanceof Folder known ? known : Folder.EMPTY;
        return folder.with(name, with(next, names.subList(1, names.size()), entry, parents));
    }

    private static Folder without(Folder folder, List<String> names) {
        String name = names.getFirst();
        boolean last = names.size() == 1;
        return last || !(folder.entries().get(name) instanceof Folder below)
                ? folder.without(name)
                : folder.with(name, without(below, names.subList(1, names.size())));
    }
}
