package org.s3ds.ipld.unixfs;

/** The Rabin chunker's cuts: a fingerprint over the last 16 bytes, modulo a polynomial of degree 53. */
final class RabinCut implements CutPoint {
    static final int WINDOW = 16;

    private static final long POLYNOMIAL = 17_437_180_132_763_653L;
    private static final int DEGREE = 53;
    private static final long[] LEAVING = new long[256];
    private static final long[] REDUCING = new long[256];

    static {
        for (int b = 0; b < 256; b++) {
            long leaving = b;
            for (int i = 1; i < WINDOW; i++) {
                leaving = reduce(leaving << 8);
            }
            LEAVING[b] = leaving;
            long top = (long) b << DEGREE;
            REDUCING[b] = reduce(top) | top;
        }
    }

    private final int min;
    private final long mask;

    RabinCut(int min, int average) {
        this.min = min;
        this.mask = Integer.highestOneBit(average) - 1L;
    }

    @Override
    public int find(byte[] buffer, int available) {
        byte[] window = new byte[WINDOW];
        window[0] = 1;
        int oldest = 1;
        long fingerprint = slide(0, 0, 1);
        for (int i = min - WINDOW; i < available; i++) {
            fingerprint = slide(fingerprint, window[oldest], buffer[i]);
            window[oldest] = buffer[i];
            oldest = (oldest + 1) % WINDOW;
            if (i + 1 >= min && (fingerprint & mask) == 0) {
                return i + 1;
            }
        }
        return available;
    }

    private static long slide(long fingerprint, int leaving, int entering) {
        long rest = fingerprint ^ LEAVING[leaving & 0xff];
        int top = (int) (rest >>> (DEGREE - 8));
        return ((rest << 8) | (entering & 0xff)) ^ REDUCING[top];
    }

    private static long reduce(long value) {
        long rest = value;
        while (rest >>> DEGREE != 0) {
            int shift = 63 - Long.numberOfLeadingZeros(rest) - DEGREE;
            rest ^= POLYNOMIAL << shift;
        }
        return rest;
    }
}
