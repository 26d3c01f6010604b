package org.s3ds.datastore;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * The name of a value: components behind slashes, as in go-datastore. Always begins with {@code /}, and does not end
 * with it unless it is {@link #ROOT}. A component may be read as {@code type:name}.
 *
 * <p>The natural order compares component by component ({@code /a/b} before {@code /a-b}); {@link #BYTE_ORDER}, the
 * order of listings, compares the whole text ({@code /a-b} before {@code /a/b}). Both compare UTF-8 bytes, unsigned.
 */
public final class Key implements Comparable<Key> {
    /** The key {@code /}, above every other. */
    public static final Key ROOT = new Key("/");

    /** By the UTF-8 bytes of the whole text, unsigned. */
    public static final Comparator<Key> BYTE_ORDER = (a, b) -> compareText(a.text, b.text);

    private final String text;

    private Key(String text) {
        this.text = text;
    }

    /**
     * The key that a text means: a missing first slash is added, runs of slashes become one, {@code .} goes, {@code ..}
     * takes the component before it away (never above the root), a last slash goes.
     */
    public static Key of(String text) {
        if (isClean(text)) {
            return new Key(text);
        }
        Deque<String> kept = new ArrayDeque<>();
        for (String component : text.split("/", -1)) {
            switch (component) {
                case "", "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(component);
            }
        }
        return new Key("/" + String.join("/", kept));
    }

    /**
     * The key with exactly this text.
     *
     * @throws IllegalArgumentException when it does not begin with a slash, or ends with one
     */
    public static Key raw(String text) {
        if (text.isEmpty()) {
            return ROOT;
        }
        if (text.charAt(0) != '/' || (text.length() > 1 && text.endsWith("/"))) {
            throw new IllegalArgumentException("invalid datastore key: " + text);
        }
        return new Key(text);
    }

    /** A key of these components. */
    public static Key ofComponents(List<String> components) {
        return of(String.join("/", components));
    }

    /** A new key that no other has: 32 hex digits. */
    public static Key random() {
        return new Key("/" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** The texts between the slashes; {@link #ROOT} has one, which is empty. */
    public List<String> components() {
        return List.of(text.substring(1).split("/", -1));
    }

    /** The last component. */
    public String base() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The {@code type} of the last component, which may hold colons; empty without one. */
    public String type() {
        int colon = base().lastIndexOf(':');
        return colon < 0 ? "" : base().substring(0, colon);
    }

    /** The {@code name} of the last component: what follows its last colon. */
    public String name() {
        return base().substring(base().lastIndexOf(':') + 1);
    }

    /** This key with {@code :instance} behind it. */
    public Key instance(String instance) {
        return of(text + ":" + instance);
    }

    /** The parent with this key's type below it. */
    public Key path() {
        return of(parent().text + "/" + type());
    }

    /** The key above; {@link #ROOT} is above itself. */
    public Key parent() {
        int slash = text.lastIndexOf('/');
        return slash == 0 ? ROOT : new Key(text.substring(0, slash));
    }

    /** The key at {@code other} below this one. */
    public Key child(Key other) {
        if (isRoot()) {
            return other;
        }
        return other.isRoot() ? this : new Key(text + other.text);
    }

    /** The key at a text below this one; the text is cleaned as in {@link #of}. */
    public Key child(String other) {
        return of(text + "/" + other);
    }

    /** Whether the other key is strictly below this one. */
    public boolean isAncestorOf(Key other) {
        if (other.text.length() <= text.length()) {
            return false;
        }
        return isRoot() || (other.text.startsWith(text) && other.text.charAt(text.length()) == '/');
    }

    /** Whether this key is strictly below the other. */
    public boolean isDescendantOf(Key other) {
        return other.isAncestorOf(this);
    }

    /** Whether there is but one component. */
    public boolean isTopLevel() {
        return text.lastIndexOf('/') == 0;
    }

    /** Whether this is {@link #ROOT}. */
    public boolean isRoot() {
        return text.length() == 1;
    }

    /** The key with its components in the opposite sequence. */
    public Key reversed() {
        return ofComponents(components().reversed());
    }

    /** Component by component; a key comes before those below it. */
    @Override
    public int compareTo(Key other) {
        List<String> ours = components();
        List<String> theirs = other.components();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            int sign = compareText(ours.get(i), theirs.get(i));
            if (sign != 0) {
                return sign;
            }
        }
        return Integer.compare(ours.size(), theirs.size());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && key.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text, from its first slash. */
    @Override
    public String toString() {
        return text;
    }

    private static boolean isClean(String text) {
        return text.length() > 1
                && text.charAt(0) == '/'
                && !text.endsWith("/")
                && !text.contains("//")
                && !text.contains("/.");
    }

    /** UTF-16 puts surrogates before the characters U+E000 to U+FFFF, UTF-8 puts what they stand for behind. */
    private static int compareText(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftPair = Character.isSurrogate(left);
                boolean rightPair = Character.isSurrogate(right);
                return leftPair == rightPair ? Character.compare(left, right) : (leftPair ? 1 : -1);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
