package org.s3ds.ipld.car;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.DagCbor;
import org.s3ds.ipld.Data;
import org.s3ds.ipld.FormatException;

/**
 * What a CAR begins with.
 *
 * @param version 1 or 2
 * @param roots none for version 2, whose payload is a whole CAR of version 1
 */
record CarHeader(int version, List<Cid> roots) {
    private static final String NAME = "the header";
    private static final String VERSION = "version";
    private static final String ROOTS = "roots";

    /** The bytes of a version 2 before its fixed header. */
    private static final int PRAGMA = 11;

    /** The fixed header: 16 bytes of what it is like, then three numbers. */
    private static final int FIXED = 40;

    private static final int TRAITS = 16;

    CarHeader {
        roots = List.copyOf(roots);
    }

    /** @throws FormatException when it is none, or of another version */
    static CarHeader read(CarInput in) throws IOException {
        byte[] bytes = in.section(NAME, CarReader.LARGEST_HEADER)
                .orElseThrow(() -> new FormatException("it is empty: a CAR begins with a header"));
        Data data;
        try {
            data = DagCbor.decode(bytes);
        } catch (FormatException e) {
            throw new FormatException("invalid header: " + e.getMessage(), e);
        }
        if (!(data instanceof Data.MapOf(var entries))) {
            throw invalid("it is no map");
        }
        int version = version(entries.getOrDefault(VERSION, new Data.Bool(false)));
        return new CarHeader(version, version == 1 ? roots(entries) : List.of());
    }

    private static int version(Data version) throws FormatException {
        if (!(version instanceof Data.Int number)) {
            throw invalid("its version is no number");
        }
        if (!number.toString().equals("1") && !number.toString().equals("2")) {
            throw new FormatException("invalid car version: %s; 1 and 2 are known".formatted(number));
        }
        return number.toString().equals("1") ? 1 : 2;
    }

    private static List<Cid> roots(Map<String, Data> entries) throws FormatException {
        List<Cid> roots = new ArrayList<>();
        if (!(entries.get(ROOTS) instanceof Data.ListOf(List<Data> items))) {
            throw invalid("its roots are no list");
        }
        for (Data item : items) {
            if (!(item instanceof Data.LinkTo(Cid cid))) {
                throw invalid("its roots are not all CIDs");
            }
            roots.add(cid);
        }
        return roots;
    }

    private static FormatException invalid(String problem) {
        return new FormatException("invalid header: " + problem);
    }

    /** Reads the fixed header of a version 2, and goes to its payload. */
    static CarInput payload(CarInput in) throws IOException {
        ByteBuffer fixed = ByteBuffer.wrap(in.bytes(FIXED, NAME, in.offset())).order(ByteOrder.LITTLE_ENDIAN);
        long offset = fixed.getLong(TRAITS);
        long size = fixed.getLong(TRAITS + Long.BYTES);
        if (offset < PRAGMA + FIXED) {
            throw new FormatException(
                    "invalid data payload offset: %d; it is at least %d".formatted(offset, PRAGMA + FIXED));
        }
        if (size <= 0 || size > Long.MAX_VALUE - offset) {
            throw new FormatException("invalid data payload size: %d".formatted(size));
        }
        in.skip(offset - in.offset(), "what is before the payload");
        return in.part(size);
    }

    /** The bytes of a header of version 1. */
    static byte[] write(List<Cid> roots) {
        Map<String, Data> entries = new TreeMap<>();
        entries.put(VERSION, Data.Int.of(1));
        entries.put(
                ROOTS,
                new Data.ListOf(roots.stream().<Data>map(Data.LinkTo::new).toList()));
        return DagCbor.encode(Data.MapOf.of(entries));
    }
}
