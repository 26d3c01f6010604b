package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final String CLEAR = "\r\033[2K";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void saysBytesRateAndTimeLeft() {
        try (ProgressLine line = line(true)) {
            line.total(100 << 20);
            clock.set(TimeUnit.SECONDS.toNanos(2));
            line.add(20 << 20);
        }
        assertEquals(CLEAR + "20.00 MiB of 100.00 MiB, 10.00 MiB/s, 20%, 0:08 left" + CLEAR, text());
    }

    @Test
    void saysNoTimeLeftWithoutATotal() {
        try (ProgressLine line = line(true)) {
            clock.set(TimeUnit.SECONDS.toNanos(1));
            line.add(512);
        }
        assertEquals(CLEAR + "512 B, 512 B/s" + CLEAR, text());
    }

    @Test
    void appearsAtMostTenTimesASecond() {
        try (ProgressLine line = line(true)) {
            for (int i = 1; i <= 1000; i++) {
                clock.set(TimeUnit.MILLISECONDS.toNanos(i));
                line.add(1);
            }
        }
        assertEquals(11, text().split(Pattern.quote(CLEAR), -1).length - 1);
    }

    @Test
    void isSilentWhenNobodyWatches() {
        try (ProgressLine line = line(false)) {
            clock.set(TimeUnit.SECONDS.toNanos(1));
            line.add(512);
        }
        assertEquals("", text());
    }

    private ProgressLine line(boolean isShown) {
        return new ProgressLine(new PrintStream(shown, true, StandardCharsets.UTF_8), isShown, clock::get);
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
