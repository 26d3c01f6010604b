package org.s3ds.node.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.s3ds.ipld.MissingBlockException;

class WindowTest {
    @Test
    void allWhoUseItAtOnceShareWhatThereIs() {
        Window window = Window.shared(100, 64, 128);
        BlockWriter first = new BlockWriter(block -> {}, window);
        assertEquals(64, window.bytes());
        Fetches<Long> second = new Fetches<>(
                cid -> {
                    throw new MissingBlockException(cid);
                },
                size -> size,
                window);
        assertEquals(64, window.bytes());
        BlockWriter third = new BlockWriter(block -> {}, window);
        BlockWriter fourth = new BlockWriter(block -> {}, window);
        assertEquals(32, window.bytes());
        first.close();
        second.cancel();
        second.cancel();
        assertEquals(64, window.bytes());
        third.close();
        third.close();
        fourth.close();
        for (int i = 0; i < 1000; i++) {
            window.enter();
        }
        assertEquals(1, window.bytes());
    }

    @Test
    void oneThatLetsNothingThroughIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Window(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Window(1, 0));
    }
}
