package org.s3ds.node;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.s3ds.ipld.unixfs.DirectoryOptions.Estimation;
import org.s3ds.ipld.unixfs.Layout;
import org.s3ds.node.repo.Config;
import org.s3ds.node.unixfs.ImportChoice;

/** The {@code Import} section of a config as choices. */
public final class ImportConfig {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1000L),
            Map.entry("kb", 1000L),
            Map.entry("ki", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1_000_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("mi", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1_000_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("gi", 1L << 30),
            Map.entry("gib", 1L << 30));

    private final Config config;

    private ImportConfig(Config config) {
        this.config = config;
    }

    /**
     * What a config chose.
     *
     * @throws IOException when a value is not of its kind; the sentence names its key
     */
    public static ImportChoice of(Config config) throws IOException {
        return new ImportConfig(config).choice();
    }

    private ImportChoice choice() throws IOException {
        return new ImportChoice(
                number("CidVersion"),
                text("HashFunction"),
                flag("UnixFSRawLeaves"),
                text("UnixFSChunker"),
                oneOf("UnixFSDAGLayout", Layout.values()),
                number("UnixFSFileMaxLinks"),
                number("UnixFSDirectoryMaxLinks"),
                number("UnixFSHAMTDirectoryMaxFanout"),
                size("UnixFSHAMTDirectorySizeThreshold"),
                oneOf("UnixFSHAMTDirectorySizeEstimation", Estimation.values()));
    }

    private Optional<Object> find(String key) {
        return config.find("Import." + key);
    }

    private static IOException mustBe(String key, String allowed, Object found) {
        return new IOException("Import." + key + " must be " + allowed + ", got " + found);
    }

    private Optional<Integer> number(String key) throws IOException {
        Optional<Object> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return Optional.of(number.intValue());
        }
        throw mustBe(key, "a whole number from 0 on", value.get());
    }

    private Optional<String> text(String key) throws IOException {
        Optional<Object> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof String text) {
            return Optional.of(text).filter(chosen -> !chosen.isEmpty());
        }
        throw mustBe(key, "a text", value.get());
    }

    private Optional<Boolean> flag(String key) throws IOException {
        Optional<Object> value = find(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof Boolean flag) {
            return Optional.of(flag);
        }
        throw mustBe(key, "true or false", value.get());
    }

    private <E extends Enum<E>> Optional<E> oneOf(String key, E[] values) throws IOException {
        Optional<String> chosen = text(key);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(chosen.get())) {
                return Optional.of(value);
            }
        }
        String allowed = Arrays.toString(values).toLowerCase(Locale.ROOT);
        throw mustBe(key, "one of " + allowed, chosen.get());
    }

    private Optional<Long> size(String key) throws IOException {
        Optional<String> chosen = text(key);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = SIZE.matcher(chosen.get().strip().toLowerCase(Locale.ROOT));
        Long unit = parts.matches() ? UNITS.get(parts.group(2)) : null;
        if (unit == null) {
            throw mustBe(key, "a size such as \"256KiB\"", chosen.get());
        }
        return Optional.of(new BigDecimal(parts.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .longValue());
    }
}
