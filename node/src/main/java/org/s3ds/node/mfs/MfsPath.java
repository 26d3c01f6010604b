package org.s3ds.node.mfs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Where something is among the files, from their root on.
 *
 * @param names what stands between the slashes; none at all for the root
 * @param slash whether a slash stands at the end, which some commands take for "in this directory"
 */
public record MfsPath(List<String> names, boolean slash) {
    /** The root. */
    public static final MfsPath ROOT = new MfsPath(List.of(), false);

    /** Copies the names. */
    public MfsPath {
        names = List.copyOf(names);
        if (names.stream().anyMatch(name -> name.isEmpty() || name.indexOf('/') >= 0)) {
            throw new IllegalArgumentException("no name of a path is empty or has a slash: " + names);
        }
    }

    /**
     * Reads a path; {@code .}, {@code ..} and slashes that follow each other are worked out.
     *
     * @throws IOException with Kubo's sentence when it is empty or does not begin with a slash
     */
    public static MfsPath parse(String text) throws IOException {
        if (text.isEmpty()) {
            throw new IOException("paths must not be empty");
        }
        if (text.charAt(0) != '/') {
            throw new IOException("paths must start with a leading slash");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IOException("a path is text, but this one has half a character: " + text);
        }
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return new MfsPath(names, text.endsWith("/") && !names.isEmpty());
    }

    /** Whether it is the root. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The directory that the last name is in; the root is its own. */
    public MfsPath parent() {
        return isRoot() ? ROOT : new MfsPath(names.subList(0, names.size() - 1), false);
    }

    /** The last name; empty for the root. */
    public String name() {
        return isRoot() ? "" : names.getLast();
    }

    /** The same with a slash at its end. */
    MfsPath withSlash() {
        return new MfsPath(names, true);
    }

    /** What has a name in this directory. */
    public MfsPath child(String name) {
        List<String> below = new ArrayList<>(names);
        below.add(name);
        return new MfsPath(below, false);
    }

    /** Whether it is another path, or below it. */
    boolean isWithin(MfsPath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** With slashes, the first one first. */
    @Override
    public String toString() {
        return "/" + String.join("/", names) + (slash ? "/" : "");
    }
}
