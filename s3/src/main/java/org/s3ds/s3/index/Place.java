package org.s3ds.s3.index;

import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.Entry;
import org.s3ds.datastore.Key;
import org.s3ds.datastore.Results;

/** A place as its index sees it. */
public interface Place {
    /** The place, in words. */
    String inWords();

    /** Where the value of a key lies, in words. */
    String whereIs(Key key);

    /**
     * The claim that this session holds; asks nobody.
     *
     * @return empty when it has none, or none yet
     */
    Optional<Ownership> held();

    /**
     * The claim that this repo made last, if it counts still; asks the place.
     *
     * @return words for it; empty when there is none, or it does not count
     */
    Optional<String> standing() throws DatastoreException;

    /** Asks the place for the length of a value. */
    ObjectIndex.Ask ask(Key key);

    /** Everything there with sizes, in {@link Key#BYTE_ORDER}, page after page, asked for in background priority. */
    Results all();

    /**
     * Lists what is not covered yet, many parts at once, in background priority.
     *
     * @param into is told of each page, one at a time, by the calling thread
     * @throws DisorderException when what was said to be covered may not be, as the server's order is another than it
     *     seemed; listed once more, it is gone through page by page
     */
    void list(List<Coverage.Span> gaps, Pages into) throws DatastoreException;

    /** What was listed cannot be relied on. */
    final class DisorderException extends DatastoreException {
        private static final long serialVersionUID = 1L;

        /** For a listing that failed so. */
        public DisorderException(DatastoreException cause) {
            super("the listing is in no order: " + cause.getMessage(), cause);
        }
    }

    /** Is told of the pages of a listing. */
    @FunctionalInterface
    interface Pages {
        /**
         * A page.
         *
         * @param entries with their sizes
         * @param span all that there is of it is in this page or in those before
         */
        void page(List<Entry> entries, Coverage.Span span) throws DatastoreException;
    }
}
