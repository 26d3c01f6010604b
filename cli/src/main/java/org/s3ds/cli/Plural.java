package org.s3ds.cli;

/** Numbers of things in words. */
final class Plural {
    private Plural() {}

    /**
     * Such as {@code 1 block} or {@code 2 blocks}.
     *
     * @param one what one of them is called; more have an s
     */
    static String of(Object count, String one) {
        return count + " " + (String.valueOf(count).equals("1") ? one : one + "s");
    }
}
