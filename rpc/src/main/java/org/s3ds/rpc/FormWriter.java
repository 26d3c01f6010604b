package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/** Writes files and directories as the parts of a multipart body, depth first. */
final class FormWriter {
    private final OutputStream out;
    private final String boundary;

    FormWriter(OutputStream out, String boundary) {
        this.out = out;
        this.boundary = boundary;
    }

    /** All of it, to the last boundary. */
    void write(InputNode.Children roots) throws IOException {
        Deque<Folder> open = new ArrayDeque<>();
        open.push(new Folder("", roots));
        while (!open.isEmpty()) {
            Folder folder = open.peek();
            Optional<InputNode> node = folder.children.next();
            if (node.isEmpty()) {
                open.pop().children.close();
            } else {
                String path = folder.path + Escapes.escaped(node.get().name());
                part(node.get(), path).ifPresent(children -> open.push(new Folder(path + "%2F", children)));
            }
        }
        text("--" + boundary + "--\r\n");
    }

    private record Folder(String path, InputNode.Children children) {}

    /** One part; what is in it, where it is a directory. */
    private Optional<InputNode.Children> part(InputNode node, String path) throws IOException {
        switch (node) {
            case InputNode.File file -> {
                headers(node, path, "application/octet-stream");
                try (InputStream in = file.open()) {
                    in.transferTo(out);
                }
            }
            case InputNode.Symlink link -> {
                headers(node, path, "application/symlink");
                text(link.target());
            }
            case InputNode.Refused refused -> throw new IOException(refused.reason());
            case InputNode.Directory directory -> {
                headers(node, path, "application/x-directory");
                text("\r\n");
                return Optional.of(directory.open());
            }
        }
        text("\r\n");
        return Optional.empty();
    }

    private void headers(InputNode node, String path, String type) throws IOException {
        String filename = path.isEmpty() ? "" : "; filename=\"" + path + "\"";
        text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file" + metadata(node.metadata()) + "\""
                + filename + "\r\nContent-Type: " + type + "\r\n\r\n");
    }

    private static String metadata(Metadata metadata) {
        StringBuilder text = new StringBuilder();
        metadata.mode().ifPresent(mode -> text.append("&mode=0").append(Integer.toUnsignedString(go(mode), 8)));
        metadata.mtime().ifPresent(mtime -> {
            text.append("&mtime=").append(mtime.seconds());
            text.append(mtime.nanos() > 0 ? "&mtime-nsecs=" + mtime.nanos() : "");
        });
        return text.isEmpty() ? "" : "?" + text.substring(1);
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(UTF_8));
    }

    /** The bits of Go's {@code os.FileMode}, as daemons expect them. */
    private static int go(int unix) {
        return (unix & 0777)
                | ((unix & 04000) != 0 ? 1 << 23 : 0)
                | ((unix & 02000) != 0 ? 1 << 22 : 0)
                | ((unix & 01000) != 0 ? 1 << 20 : 0);
    }
}
