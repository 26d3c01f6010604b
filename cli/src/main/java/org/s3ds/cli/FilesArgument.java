package org.s3ds.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.node.mfs.MfsPath;

/** A path that may lead to any content, such as {@code /ipfs/QmHash}, or into the files. */
sealed interface FilesArgument {
    /** What may stand before a CID in place of a path. */
    Pattern SCHEME = Pattern.compile("^(ipfs|ipns|ipld):(//)?", Pattern.CASE_INSENSITIVE);

    /** Content by a path that {@link TerminalSession#resolve(String)} knows. */
    record Content(String path) implements FilesArgument {}

    /** A path among the files. */
    record Files(MfsPath path) implements FilesArgument {}

    /**
     * Reads an argument. What could be both is content: a directory {@code /ipfs} among the files is of no use.
     *
     * @throws IOException when it is neither
     */
    static FilesArgument parse(String text) throws IOException {
        String path =
                SCHEME.matcher(text).replaceFirst(match -> "/" + match.group(1).toLowerCase(Locale.ROOT) + "/");
        return isContent(path) ? new Content(path) : new Files(MfsPath.parse(text));
    }

    private static boolean isContent(String path) {
        String[] words = path.split("/+", 4);
        if (words.length < 3 || !words[0].isEmpty() || words[2].isEmpty()) {
            return false;
        }
        return words[1].equals("ipns") || (words[1].matches("ipfs|ipld") && isCid(words[2]));
    }

    private static boolean isCid(String text) {
        try {
            Cid.parse(text);
            return true;
        } catch (FormatException _) {
            return false;
        }
    }
}
