package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.unixfs.PathResolver;

/**
 * What a path argument names: {@code /ipfs/CID/a/b}, {@code /ipld/CID}, {@code /ipns/NAME/a}, {@code ipfs://CID/a}, or
 * the same without the word before a CID.
 *
 * @param namespace the word before the root: {@code ipfs}, {@code ipld} or {@code ipns}
 * @param root the CID or name it starts at, as it was given
 * @param segments the names below it, without empty ones and with {@code .} and {@code ..} worked out
 */
public record IpfsPath(String namespace, String root, List<String> segments) {
    private static final String IPFS = "ipfs";
    private static final String IPLD = "ipld";
    private static final String IPNS = "ipns";
    private static final Pattern SCHEME = Pattern.compile("(?i)(ipfs|ipns|ipld):(//)?");
    private static final List<String> NAMESPACES = List.of(IPFS, IPLD, IPNS);

    /** Copies the segments. */
    public IpfsPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a path as Kubo does.
     *
     * @throws IOException with Kubo's sentence when it is none
     */
    public static IpfsPath parse(String text) throws IOException {
        List<String> segments = clean(withoutScheme(text));
        if (segments.isEmpty()) {
            throw invalid(text, "path does not have enough components");
        }
        return NAMESPACES.contains(segments.getFirst()) ? inNamespace(segments, text) : bare(segments, text);
    }

    /** {@code ipfs://CID} and {@code IPFS:CID} are ways to write {@code /ipfs/CID}. */
    private static String withoutScheme(String text) {
        Matcher scheme = SCHEME.matcher(text);
        return scheme.lookingAt()
                ? "/" + scheme.group(1).toLowerCase(Locale.ROOT) + "/" + text.substring(scheme.end())
                : text;
    }

    private static IpfsPath inNamespace(List<String> segments, String text) throws IOException {
        if (segments.size() < 2) {
            throw invalid(text, "path does not have enough components");
        }
        IpfsPath path = new IpfsPath(segments.getFirst(), segments.get(1), segments.subList(2, segments.size()));
        if (!path.isName()) {
            try {
                Cid.parse(path.root);
            } catch (FormatException e) {
                throw new IOException("invalid path \"%s\": %s".formatted(text, e.getMessage()), e);
            }
        }
        return path;
    }

    /**
     * A path that starts with its CID. When it does not, the sentence is the one for a path that lacks its namespace.
     */
    private static IpfsPath bare(List<String> segments, String text) throws IOException {
        try {
            Cid.parse(segments.getFirst());
            return new IpfsPath(IPFS, segments.getFirst(), segments.subList(1, segments.size()));
        } catch (FormatException e) {
            String reason = segments.size() < 2
                    ? "path does not have enough components"
                    : "unknown namespace: \"%s\"".formatted(segments.getFirst());
            throw new IOException("invalid path \"%s\": %s".formatted(text, reason), e);
        }
    }

    private static IOException invalid(String text, String reason) {
        return new IOException("invalid path \"%s\": %s".formatted(text, reason));
    }

    private static List<String> clean(String text) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : Arrays.asList(text.split("/"))) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return List.copyOf(segments);
    }

    /** Whether it starts at a name, so that what it leads to is not always the same. */
    public boolean isName() {
        return namespace.equals(IPNS);
    }

    /**
     * The CID it starts at.
     *
     * @throws IllegalStateException when it starts at a name
     */
    public Cid cid() {
        try {
            return Cid.parse(root);
        } catch (FormatException e) {
            throw new IllegalStateException(this + " does not start at a CID", e);
        }
    }

    /** What dag-pb blocks are on the way. */
    public PathResolver.View view() {
        return namespace.equals(IPLD) ? PathResolver.View.DATA : PathResolver.View.DIRECTORIES;
    }

    /** With its namespace, and without what was cleaned away. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>(List.of("", namespace, root));
        all.addAll(segments);
        return String.join("/", all);
    }
}
