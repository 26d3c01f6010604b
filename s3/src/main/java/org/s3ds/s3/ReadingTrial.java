package org.s3ds.s3;

import java.util.Optional;
import java.util.OptionalLong;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.Key;

/** Whether the blocks of a bucket can be read: for one that nothing is put into. */
final class ReadingTrial {
    private final S3Config config;
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final String check;
    private final ObjectNames names;

    /** @param check what its finding is called */
    ReadingTrial(S3Config config, S3Bucket bucket, String check) {
        this.config = config;
        this.bucket = bucket;
        this.objects = new S3Objects(bucket);
        this.check = check;
        this.names = new ObjectNames(config.rootDirectory());
    }

    /** Lists, and reads the first block that is listed. */
    Finding finding() {
        try {
            ListedPage page = bucket.list(names.below(Key.ROOT), "", Optional.empty(), S3Bucket.PAGE);
            Optional<Listed> block =
                    page.objects().stream().filter(this::isBlock).findFirst();
            return block.isPresent()
                    ? read(block.get())
                    : Finding.untold(check, "no block is there that could be read", "");
        } catch (S3Exception e) {
            return Finding.bad(check, Advice.sentence(e), Advice.about(e, config));
        }
    }

    private boolean isBlock(Listed listed) {
        return names.keyOf(listed.name()).filter(ReachTrial::isBlock).isPresent();
    }

    private Finding read(Listed block) throws S3Exception {
        Optional<byte[]> bytes = objects.get(block.name());
        OptionalLong length = objects.head(block.name());
        boolean isWhole =
                bytes.isPresent() && bytes.get().length == block.size() && length.equals(OptionalLong.of(block.size()));
        return isWhole
                ? Finding.good(check, "a block of " + block.size() + " bytes can be read")
                : Finding.bad(check, block.name() + " is listed, but cannot be read with the length listed", "");
    }
}
