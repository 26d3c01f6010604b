package org.s3ds.datastore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Runs one step for many things at once, on virtual threads. */
final class Together {
    private static final int AT_ONCE = 32;

    private Together() {}

    /** One step; may fail in any way. */
    interface Step<T> {
        void run(T thing) throws Exception;
    }

    /** Runs the step for all things, 32 at a time; a failure of any is a failure. */
    static <T> void each(Collection<T> things, Step<T> step) throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        List<Future<?>> running = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (T thing : things) {
                free.acquire();
                running.add(threads.submit(() -> {
                    try {
                        step.run(thing);
                        return thing;
                    } finally {
                        free.release();
                    }
                }));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
    }
}
