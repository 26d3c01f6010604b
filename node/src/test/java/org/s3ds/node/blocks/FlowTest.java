package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FlowTest {
    private static final long MILLISECOND = 1_000_000;

    private long time;

    /** As many as may be are sent at once, and all come after the same time. */
    private void roundTrips(Flow flow, int count, long nanos) {
        for (int i = 0; i < count; i++) {
            int sent = flow.inFlight();
            for (int j = 0; j < sent; j++) {
                flow.ended(time, time + nanos);
            }
            time += nanos;
        }
    }

    /** One comes after the other, however many are sent. */
    private void oneByOne(Flow flow, int count, long nanos) {
        for (int i = 0; i < count; i++) {
            long start = Math.max(0, time - nanos * (flow.inFlight() - 1));
            time += nanos;
            flow.ended(start, i == 0 ? start + nanos : time);
        }
    }

    @Test
    void aLongWayIsFullAfterTwoRoundTrips() {
        Flow flow = new Flow(100);
        roundTrips(flow, 2, 40 * MILLISECOND);
        assertEquals(100, flow.inFlight());
        roundTrips(flow, 10, 40 * MILLISECOND);
        assertEquals(100, flow.inFlight());
    }

    @Test
    void whereOneWaitsForTheOtherNoMoreAreSent() {
        Flow flow = new Flow(100);
        oneByOne(flow, 1_000, MILLISECOND);
        assertTrue(flow.inFlight() <= 40, String.valueOf(flow.inFlight()));
        assertTrue(flow.isNarrow());
    }

    @Test
    void aReaderThatRestsNeedsFewer() {
        Flow flow = new Flow(100);
        roundTrips(flow, 4, 40 * MILLISECOND);
        for (int i = 0; i < 200; i++) {
            time += 1_000 * MILLISECOND;
            flow.ended(time - 40 * MILLISECOND, time);
        }
        assertTrue(flow.inFlight() <= 33, String.valueOf(flow.inFlight()));
        roundTrips(flow, 3, 40 * MILLISECOND);
        assertEquals(100, flow.inFlight());
    }

    @Test
    void neverMoreThanAllowed() {
        Flow flow = new Flow(3);
        assertEquals(3, flow.inFlight());
        roundTrips(flow, 10, 40 * MILLISECOND);
        assertEquals(3, flow.inFlight());
    }
}
