package org.s3ds.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One {@link Governor} for each endpoint in use: all stores on an endpoint that were opened by the same
 * {@link S3StoreType} share it, and keep together within what each of them may do alone. For any number of threads.
 */
final class Governors {
    /** Guards itself, and each {@link Shared}. */
    private final Map<String, Shared> byEndpoint = new HashMap<>();

    private final Time time;

    /** Of the machine's time. */
    Governors() {
        this(Time.SYSTEM);
    }

    /** Of another. */
    Governors(Time time) {
        this.time = time;
    }

    /** A governor, and the bounds of the stores that use it. */
    private record Shared(Governor governor, List<Governor.Bounds> users) {
        void keepWithinAll() {
            users.stream().reduce(Governor.Bounds::and).ifPresent(governor::keepWithin);
        }
    }

    /** A store's use of a governor, until it is closed. */
    final class Use implements AutoCloseable {
        private final String endpoint;
        private final Governor.Bounds bounds;
        private final Governor governor;
        private boolean closed;

        private Use(String endpoint, Governor.Bounds bounds, Governor governor) {
            this.endpoint = endpoint;
            this.bounds = bounds;
            this.governor = governor;
        }

        Governor governor() {
            return governor;
        }

        /** The others keep within their own bounds again. The first call counts. */
        @Override
        public void close() {
            synchronized (byEndpoint) {
                Shared shared = byEndpoint.get(endpoint);
                if (closed || shared == null) {
                    return;
                }
                closed = true;
                shared.users().remove(bounds);
                shared.keepWithinAll();
                if (shared.users().isEmpty()) {
                    byEndpoint.remove(endpoint);
                }
            }
        }
    }

    /**
     * The governor of an endpoint, which from now on keeps within these bounds too.
     *
     * @param endpoint names the server; equal for stores on the same one
     */
    Use use(String endpoint, Governor.Bounds bounds) {
        synchronized (byEndpoint) {
            Shared shared = byEndpoint.computeIfAbsent(
                    endpoint, e -> new Shared(new Governor(bounds, time), new ArrayList<>()));
            shared.users().add(bounds);
            shared.keepWithinAll();
            return new Use(endpoint, bounds, shared.governor());
        }
    }
}
