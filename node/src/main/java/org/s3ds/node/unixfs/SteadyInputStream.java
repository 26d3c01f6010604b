package org.s3ds.node.unixfs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A file's content that ends in an exception when the file changed, was replaced or vanished while it was read. */
final class SteadyInputStream extends FilterInputStream {
    /** File systems whose files are no files, and tell neither their size nor when they changed. */
    private static final Set<String> KERNELS =
            Set.of("proc", "sysfs", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs", "configfs");

    private final Path path;
    private final String shown;
    private final LocalAttributes before;
    private final boolean follow;
    private long count;
    private boolean checked;

    private SteadyInputStream(InputStream in, Path path, String shown, LocalAttributes before, boolean follow) {
        super(in);
        this.path = path;
        this.shown = shown;
        this.before = before;
        this.follow = follow;
    }

    /**
     * Opens a file.
     *
     * @param before what it looked like when it was met
     * @param follow whether it was looked at through symlinks; if not, one that has its name by now is not opened
     */
    static InputStream open(Path path, String shown, LocalAttributes before, boolean follow) throws IOException {
        try {
            InputStream in = Files.newInputStream(path, LocalAttributes.links(follow));
            return new SteadyInputStream(in, path, shown, before, follow);
        } catch (IOException e) {
            if (!follow && Files.isSymbolicLink(path)) {
                throw new InputException("open " + shown + ": it has become a symlink since it was looked at");
            }
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
        checked = true;
        if (Files.notExists(path)) {
            throw new InputException(shown + " vanished while it was added");
        }
        boolean differs = LocalAttributes.read(path, shown, follow).differsFrom(before);
        if ((differs || count != before.size()) && !isOfKernel()) {
            String sizes = count == before.size() ? "" : ": it had " + before.size() + " bytes, then " + count;
            throw new InputException(
                    shown + " changed while it was added" + sizes + ". Add it again when nothing writes to it");
        }
    }

    /** What is in such a file is made up as it is read. */
    private boolean isOfKernel() throws IOException {
        return KERNELS.contains(Files.getFileStore(path).type());
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
