package org.s3ds.node.repo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as Go writes it: {@code 1h30m}, {@code -1.5s}, {@code 0}. */
public final class GoDuration {
    private static final Pattern WHOLE =
            Pattern.compile("([-+]?)((?:(?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([a-zµμ]+)");

    private GoDuration() {}

    /** Empty when the text is no such span, or longer than 292 years. */
    public static Optional<Duration> parse(String text) {
        if (text.matches("[-+]?0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher whole = WHOLE.matcher(text);
        if (!whole.matches()) {
            return Optional.empty();
        }
        BigDecimal nanos = BigDecimal.ZERO;
        for (Matcher part = PART.matcher(whole.group(2)); part.find(); ) {
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos(part.group(2)))));
        }
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Optional.empty();
        }
        long value = nanos.longValue();
        return Optional.of(Duration.ofNanos(whole.group(1).equals("-") ? -value : value));
    }

    /** As Go writes it: {@code 1h30m0s}, {@code 1.5s}, {@code 20ms}, {@code 0s}. */
    public static String format(Duration duration) {
        BigDecimal nanos = BigDecimal.valueOf(duration.toNanos());
        String sign = nanos.signum() < 0 ? "-" : "";
        long most = nanos.abs().longValue();
        if (most < nanos("s")) {
            String unit = most < nanos("us") ? "ns" : most < nanos("ms") ? "µs" : "ms";
            return most == 0 ? "0s" : sign + in(unit, nanos.abs()) + unit;
        }
        long minutes = most / nanos("m");
        String seconds = in("s", BigDecimal.valueOf(most % nanos("m"))) + "s";
        String before = minutes >= 60 ? minutes / 60 + "h" + minutes % 60 + "m" : minutes > 0 ? minutes + "m" : "";
        return sign + before + seconds;
    }

    private static String in(String unit, BigDecimal nanos) {
        BigDecimal number = nanos.divide(BigDecimal.valueOf(nanos(unit))).stripTrailingZeros();
        return number.toPlainString();
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000; // us, with either letter for micro
        };
    }
}
