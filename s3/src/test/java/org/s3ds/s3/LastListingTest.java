package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.s3ds.datastore.MemoryMetrics;

final class LastListingTest {
    @Test
    void theLastTotalIsKeptWithItsDateAndShownWithItsAge() {
        Instant ended = Instant.parse("2026-11-25T22:00:00Z");
        AtomicReference<Instant> now = new AtomicReference<>(ended);
        MemoryMetrics metrics = new MemoryMetrics();
        try (LastListing last = new LastListing(now::get, metrics, "b/node1")) {
            assertEquals(Optional.empty(), last.total());
            assertEquals(Map.of(), metrics.gauges());
            last.ended(7);
            last.ended(300);
            now.set(ended.plusSeconds(90));
            assertEquals(Optional.of(new LastListing.Total(300, ended)), last.total());
            assertEquals(
                    Map.of(
                            "s3ds.stored_bytes{store=\"b/node1\"}", 300.0,
                            "s3ds.stored_bytes_age_seconds{store=\"b/node1\"}", 90.0),
                    metrics.gauges());
        }
        assertEquals(Map.of(), metrics.gauges(), "a closed store shows nothing");
    }
}
