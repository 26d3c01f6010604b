package org.s3ds.ipld.unixfs;

import java.io.IOException;
import org.s3ds.ipld.Cid;

/** A path names something that is surely not there: the block was read and has no such link. */
public final class NoSuchLinkException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param under the block that has no link with this name */
    public NoSuchLinkException(String name, Cid under) {
        super("no link named " + quoted(name) + " under " + under);
    }

    /** Kubo shows names this way; a line break in one must not become one in a message. */
    private static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                text.append(String.format("\\x%02x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }
}
