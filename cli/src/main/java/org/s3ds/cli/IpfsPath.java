package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.unixfs.PathResolver;

/**
 * What a path argument names: {@code /ipfs/CID/a/b}, {@code /ipld/CID}, {@code ipfs://CID/a}, or the same without the
 * word before the CID.
 *
 * @param root the CID it starts at
 * @param segments the names below it, without empty ones and with {@code .} and {@code ..} worked out
 * @param view what dag-pb blocks are on the way
 */
public record IpfsPath(Cid root, List<String> segments, PathResolver.View view) {
    private static final List<String> NAMESPACES = List.of("ipfs", "ipld", "ipns");

    /** Copies the segments. */
    public IpfsPath {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a path as Kubo does.
     *
     * @throws IOException with Kubo's sentence when it is none, or names something that needs the network
     */
    public static IpfsPath parse(String text) throws IOException {
        List<String> segments = clean(text.replaceFirst("^(ipfs|ipns|ipld)://", "/$1/"));
        if (!segments.isEmpty() && NAMESPACES.contains(segments.getFirst())) {
            return inNamespace(segments, text);
        }
        return bare(segments, text);
    }

    private static IpfsPath inNamespace(List<String> segments, String text) throws IOException {
        if (segments.size() < 2) {
            throw invalid(text, "path does not have enough components");
        }
        if (segments.getFirst().equals("ipns")) {
            throw new IOException(
                    "\"%s\" is a name that is looked up in the network, and s3ds has none: give a CID".formatted(text));
        }
        try {
            PathResolver.View view =
                    segments.getFirst().equals("ipld") ? PathResolver.View.DATA : PathResolver.View.DIRECTORIES;
            return new IpfsPath(Cid.parse(segments.get(1)), segments.subList(2, segments.size()), view);
        } catch (FormatException e) {
            throw new IOException("invalid path \"%s\": %s".formatted(text, e.getMessage()), e);
        }
    }

    /**
     * A path that starts with its CID. When it does not, the sentence is the one for a path that lacks its namespace.
     */
    private static IpfsPath bare(List<String> segments, String text) throws IOException {
        if (segments.isEmpty()) {
            throw invalid(text, "path does not have enough components");
        }
        try {
            return new IpfsPath(
                    Cid.parse(segments.getFirst()),
                    segments.subList(1, segments.size()),
                    PathResolver.View.DIRECTORIES);
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
}
