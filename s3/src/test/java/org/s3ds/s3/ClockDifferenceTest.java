package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an answer's date shows of a server's clock. */
final class ClockDifferenceTest {
    private static final Instant CAME = Instant.parse("2026-01-02T03:04:05.500Z");

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z, PT0S, PT0S",
        "2026-01-02T03:04:05Z, PT3S, PT0S",
        "2026-01-02T03:04:04Z, PT0.4S, PT-0.1S",
        "2026-01-02T03:04:04Z, PT0.6S, PT0S",
        "2026-01-02T03:03:05Z, PT0S, PT-59.5S",
        "2026-01-02T03:04:06Z, PT9S, PT0.5S",
        "2026-01-02T04:04:05Z, PT0S, PT59M59.5S"
    })
    void itIsNoMoreThanItMustBe(Instant said, Duration took, Duration ahead) {
        ClockDifference clocks = ClockDifference.of(said, CAME, took);
        assertEquals(ahead, clocks.ahead());
    }

    @Test
    void aTimeIsTranslatedIntoOurs() {
        ClockDifference ahead = ClockDifference.of(CAME.plusSeconds(600), CAME, Duration.ZERO);
        assertEquals(CAME, ahead.ours(CAME.plusSeconds(600)));
        assertEquals(CAME, ClockDifference.NONE.ours(CAME));
    }
}
