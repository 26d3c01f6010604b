package org.s3ds.s3;

import java.util.List;
import org.s3ds.datastore.DatastoreException;
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
    PageCheck(S3Bucket bucket, String prefix) {
        this(bucket.toString(), prefix);
    }

    /** The same, of a bucket of that name. */
    PageCheck(String bucket, String prefix) {
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** Every name begins with the prefix. */
    void below(List<Listed> page) throws DatastoreException {
        for (Listed listed : page) {
            if (!listed.name().startsWith(prefix)) {
                throw new DatastoreException(bucket + " lists " + listed.name() + " among the names that begin with \""
                        + prefix + "\"; such a listing may lack others, so nothing of it is believed");
            }
        }
    }

    /** Every name comes after the one before it, and the first after {@code position}. */
    void ascends(String position, List<Listed> page) throws DatastoreException {
        String before = position;
        for (Listed listed : page) {
            if (!ascends(before, listed.name())) {
                throw new DisorderException(bucket + " lists " + listed.name() + " after " + before
                        + ", so that names may be missing or come twice; try again: from now on this bucket is"
                        + " listed page after page");
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
    void goesOn(boolean leadsOn) throws DatastoreException {
        if (!leadsOn) {
            throw new DatastoreException(bucket + " goes round in circles when it lists the names that begin with \""
                    + prefix + "\"; the listing cannot be finished");
        }
    }

    /** By key a listing ascends byte by byte. */
    void inOrder(Key before, Key next) throws DatastoreException {
        if (Key.BYTE_ORDER.compare(before, next) >= 0) {
            throw new DatastoreException(bucket + " lists " + next + " after " + before
                    + ", which is not the order of keys; list without an order, and sort what comes");
        }
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
