package org.s3ds.datastore;

/** A datastore spec is wrong: the message names the field, what was found and what is allowed. */
public final class SpecException extends DatastoreException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rest;

    /** With the sentence for the user, which stays as it is wherever the spec stands. */
    public SpecException(String message) {
        super(message);
        this.field = "";
        this.rest = message;
    }

    /**
     * Of one field; the message is the field's place and the rest of the sentence.
     *
     * @param field the field's name, such as {@code pathStyle}
     * @param rest the sentence from there on, such as {@code is "yes"; allowed: true, false, "auto"}, with the space
     */
    public SpecException(String field, String rest) {
        super(field + rest);
        this.field = field;
        this.rest = rest;
    }

    /** Whether the sentence begins with its field. */
    public boolean isOfField() {
        return !field.isEmpty();
    }

    /**
     * The same, seen from around the spec: {@code pathStyle is …} within {@code mounts[0]} is
     * {@code mounts[0].pathStyle is …}. A sentence that does not begin with its field stays as it is.
     */
    public SpecException within(String place) {
        return field.isEmpty() ? this : new SpecException(place + "." + field, rest);
    }

    /** The same, with the file that the spec stands in before it. */
    public SpecException in(String file) {
        return field.isEmpty() ? this : new SpecException(file + ": " + field, rest);
    }
}
