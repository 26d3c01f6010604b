package org.s3ds.s3;

import java.util.Optional;
import org.s3ds.datastore.Finding;

/** What lies below the root directory that is no block, and none of what is the store's own. */
final class NameTrial {
    private static final int MOST_PAGES = 10;

    private final S3Bucket bucket;
    private final ObjectNames names;
    private final String root;
    private long listed;
    private long foreign;
    private String example = "";

    NameTrial(S3Config config, S3Bucket bucket, String root) {
        this.bucket = bucket;
        this.names = new ObjectNames(config.rootDirectory());
        this.root = root;
    }

    /**
     * Counts.
     *
     * @param first the first page below the root directory; as many others as {@link #MOST_PAGES} allows are asked for
     */
    Finding finding(ListedPage first) throws S3Exception {
        count(first);
        Optional<String> token = first.next();
        for (int pages = 1; token.isPresent() && pages < MOST_PAGES; pages++) {
            ListedPage page = bucket.list(root, "", token, S3Bucket.PAGE);
            count(page);
            token = page.next();
        }
        String where = root.isEmpty() ? "in the bucket" : "below \"" + root + "\"";
        String more = token.isPresent() ? "the first " : "";
        return foreign == 0
                ? Finding.good("names", more + listed + " objects " + where + ", each named as a block")
                : Finding.warning(
                        "names",
                        "%d of %s%d objects %s are no blocks, such as \"%s\""
                                .formatted(foreign, more, listed, where, example),
                        "they are passed over, and never deleted; give the store a rootDirectory of its own");
    }

    private void count(ListedPage page) {
        for (Listed each : page.objects()) {
            if (isOurs(each.name())) {
                continue;
            }
            listed++;
            if (names.keyOf(each.name()).filter(ReachTrial::isBlock).isEmpty()) {
                foreign++;
                example = example.isEmpty() ? each.name() : example;
            }
        }
    }

    private boolean isOurs(String name) {
        return name.startsWith(root + Examination.SCRATCH) || name.startsWith(root + ObjectNames.OURS);
    }
}
