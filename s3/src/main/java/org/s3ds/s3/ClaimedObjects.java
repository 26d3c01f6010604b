package org.s3ds.s3;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Key;
import org.s3ds.s3.claims.ClaimObjects;

/** The claims on what lies below a root directory: objects there whose names are {@link #FOLDER} and 16 digits. */
final class ClaimedObjects implements ClaimObjects {
    /** Below the root directory. No key of a store is called so. */
    static final String FOLDER = ObjectNames.OURS + "claim/";

    private static final String DIGITS = "[0-9]{16}";
    private static final int MOST_PAGES = 100;

    private final S3Bucket bucket;
    private final S3Objects objects;
    private final String folder;

    ClaimedObjects(S3Bucket bucket, S3Objects objects) {
        this.bucket = bucket;
        this.objects = objects;
        this.folder = new ObjectNames(bucket.config().rootDirectory()).below(Key.ROOT) + FOLDER;
    }

    /** What is called otherwise is none. */
    @Override
    public SortedMap<Long, Long> list() throws DatastoreException {
        SortedMap<Long, Long> claims = new TreeMap<>();
        Optional<String> token = Optional.empty();
        int pages = 0;
        do {
            if (++pages > MOST_PAGES) {
                throw new DatastoreException("the listing of " + folder + " in " + bucket + " does not end after "
                        + MOST_PAGES + " pages; delete what lies there by hand");
            }
            ListedPage page = bucket.list(folder, "", token, S3Bucket.PAGE);
            for (Listed listed : page.objects()) {
                String number = listed.name().substring(folder.length());
                if (number.matches(DIGITS)) {
                    claims.put(Long.parseLong(number), listed.size());
                }
            }
            token = page.next();
        } while (token.isPresent());
        return claims;
    }

    @Override
    public Optional<byte[]> read(long number) throws DatastoreException {
        return objects.get(name(number));
    }

    @Override
    public boolean create(long number, byte[] bytes) throws DatastoreException {
        return objects.createOnly(name(number), bytes, DigestSigner.sha256Hex(bytes));
    }

    @Override
    public void delete(long number) throws DatastoreException {
        objects.delete(name(number));
    }

    private String name(long number) {
        return folder + "%016d".formatted(number);
    }
}
