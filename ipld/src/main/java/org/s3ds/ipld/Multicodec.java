package org.s3ds.ipld;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The names that the multiformats table gives to codes. The table is read when first needed. */
public final class Multicodec {
    /** A hash that is the data itself. */
    public static final long IDENTITY = 0x00;

    /** Any bytes. */
    public static final long RAW = 0x55;

    /** The protobuf of links and data that files and directories are made of. */
    public static final long DAG_PB = 0x70;

    /** CBOR with links. */
    public static final long DAG_CBOR = 0x71;

    /** A public key of libp2p. */
    public static final long LIBP2P_KEY = 0x72;

    /** JSON with links. */
    public static final long DAG_JSON = 0x0129;

    /** Plain CBOR. */
    public static final long CBOR = 0x51;

    /** Plain JSON. */
    public static final long JSON = 0x0200;

    /** The tag of codes that say how a block's bytes are read. */
    public static final String IPLD = "ipld";

    private Multicodec() {}

    /**
     * One row of the table.
     *
     * @param name the name, lower case
     * @param tag the kind: {@code ipld}, {@code multihash}, {@code multiaddr}, …
     * @param code the code, at least 0
     */
    public record Row(String name, String tag, long code) {}

    /** The name of a code; empty when the table has none. */
    public static Optional<String> nameOf(long code) {
        if (code == RAW) {
            return Optional.of("raw");
        }
        if (code == DAG_PB) {
            return Optional.of("dag-pb");
        }
        return Table.ROWS.stream()
                .filter(row -> row.code() == code)
                .map(Row::name)
                .findFirst();
    }

    /** The code with a name, spelt as in the table; empty when the table has none. */
    public static OptionalLong codeOf(String name) {
        return switch (name) {
            case "raw" -> OptionalLong.of(RAW);
            case "dag-pb" -> OptionalLong.of(DAG_PB);
            default ->
                Table.ROWS.stream()
                        .filter(row -> row.name().equals(name))
                        .mapToLong(Row::code)
                        .findFirst();
        };
    }

    /** The rows with a tag, by code. */
    public static List<Row> tagged(String tag) {
        return Table.ROWS.stream().filter(row -> row.tag().equals(tag)).toList();
    }

    /** Loaded with the first question that the constants do not answer. */
    private static final class Table {
        private static final List<Row> ROWS = read();

        private static List<Row> read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                    Multicodec.class.getResourceAsStream("multicodec.csv"), StandardCharsets.UTF_8))) {
                return lines.lines()
                        .skip(1)
                        .map(Table::row)
                        .sorted(Comparator.comparingLong(Row::code))
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Row row(String line) {
            String[] cells = line.split(",", 4);
            return new Row(cells[0].strip(), cells[1].strip(), Long.decode(cells[2].strip()));
        }
    }
}
