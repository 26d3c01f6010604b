package org.s3ds.ipld.unixfs;

import org.s3ds.ipld.FormatException;

/** Reads {@code add --chunker}. The sentences that scripts may know are Kubo's. */
final class ChunkingParser {
    private static final String[] RABIN_LABELS = {"min", "avg", "max"};
    private static final String[] RABIN_PLACES = {"first", "second", "final"};

    private ChunkingParser() {}

    static Chunking parse(String text) throws FormatException {
        String[] parts = text.split("-", -1);
        return switch (parts[0]) {
            case "size" -> fixed(parts);
            case "rabin" -> rabin(parts);
            case "buzhash" -> new Chunking.Buzhash(); // whatever follows, as Kubo has it
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
            throw new FormatException("incorrect chunker string format (expected size-{size})");
        }
        int size = number(parts[1]);
        if (size < 1) {
            throw new FormatException("chunker size must be greater than 0");
        }
        if (size > Chunking.MAX_CHUNK) {
            throw tooLarge();
        }
        return new Chunking.Fixed(size);
    }

    private static Chunking rabin(String[] parts) throws FormatException {
        return switch (parts.length) {
            case 1 -> rabinAround(262_144);
            case 2 -> rabinAround(number(parts[1]));
            case 4 -> rabin(rabinSize(parts, 0), rabinSize(parts, 1), rabinSize(parts, 2));
            default ->
                throw new FormatException(
                        "incorrect format (expected 'rabin' 'rabin-[avg]' or 'rabin-[min]-[avg]-[max]'");
        };
    }

    private static Chunking rabinAround(int average) throws FormatException {
        if (average > Chunking.MAX_CHUNK) {
            throw tooLarge();
        }
        return rabin(average / 3, average, average + average / 2);
    }

    private static Chunking rabin(int min, int average, int max) throws FormatException {
        if (min < RabinCut.WINDOW) {
            throw new FormatException("rabin min must be greater than 16");
        }
        if (min >= average) {
            throw new FormatException("incorrect format: rabin-min must be smaller than rabin-avg");
        }
        if (average >= max) {
            throw new FormatException("incorrect format: rabin-avg must be smaller than rabin-max");
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
            throw new FormatException(RABIN_PLACES[index] + " label must be " + RABIN_LABELS[index]);
        }
        return number(part.substring(colon + 1));
    }

    private static int number(String text) throws FormatException {
        if (!text.matches("\\+?[0-9]+")) {
            throw new FormatException("strconv.Atoi: parsing \"" + text + "\": invalid syntax");
        }
        try {
            return Math.toIntExact(Math.min(Long.parseLong(text), Integer.MAX_VALUE));
        } catch (NumberFormatException e) {
            throw new FormatException("strconv.Atoi: parsing \"" + text + "\": value out of range", e);
        }
    }

    private static FormatException tooLarge() {
        return new FormatException("chunker parameters may not exceed the maximum chunk size of " + Chunking.MAX_CHUNK);
    }
}
