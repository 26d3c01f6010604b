package org.s3ds.s3;

import java.util.List;
import org.s3ds.datastore.Key;

/**
 * What the pages of one listing must be like. Whoever breaks these rules may leave something out as well, so a page
 * that does is a failure of the listing.
 */
final class PageCheck {
    private final String bucket;
    private final String prefix;

    /**
     * For a listing.
     *
     * @param bucket its name for messages
     * @param prefix what it asks for
     */
    PageCheck(String bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Every name begins with the prefix. */
    void below(ListedPage page) throws S3Exception {
        for (Listed listed : page.objects()) {
            if (!listed.name().startsWith(prefix)) {
                throw wrong(
                        " lists " + listed.name() + " among the names that begin with \"" + prefix
                                + "\"; such a listing may lack others, so nothing of it is believed",
                        page);
            }
        }
    }

    /** Every name comes after the one before it, and the first after {@code position}. */
    void ascends(String position, ListedPage page) throws DisorderException {
        String before = position;
        for (Listed listed : page.objects()) {
            if (!ascends(before, listed.name())) {
                throw new DisorderException(
                        bucket + " lists " + listed.name() + " after " + before
                                + ", so that names may be missing or come twice; try again: from now on this bucket is"
                                + " listed page after page",
                        page.source());
            }
            before = listed.name();
        }
    }

    /** Whether every name comes after the one before it, and the first after {@code position}. */
    static boolean isAscending(String position, List<Listed> page) {
        String before = position;
        for (Listed listed : page) {
            if (!ascends(before, listed.name())) {
                return false;
            }
            before = listed.name();
        }
        return true;
    }

    /** The pages lead somewhere: none comes again, and they are not empty without end. */
    void goesOn(boolean leadsOn, ListedPage page) throws S3Exception {
        if (!leadsOn) {
            throw wrong(
                    " goes round in circles when it lists the names that begin with \"" + prefix
                            + "\"; the listing cannot be finished",
                    page);
        }
    }

    /** By key a listing ascends byte by byte. */
    void inOrder(Key before, Key next, ListedPage page) throws S3Exception {
        if (Key.BYTE_ORDER.compare(before, next) >= 0) {
            throw wrong(
                    " lists " + next + " after " + before
                            + ", which is not the order of keys; list without an order, and sort what comes",
                    page);
        }
    }

    private S3Exception wrong(String how, ListedPage page) {
        return new S3Exception(bucket + how, page.source(), null);
    }

    /**
     * Whether one name comes after the other, by the order of UTF-8, which is S3's, or that of UTF-16, which some
     * servers have. With a name of ASCII between them both orders agree.
     */
    private static boolean ascends(String before, String next) {
        if (before.compareTo(next) < 0) {
            return true;
        }
        int common = NameScale.common(before, next).length();
        return common < Math.min(before.length(), next.length())
                && Character.isSurrogate(next.charAt(common))
                && !Character.isSurrogate(before.charAt(common));
    }
}
