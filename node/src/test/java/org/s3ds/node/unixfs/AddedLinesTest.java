package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.blocks.Receipt;

class AddedLinesTest {
    private final List<String> told = new ArrayList<>();

    private final AddListener listener = new AddListener() {
        @Override
        public void added(Added added) {
            told.add(added.name());
        }

        @Override
        public void read(String name, long more, long total) {}
    };

    @Test
    void aLineWaitsForItsBlocksAndKeepsItsPlace() throws IOException {
        CountDownLatch stored = new CountDownLatch(1);
        try (AddedLines lines = new AddedLines(listener)) {
            lines.put(added("slow"), receipt(stored));
            lines.put(added("fast"), receipt(new CountDownLatch(0)));
            assertEquals(List.of(), told);
            stored.countDown();
            lines.finish();
        }
        assertEquals(List.of("slow", "fast"), told);
    }

    @Test
    void blocksThatCouldNotBeStoredEndTheLines() throws IOException {
        Receipt failing = new Receipt() {
            @Override
            public boolean isDone() {
                return false;
            }

            @Override
            public void await() throws IOException {
                throw new IOException("no such bucket");
            }
        };
        try (AddedLines lines = new AddedLines(listener)) {
            lines.put(added("first"), receipt(new CountDownLatch(0)));
            IOException failure = assertThrows(IOException.class, () -> {
                lines.put(added("lost"), failing);
                lines.finish();
            });
            assertEquals("no such bucket", failure.getMessage());
        }
        assertEquals(List.of("first"), told);
    }

    @Test
    void closingDoesNotWaitForBlocks() throws IOException {
        try (AddedLines lines = new AddedLines(listener)) {
            lines.put(added("never"), receipt(new CountDownLatch(1)));
        }
        assertEquals(List.of(), told);
    }

    private static Added added(String name) {
        return new Added(name, CidFormat.V0.cid(new byte[0]), 0, Metadata.NONE);
    }

    private static Receipt receipt(CountDownLatch stored) {
        return new Receipt() {
            @Override
            public boolean isDone() {
                return stored.getCount() == 0;
            }

            @Override
            public void await() throws IOException {
                try {
                    stored.await();
                } catch (InterruptedException e) {
                    throw new IOException("interrupted", e);
                }
            }
        };
    }
}
