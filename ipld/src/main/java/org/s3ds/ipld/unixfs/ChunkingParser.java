package org.s3ds.ipld.unixfs;

import org.s3ds.ipld.FormatException;

/** Reads {@code add --chunker}. The sentences that scripts may know are Kubo's. */
final class ChunkingParser {
    private static final String[] RABIN_LABELS = {"min", "avg", "max"};

    private ChunkingParser() {}

    static Chunking parse(String text) throws FormatException {
        String[] parts = text.split("-", -1);
        return switch (parts[0]) {
            case "size" -> fixed(parts);
            case "rabin" -> rabin(parts);
            case "buzhash" -> buzhash(parts);
            default -> {
                if (text.isEmpty() || text.equals("default")) {
                    yield Chunking.DEFAULT;
                }
                throw new FormatException("unrecognized chunker option: " + text);
            }
        };
    }

    private static Chunking fixed(String[] parts) throws FormatException {
        if (parts.length != 2) {
            // a second dash may be the sign of a size below zero
            if (parts.length == 3 && parts[1].isEmpty()) {
                throw new FormatException("chunker size must be greater than 0");
            }
            throw new FormatException("incorrect chunker string format (expected size-{size})");
        }
        int size = number("chunker size", parts[1]);
        if (size < 1) {
            throw new FormatException("chunker size must be greater than 0");
        }
        return new Chunking.Fixed(size);
    }

    private static Chunking buzhash(String[] parts) throws FormatException {
        if (parts.length > 1) {
            throw new FormatException("the buzhash chunker takes no sizes: write buzhash alone");
        }
        return new Chunking.Buzhash();
    }

    private static Chunking rabin(String[] parts) throws FormatException {
        return switch (parts.length) {
            case 1 -> rabinAround(262_144);
            case 2 -> rabinAround(number("rabin average", parts[1]));
            case 4 -> rabin(rabinSize(parts, 0), rabinSize(parts, 1), rabinSize(parts, 2));
            default ->
                throw new FormatException(
                        "incorrect format (expected 'rabin' 'rabin-[avg]' or 'rabin-[min]-[avg]-[max]')");
        };
    }

    private static Chunking rabinAround(int average) throws FormatException {
        return rabin(average / 3, average, average + average / 2);
    }

    private static Chunking rabin(int min, int average, int max) throws FormatException {
        if (min < RabinCut.WINDOW) {
            throw new FormatException("rabin min must be greater than 16");
        }
        if (min >= average || average >= max) {
            throw new FormatException("rabin sizes must go up: min " + min + ", avg " + average + ", max " + max);
        }
        if (max > Chunking.MAX_CHUNK) {
            throw tooLarge();
        }
        return new Chunking.Rabin(min, average, max);
    }

    /** One of the three sizes, with or without its label: {@code min:16}. */
    private static int rabinSize(String[] parts, int index) throws FormatException {
        String part = parts[index + 1];
        int colon = part.indexOf(':');
        if (colon >= 0 && !part.substring(0, colon).equals(RABIN_LABELS[index])) {
            throw new FormatException("rabin size \"" + part + "\" must be labelled " + RABIN_LABELS[index] + ":");
        }
        return number("rabin " + RABIN_LABELS[index], part.substring(colon + 1));
    }

    private static int number(String what, String text) throws FormatException {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new FormatException(what + " \"" + text + "\" is not a whole number");
        }
        if (text.length() > 9 || Integer.parseInt(text) > Chunking.MAX_CHUNK) {
            throw tooLarge();
        }
        return Integer.parseInt(text);
    }

    private static FormatException tooLarge() {
        return new FormatException("chunker parameters may not exceed the maximum chunk size of " + Chunking.MAX_CHUNK);
    }
}
