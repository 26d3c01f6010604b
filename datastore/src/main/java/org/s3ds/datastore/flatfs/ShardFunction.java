package org.s3ds.datastore.flatfs;

import org.s3ds.datastore.SpecException;

/**
 * Which folder a key's file lies in. Written {@code /repo/flatfs/shard/v1/next-to-last/2}.
 *
 * @param part which characters of the key name the folder
 * @param length how many, 1 to {@value #LONGEST}
 */
record ShardFunction(Part part, int length) {
    private static final String HEAD = "/repo/flatfs/shard/";

    /** What file systems allow in a name. */
    private static final int LONGEST = 255;

    /** Which characters of a key name its folder; a short key is filled up with {@code _}. */
    enum Part {
        PREFIX("prefix"),
        SUFFIX("suffix"),
        NEXT_TO_LAST("next-to-last");

        private final String text;

        Part(String text) {
            this.text = text;
        }
    }

    /** Kubo's default. */
    static final ShardFunction DEFAULT = new ShardFunction(Part.NEXT_TO_LAST, 2);

    ShardFunction {
        if (length < 1 || length > LONGEST) {
            throw new IllegalArgumentException("a shard function takes 1 to " + LONGEST + " characters: " + length);
        }
    }

    /**
     * Reads the text form.
     *
     * @throws SpecException in flatfs's own words, and in its sequence
     */
    static ShardFunction parse(String text) throws SpecException {
        String trimmed = text.strip();
        if (trimmed.isEmpty()) {
            throw new SpecException("empty shard identifier");
        }
        if (trimmed.lines().count() > 1) {
            throw new SpecException("invalid shard identifier: it has more than one line");
        }
        if (!trimmed.startsWith(HEAD)) {
            throw new SpecException("invalid or no prefix in shard identifier: " + trimmed);
        }
        String rest = trimmed.substring(HEAD.length());
        String[] fields = rest.split("/", -1);
        if (fields.length != 3) {
            throw new SpecException("invalid shard identifier: " + rest);
        }
        if (!fields[0].equals("v1")) {
            throw new SpecException("expected 'v1' for version string got: " + fields[0]);
        }
        int length = length(fields[2]);
        return new ShardFunction(part(fields[1]), length);
    }

    /** The folder of a key, which is given without its slash. */
    String folder(String key) {
        return switch (part) {
            case PREFIX -> (key + "_".repeat(length)).substring(0, length);
            case SUFFIX -> ("_".repeat(length) + key).substring(key.length());
            case NEXT_TO_LAST -> {
                String filled = "_".repeat(length + 1) + key;
                yield filled.substring(filled.length() - length - 1, filled.length() - 1);
            }
        };
    }

    /** The text form, without a newline. */
    @Override
    public String toString() {
        return HEAD + "v1/" + part.text + "/" + length;
    }

    private static Part part(String name) throws SpecException {
        for (Part part : Part.values()) {
            if (part.text.equals(name)) {
                return part;
            }
        }
        throw new SpecException("expected 'prefix', 'suffix' or 'next-to-last' got: " + name);
    }

    private static int length(String digits) throws SpecException {
        int length;
        try {
            length = Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new SpecException("invalid parameter: \"" + digits + "\" is not a whole number");
        }
        if (length < 1 || length > LONGEST) {
            throw new SpecException("invalid parameter: " + length + " is not between 1 and " + LONGEST);
        }
        return length;
    }
}
