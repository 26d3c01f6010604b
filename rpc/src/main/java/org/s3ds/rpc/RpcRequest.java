package org.s3ds.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.s3ds.node.unixfs.InputNode;

/** What a client asks for. */
public final class RpcRequest {
    private static final String FORM = "multipart/form-data";

    private final List<String> path;
    private final List<Map.Entry<String, String>> query;
    private final MediaType type;
    private final InputStream body;

    RpcRequest(List<String> path, List<Map.Entry<String, String>> query, String contentType, InputStream body) {
        this.path = List.copyOf(path);
        this.query = List.copyOf(query);
        this.type = MediaType.parse(contentType);
        this.body = body;
    }

    /** What follows {@code /api/v0/}, cut at its slashes: the command's words, and maybe a first argument. */
    public List<String> path() {
        return path;
    }

    /** Arguments, named {@code arg}, and options, in the client's order. */
    public List<Map.Entry<String, String>> query() {
        return query;
    }

    /** Whether there is a body with files. It may be one of no files. */
    public boolean hasFiles() {
        return type.name().equals(FORM);
    }

    /**
     * The files in the body, read as they come; to be called once. A file's content can be read until the next file is
     * asked for. Without such a body there are none.
     *
     * @throws BadRequestException when the body cannot be cut into its parts
     */
    public InputNode.Children files() throws IOException {
        if (!hasFiles()) {
            return PartFolder.root(Optional.empty());
        }
        String boundary = type.parameter("boundary");
        if (boundary.isEmpty() || boundary.length() > Parts.MAX_BOUNDARY) {
            throw new BadRequestException(400, "no multipart boundary param in Content-Type");
        }
        return PartFolder.root(Optional.of(new Parts(body, boundary)));
    }
}
