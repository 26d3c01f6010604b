package org.s3ds.cli;

import org.s3ds.ipld.unixfs.Entity;

/** Kind and permission bits as Go's {@code os.FileMode} has them in one number. */
final class GoFileMode {
    private static final int OCTAL = 8;
    private static final int PERMISSIONS = 0777;
    private static final String LETTERS = "rwxrwxrwx";

    /** What bits 31 and down are called, in lower case as Kubo shows them. */
    private static final String KINDS = "daltldpsugct?";

    private static final int HIGHEST = 31;

    private static final long DIRECTORY = 1L << 31;
    private static final long SYMLINK = 1L << 27;
    private static final long SETUID = 1L << 23;
    private static final long SETGID = 1L << 22;
    private static final long STICKY = 1L << 20;

    private GoFileMode() {}

    /** The number of an octal text; 0 when it is none. */
    static long parse(String octal) {
        return octal.matches("[0-7]{1,11}") ? Long.parseLong(octal, OCTAL) : 0;
    }

    /** Such as {@code drwxr-xr-x}. */
    static String letters(long mode) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < KINDS.length(); i++) {
            text.append((mode & 1L << (HIGHEST - i)) != 0 ? KINDS.charAt(i) : "");
        }
        if (text.isEmpty()) {
            text.append('-');
        }
        return text + permissions(mode);
    }

    /** The same as {@code ls -l} of a shell shows it: setuid, setgid and sticky stand where execute does. */
    static String listed(long mode) {
        String kind = (mode & DIRECTORY) != 0 ? "d" : (mode & SYMLINK) != 0 ? "l" : "-";
        StringBuilder text = new StringBuilder(kind + permissions(mode));
        special(text, 3, (mode & SETUID) != 0, 's');
        special(text, 6, (mode & SETGID) != 0, 's');
        special(text, 9, (mode & STICKY) != 0, 't');
        return text.toString();
    }

    /** In upper case where nobody may execute. */
    private static void special(StringBuilder text, int at, boolean set, char letter) {
        if (set) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    private static String permissions(long mode) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LETTERS.length(); i++) {
            text.append((mode & 0400 >> i) != 0 ? LETTERS.charAt(i) : '-');
        }
        return text.toString();
    }

    /** The number, four digits at least, as Kubo has it in JSON. */
    static String octal(Entity entity, int mode) {
        return "%04o".formatted(of(entity, mode));
    }

    /** The number of what has these permission bits of Unix. */
    static long of(Entity entity, int mode) {
        long kind = switch (entity) {
            case Entity.Directory _ -> DIRECTORY;
            case Entity.Symlink _ -> SYMLINK;
            case Entity.File _ -> 0;
        };
        long special = ((mode & 06000L) << 12) | ((mode & 01000L) << 11);
        return kind | special | (mode & PERMISSIONS);
    }
}
