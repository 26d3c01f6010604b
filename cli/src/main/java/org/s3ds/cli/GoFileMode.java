package org.s3ds.cli;

import org.s3ds.ipld.unixfs.Entity;

/** Permission bits as Go's {@code os.FileMode} has them. */
final class GoFileMode {
    private static final int PERMISSIONS = 0777;
    private static final String LETTERS = "rwxrwxrwx";

    private static final long DIRECTORY = 1L << 31;
    private static final long SYMLINK = 1L << 27;

    private GoFileMode() {}

    /** Such as {@code drwxr-xr-x}; {@code u}, {@code g} and {@code t} come before. */
    static String letters(Entity entity, int mode) {
        StringBuilder text = new StringBuilder();
        switch (entity) {
            case Entity.Directory _ -> text.append('d');
            case Entity.Symlink _ -> text.append('l');
            case Entity.File _ -> {}
        }
        text.append((mode & 04000) != 0 ? "u" : "")
                .append((mode & 02000) != 0 ? "g" : "")
                .append((mode & 01000) != 0 ? "t" : "");
        if (text.isEmpty()) {
            text.append('-');
        }
        for (int i = 0; i < LETTERS.length(); i++) {
            text.append((mode & 0400 >> i) != 0 ? LETTERS.charAt(i) : '-');
        }
        return text.toString();
    }

    /** The number, four digits at least, as Kubo has it in JSON. */
    static String octal(Entity entity, int mode) {
        long kind = switch (entity) {
            case Entity.Directory _ -> DIRECTORY;
            case Entity.Symlink _ -> SYMLINK;
            case Entity.File _ -> 0;
        };
        long special = ((mode & 06000L) << 12) | ((mode & 01000L) << 11);
        return "%04o".formatted(kind | special | (mode & PERMISSIONS));
    }
}
