package org.s3ds.ipld;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Values of the data model and blocks by chance: well made, oddly spelt, and changed. */
final class RandomData {
    private static final String[] TEXTS = {
        "",
        "a",
        "b",
        "ab",
        "/",
        "bytes",
        "ü",
        "\uD83D\uDE80",
        "\uFF5E",
        "\u2028",
        "\"\\\n\t\r\b\f",
        "\u0001",
        "\u007F",
        "0",
        "Links"
    };
    private static final double[] REALS = {
        0,
        -0.0,
        1,
        1.5,
        -2.25,
        1e-6,
        9.9e-7,
        1e-7,
        1e20,
        1e21,
        123456789e22,
        4.9e-324,
        2e-323,
        1.7976931348623157e308,
        0.1,
        1e23,
        2e23,
        9.5e-9
    };
    private static final long[] WHOLES = {
        0, 1, 23, 24, 255, 256, 65535, 65536, 1L << 32, -1, -24, -25, -256, -257, Long.MIN_VALUE, Long.MAX_VALUE
    };

    private final Random random;

    RandomData(Random random) {
        this.random = random;
    }

    /** Any value; lists and maps in one another at most so deep. */
    Data value(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0 -> new Data.Null();
            case 1 -> new Data.Bool(random.nextBoolean());
            case 2 -> Data.Int.of(random.nextBoolean() ? WHOLES[random.nextInt(WHOLES.length)] : random.nextLong());
            case 3 -> random.nextInt(4) == 0 ? new Data.Int(random.nextLong() | Long.MIN_VALUE, false) : Data.Int.of(1);
            case 4 -> new Data.Real(real());
            case 5 -> new Data.Text(text());
            case 6 -> Data.Bytes.of(bytes(random.nextInt(4) == 0 ? 300 : 5));
            case 7 -> new Data.LinkTo(cid());
            case 8, 9 -> new Data.ListOf(items(depth));
            default -> Data.MapOf.of(entries(depth));
        };
    }

    private List<Data> items(int depth) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> value(depth - 1))
                .toList();
    }

    private Map<String, Data> entries(int depth) {
        Map<String, Data> entries = new TreeMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            entries.put(text(), value(depth - 1));
        }
        return entries;
    }

    private double real() {
        double any = Double.longBitsToDouble(random.nextLong());
        return random.nextBoolean() || !Double.isFinite(any) ? REALS[random.nextInt(REALS.length)] : any;
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(3) == 0 ? text + TEXTS[random.nextInt(TEXTS.length)] : text;
    }

    private byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Cid cid() {
        byte[] data = bytes(5);
        return switch (random.nextInt(3)) {
            case 0 -> Cid.v1(Multicodec.RAW, HashFunction.IDENTITY.hash(data));
            case 1 -> CidFormat.V0.cid(data);
            default -> CidFormat.V1.withCodec(Multicodec.DAG_CBOR).cid(data);
        };
    }

    /** CBOR of any spelling, that Kubo may read. */
    byte[] oddCbor(int depth) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        odd(out, depth);
        return out.toByteArray();
    }

    private void odd(ByteArrayOutputStream out, int depth) {
        switch (random.nextInt(depth > 0 ? 12 : 7)) {
            case 0 -> oddHead(out, random.nextInt(2), random.nextBoolean() ? random.nextInt(300) : random.nextLong());
            case 1 -> out.write(0xE0 | (random.nextInt(8) == 0 ? random.nextInt(32) : 20 + random.nextInt(4)));
            case 2 -> {
                int power = 1 + random.nextInt(3);
                out.write(0xE0 | 24 + power);
                out.writeBytes(Arrays.copyOf(
                        ByteBuffer.allocate(8).putLong(random.nextLong()).array(), 1 << power));
            }
            case 3 -> oddString(out, 3, text().getBytes(StandardCharsets.UTF_8));
            case 4 -> oddString(out, 2, bytes(5));
            case 5 -> oddLink(out);
            case 6 -> {
                oddHead(out, 6, random.nextInt(50));
                odd(out, Math.min(depth, 1));
            }
            case 7, 8 -> oddAll(out, 4, () -> odd(out, depth - 1));
            default ->
                oddAll(out, 5, () -> {
                    oddString(out, random.nextInt(50) == 0 ? 2 : 3, text().getBytes(StandardCharsets.UTF_8));
                    odd(out, depth - 1);
                });
        }
    }

    private void oddLink(ByteArrayOutputStream out) {
        oddHead(out, 6, 42);
        ByteArrayOutputStream link = new ByteArrayOutputStream();
        link.write(0);
        link.writeBytes(cid().toBytes());
        oddString(out, 2, link.toByteArray());
    }

    private void oddAll(ByteArrayOutputStream out, int kind, Runnable each) {
        int count = random.nextInt(5);
        boolean told = random.nextInt(4) > 0;
        if (told) {
            oddHead(out, kind, count);
        } else {
            out.write(kind << 5 | 31);
        }
        for (int i = 0; i < count; i++) {
            each.run();
        }
        if (!told) {
            out.write(0xFF);
        }
    }

    private void oddString(ByteArrayOutputStream out, int kind, byte[] bytes) {
        if (random.nextInt(4) > 0) {
            oddHead(out, kind, bytes.length);
            out.writeBytes(bytes);
            return;
        }
        int cut = random.nextInt(bytes.length + 1);
        out.write(kind << 5 | 31);
        oddHead(out, kind, cut);
        out.write(bytes, 0, cut);
        oddHead(out, kind, bytes.length - cut);
        out.write(bytes, cut, bytes.length - cut);
        out.write(0xFF);
    }

    /** A head, sometimes longer than it must be. */
    private void oddHead(ByteArrayOutputStream out, int kind, long argument) {
        int needed = Long.SIZE - Long.numberOfLeadingZeros(argument);
        int power = needed <= 8 ? 0 : needed <= 16 ? 1 : needed <= 32 ? 2 : 3;
        if (Long.compareUnsigned(argument, 24) < 0 && random.nextInt(4) > 0) {
            out.write(kind << 5 | (int) argument);
            return;
        }
        power += random.nextInt(4) > 0 ? 0 : random.nextInt(4 - power);
        out.write(kind << 5 | 24 + power);
        byte[] all = ByteBuffer.allocate(8).putLong(argument).array();
        out.write(all, 8 - (1 << power), 1 << power);
    }

    /** The JSON of a value as a person might write it: white space, keys in any order, escapes. */
    String looseJson(Data value) {
        return switch (value) {
            case Data.Null() -> space() + "null";
            case Data.Bool(boolean bool) -> space() + bool;
            case Data.Int number -> space() + number;
            case Data.Real(double real) ->
                space() + (random.nextBoolean() ? Double.toString(real) : JsonNumber.write(real));
            case Data.Text(String text) -> space() + quoted(text);
            case Data.Bytes bytes ->
                space() + "{\"/\":" + space() + "{\"bytes\":\"" + base64(bytes.value()) + "\"}" + space() + "}";
            case Data.LinkTo(Cid cid) -> space() + "{\"/\"" + space() + ":\"" + cid + "\"" + space() + "}";
            case Data.ListOf(List<Data> items) ->
                space() + "["
                        + String.join(
                                space() + ",",
                                items.stream().map(this::looseJson).toList()) + "]" + space();
            case Data.MapOf map -> {
                List<String> entries = new ArrayList<>();
                map.entries()
                        .forEach((key, inner) -> entries.add(space() + quoted(key) + space() + ":" + looseJson(inner)));
                Collections.shuffle(entries, random);
                yield "{" + String.join(",", entries) + space() + "}";
            }
        };
    }

    private String base64(byte[] bytes) {
        var encoder = Base64.getEncoder();
        return (random.nextBoolean() ? encoder : encoder.withoutPadding()).encodeToString(bytes);
    }

    private String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            boolean must = next < 0x20 || next == '"' || next == '\\';
            quoted.append(must || random.nextInt(6) == 0 ? String.format("\\u%04x", (int) next) : String.valueOf(next));
        }
        // half a character raw and half escaped would be none
        return halved(quoted) ? quotedWhole(text) : quoted.append('"').toString();
    }

    private static boolean halved(StringBuilder text) {
        return Utf8.hasHalfCharacter(text.toString());
    }

    private static String quotedWhole(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(next -> quoted.append(String.format("\\u%04x", next)));
        return quoted.append('"').toString();
    }

    private String space() {
        return random.nextInt(8) == 0 ? " \n\t\r".substring(random.nextInt(4)) : "";
    }

    /** The same bytes, some changed, left out, or doubled. */
    byte[] changed(byte[] bytes) {
        byte[] changed =
                random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes.clone();
        for (int i = random.nextInt(3); i >= 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            changed[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) random.nextInt();
                case 1 -> (byte) (changed[at] ^ (1 << random.nextInt(8)));
                case 2 -> changed[random.nextInt(changed.length)];
                default -> "{}[],:\"/\\ntf0-.e \0".getBytes(StandardCharsets.UTF_8)[random.nextInt(18)];
            };
        }
        return changed;
    }
}
