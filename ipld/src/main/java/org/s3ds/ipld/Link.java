package org.s3ds.ipld;

import java.util.Comparator;

/**
 * A link of a block. That of a dag-pb node has a name and a size, the others as {@link BlockLinks} says.
 *
 * @param name the name, empty for the parts of a file
 * @param cid the block it leads to
 * @param size bytes of all blocks reached through this link, each way counted ({@code Tsize}); at least 0, which it is
 *     where the block does not say. What a stranger's block claims is not checked
 */
public record Link(String name, Cid cid, long size) {
    /** By their UTF-8 bytes, unsigned: the order of names in a node. */
    public static final Comparator<String> NAMES = Link::compareNames;

    /** The order of links in a node. */
    public static final Comparator<Link> BY_NAME = Comparator.comparing(Link::name, NAMES);

    /** Refuses a negative size, and a name with half a character, which no UTF-8 can write. */
    public Link {
        if (Utf8.hasHalfCharacter(name)) {
            throw new IllegalArgumentException("a link's name is text, but this one has half a character: " + name);
        }
        if (size < 0) {
            throw new IllegalArgumentException("a link's size is at least 0, not " + size);
        }
    }

    /** The same link under another name. */
    public Link withName(String other) {
        return new Link(other, cid, size);
    }

    /** The order of code points is that of their UTF-8 bytes; the order of Java's characters is not. */
    private static int compareNames(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Integer.compare(a.codePointAt(i), b.codePointAt(i));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
