package org.s3ds.cli;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.mfs.Mfs;
import org.s3ds.node.mfs.MfsPath;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands of {@code files} that change what is known of a path, and not its content. */
final class FilesAttributeCommand {
    private FilesAttributeCommand() {}

    /** {@code files chmod}: sets permissions. */
    @Command(
            description = {"Stores permission bits with a file or directory."},
            footer = "s3ds files chmod 0644 /notes.txt")
    static final class ChangeMode extends FilesCommand implements Operation.OfNode {
        private static final int OCTAL = 8;

        @Parameters(paramLabel = "<mode>", index = "0", description = "The bits as an octal number, such as 0644.")
        private String mode = "";

        @Parameters(paramLabel = "<path>", index = "1", description = "The file or directory.")
        private String path = "";

        ChangeMode(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            MfsPath target = MfsPath.parse(path);
            files().changeMode(target, bits());
        }

        private int bits() throws IOException {
            if (!mode.matches("\\+?[0-7]+")) {
                throw new IOException("strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(mode));
            }
            try {
                return Integer.parseInt(mode, OCTAL);
            } catch (NumberFormatException e) {
                throw new IOException("strconv.ParseInt: parsing \"%s\": value out of range".formatted(mode), e);
            }
        }
    }

    /** {@code files touch}: sets the time of the last change. */
    @Command(
            description = {"Stores with a file or directory when it was last changed."},
            footer = "s3ds files touch --mtime=1700000000 /notes.txt")
    static final class Touch extends FilesCommand implements Operation.OfNode {
        @Option(names = "--mtime", paramLabel = "<seconds>", description = "The time, since 1970. Default: now.")
        private long mtime;

        @Option(names = "--mtime-nsecs", paramLabel = "<n>", description = "And this part of a second.")
        private Unsigned nanos = Unsigned.ZERO;

        @Parameters(paramLabel = "<path>", description = "The file or directory.")
        private String path = "";

        Touch(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            MfsPath target = MfsPath.parse(path);
            files().changeTime(target, time());
        }

        /** No seconds, as Kubo has it, are none given. */
        private Mtime time() {
            return mtime == 0
                    ? Mtime.of(InstantSource.system().instant())
                    : Mtime.of(Instant.ofEpochSecond(mtime, nanos.value()));
        }
    }

    /** {@code files chcid}: names a directory in another way. */
    @Command(
            description = {
                "Changes CID version or hash function of a directory's own block. What is put into it from",
                "then on does not follow it: that is named as the config says."
            },
            footer = "s3ds files chcid --cid-version=1 /photos")
    static final class ChangeFormat extends FilesCommand implements Operation.OfNode {
        @Mixin
        private FilesFormat format = new FilesFormat();

        @Parameters(paramLabel = "<path>", description = "The directory; not /, which follows the config.")
        private String path = "";

        ChangeFormat(Session session) {
            super(session);
        }

        @Override
        public void perform(Reply reply) throws IOException {
            MfsPath target = MfsPath.parse(path);
            if (target.isRoot()) {
                throw new IOException("cannot change CID format of the MFS root;"
                        + " use 'ipfs config Import.CidVersion' and 'ipfs config Import.HashFunction' instead");
            }
            Mfs files = files();
            CidFormat chosen = format.chosen().orElse(null);
            if (chosen == null) {
                files.find(target);
            } else {
                files.changeFormat(target, chosen);
            }
        }
    }
}
