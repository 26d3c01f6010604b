package org.s3ds.node.plugins;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Whether nobody else can have written a file that is to be run: it, its folder, and the folder that it was found in
 * belong to a user or to root, and no other may write to them. Links are followed. Where files have no such owners and
 * modes, as on Windows, everything is trusted.
 */
final class FileTrust {
    private static final int ROOT = 0;
    private static final int WRITABLE_BY_OTHERS = 022;

    private final long user;

    /** What this user, a number of the system, may trust. */
    FileTrust(long user) {
        this.user = user;
    }

    /** What the user of this process may trust. */
    static FileTrust ofProcess() {
        return new FileTrust(hasOwners() ? new UnixSystem().getUid() : ROOT);
    }

    /** Refuses a file in a folder that someone else could have changed. */
    void check(Path folder, Path file) throws IOException {
        if (hasOwners()) {
            check(folder);
            check(file);
            Path real = file.toRealPath();
            if (!real.equals(folder.toRealPath().resolve(file.getFileName()))) {
                check(Objects.requireNonNull(real.getParent()));
            }
        }
    }

    private void check(Path path) throws IOException {
        Map<String, Object> found = Files.readAttributes(path, "unix:uid,mode");
        int owner = (int) Objects.requireNonNull(found.get("uid"));
        if (owner != user && owner != ROOT) {
            throw new PluginException(
                    "%s belongs to another user (%d), who could have s3ds run anything: chown it to the user of s3ds (%d), or copy it anew"
                            .formatted(path, owner, user));
        }
        int mode = (int) Objects.requireNonNull(found.get("mode"));
        if ((mode & WRITABLE_BY_OTHERS) != 0) {
            throw new PluginException(
                    "%s may be written to by others (mode %03o), who could have s3ds run anything: chmod go-w %s"
                            .formatted(path, mode & 0777, path));
        }
    }

    private static boolean hasOwners() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    }
}
