package org.s3ds.node.unixfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file's content that ends in an exception when the file changed, was replaced or vanished while it was read. */
final class SteadyInputStream extends FilterInputStream {
    private final Path path;
    private final String shown;
    private final LocalAttributes before;
    private long count;
    private boolean checked;

    private SteadyInputStream(InputStream in, Path path, String shown, LocalAttributes before) {
        super(in);
        this.path = path;
        this.shown = shown;
        this.before = before;
    }

    static InputStream open(Path path, String shown, LocalAttributes before) throws IOException {
        try {
            return new SteadyInputStream(Files.newInputStream(path), path, shown, before);
        } catch (IOException e) {
            throw InputException.of("open", shown, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException e) {
            throw InputException.of("read", shown, e);
        }
        if (read >= 0) {
            count += read;
        } else if (!checked) {
            check();
        }
        return read;
    }

    private void check() throws IOException {
        if (count != before.size()) {
            throw new InputException(shown + " changed while it was added: it had " + before.size() + " bytes, then "
                    + count + ". Add it again when nothing writes to it");
        }
        // a symlink that is followed was looked at through the link, and its target is again
        if (Files.notExists(path)) {
            throw new InputException(shown + " vanished while it was added");
        }
        if (LocalAttributes.read(path, shown, true).differsFrom(before)) {
            throw new InputException(shown + " changed while it was added. Add it again when nothing writes to it");
        }
        checked = true;
    }

    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : readNBytes((int) Math.min(count, Short.MAX_VALUE)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
