package org.s3ds.ipld.unixfs;

import java.util.Optional;
import java.util.OptionalInt;
import org.s3ds.ipld.ProtoWriter;

/**
 * What UnixFS may store about a file, directory or symlink beside its content.
 *
 * @param mode the permission bits, the low 12 as POSIX has them; 0 is not stored, so it is absent
 * @param mtime the time of the last change
 */
public record Metadata(OptionalInt mode, Optional<Mtime> mtime) {
    private static final int PERMISSIONS = 0xFFF;

    /** Nothing stored, as is usual. */
    public static final Metadata NONE = new Metadata(OptionalInt.empty(), Optional.empty());

    /** Makes mode 0 absent. */
    public Metadata {
        if (mode.equals(OptionalInt.of(0))) {
            mode = OptionalInt.empty();
        }
    }

    /** Whether nothing is stored. */
    public boolean isNone() {
        return mode.isEmpty() && mtime.isEmpty();
    }

    /** This one, with what another's mode has above the permission bits, which nobody may lose. */
    Metadata over(Metadata old) {
        int bits = (old.mode.orElse(0) & ~PERMISSIONS) | (mode.orElse(0) & PERMISSIONS);
        return new Metadata(OptionalInt.of(bits), mtime);
    }

    /** The length of both fields as they are written. */
    int encodedSize() {
        int modeSize = mode.isPresent() ? ProtoWriter.numberSize(unsignedMode()) : 0;
        return modeSize
                + mtime.map(time -> ProtoWriter.bytesSize(time.encodedSize())).orElse(0);
    }

    void writeTo(ProtoWriter out) {
        if (mode.isPresent()) {
            out.number(UnixfsFields.MODE, unsignedMode());
        }
        mtime.ifPresent(time -> time.writeTo(out.message(UnixfsFields.MTIME, time.encodedSize())));
    }

    private long unsignedMode() {
        return Integer.toUnsignedLong(mode.getAsInt());
    }
}
