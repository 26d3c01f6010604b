package org.s3ds.s3.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Names where and when a process runs, so that what a killed one left can be told from a copy, or a crash. */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /**
     * Words for this run of this machine and a folder on it: the same in two processes only when the machine was not
     * started anew between them, and the folder is no copy.
     *
     * @return blank where that cannot be told
     */
    static String words(Path folder) {
        try {
            Object file =
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            return file == null ? "" : Files.readString(BOOT_ID).strip() + " " + file;
        } catch (IOException e) {
            return "";
        }
    }
}
