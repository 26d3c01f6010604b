package org.s3ds.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.s3ds.datastore.SpecException;

/**
 * What requests to one server cost, in US dollars for a thousand.
 *
 * @param write a PUT
 * @param list a LIST
 * @param read a GET or HEAD
 */
record Prices(double write, double list, double read) {
    private static final double THOUSAND = 1_000;
    private static final String AMAZON = "amazonaws.com";
    private static final String STANDARD = "STANDARD";
    private static final String ANY = "*";
    private static final int COLUMNS = 5;

    /** Refuses prices below 0. */
    Prices {
        if (!(write >= 0 && list >= 0 && read >= 0)) {
            throw new IllegalArgumentException("a price below 0");
        }
    }

    /** Of one request. */
    double of(Operation operation) {
        return switch (operation.price()) {
            case WRITE -> write / THOUSAND;
            case LIST -> list / THOUSAND;
            case READ -> read / THOUSAND;
            case FREE -> 0;
        };
    }

    /**
     * By the table that a config names, or else the one that comes with the store; empty when the server is not in it.
     *
     * @param repo where relative paths start
     */
    static Optional<Prices> of(S3Config config, Path repo) throws SpecException {
        String storageClass = config.objects().storageClass().isEmpty()
                ? STANDARD
                : config.objects().storageClass();
        String server = config.endpoint().map(URI::getHost).orElse(AMAZON);
        Optional<Path> file = config.priceFile();
        return file.isPresent() ? in(repo.resolve(file.get()), server, storageClass) : known(server, storageClass);
    }

    /**
     * Reads the table that a config names, if it names one.
     *
     * @throws SpecException when it cannot be read, or a line of it is wrong
     */
    static void check(S3Config config, Path repo) throws SpecException {
        if (config.priceFile().isPresent()) {
            Optional<Prices> ignored = of(config, repo);
        }
    }

    /** As {@link #of}; a table that was right when the store was opened may be wrong now: then nothing is known. */
    static Optional<Prices> now(S3Config config, Path repo) {
        try {
            return of(config, repo);
        } catch (SpecException e) {
            return Optional.empty();
        }
    }

    /**
     * By the table that comes with the store.
     *
     * @param server its name, without port
     * @param storageClass such as {@code STANDARD}
     * @return empty when the server is not in it
     */
    static Optional<Prices> known(String server, String storageClass) {
        try (InputStream in = Objects.requireNonNull(Prices.class.getResourceAsStream("prices.csv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return find(reader.lines().toList(), server, storageClass);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * By a table of the user's, in the form of {@code prices.csv}.
     *
     * @throws SpecException when it cannot be read, or a line of it is wrong
     */
    static Optional<Prices> in(Path file, String server, String storageClass) throws SpecException {
        try {
            return find(Files.readAllLines(file), server, storageClass);
        } catch (IOException e) {
            throw new SpecException("s3ds: priceFile " + file + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new SpecException("s3ds: priceFile " + file + " has " + e.getMessage());
        }
    }

    /** The first line that fits; every line is read, so that a wrong one is found before it is needed. */
    private static Optional<Prices> find(List<String> lines, String server, String storageClass) {
        Optional<Prices> found = Optional.empty();
        for (String line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> columns = List.of(line.strip().split("\\s*,\\s*", -1));
            Prices prices = read(line, columns);
            if (found.isEmpty() && fits(columns, server, storageClass)) {
                found = Optional.of(prices);
            }
        }
        return found;
    }

    private static boolean fits(List<String> columns, String server, String storageClass) {
        String name = columns.get(0);
        String kind = columns.get(1);
        boolean isThere = name.equals(ANY) || server.equals(name) || server.endsWith("." + name);
        return isThere && (kind.equals(ANY) || kind.equals(storageClass));
    }

    private static Prices read(String line, List<String> columns) {
        try {
            if (columns.size() == COLUMNS) {
                return new Prices(number(columns.get(2)), number(columns.get(3)), number(columns.get(4)));
            }
        } catch (IllegalArgumentException e) {
            // the same sentence for whatever is wrong with it
        }
        throw new IllegalArgumentException("the line \"" + line
                + "\"; a line is: server, class, write, list, read, the last three in US dollars for 1,000 requests");
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }
}
