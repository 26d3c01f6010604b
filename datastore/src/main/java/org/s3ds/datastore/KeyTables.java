package org.s3ds.datastore;

/** Tables in the folder of a repo, for what its stores know of their values. */
public interface KeyTables {
    /**
     * Opens a table, which is made when it is not there; whoever opens it closes it. A table that is damaged is made
     * anew, and has {@link KeyTable#hasLostWrites lost} what was in it.
     *
     * @param name letters, digits and dashes; its folder is called so
     * @throws DatastoreException when it cannot be opened or made; the message says where, and what to do
     */
    KeyTable open(String name) throws DatastoreException;

    /**
     * Words that stay the same from session to session as long as no other program has had the repo in between, and
     * change when one had, or when that cannot be told.
     */
    String era();
}
