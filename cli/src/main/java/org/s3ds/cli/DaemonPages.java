package org.s3ds.cli;

import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.s3ds.prometheus.PrometheusMetrics;
import org.s3ds.rpc.Page;

/** What a daemon shows beside its API to whoever looks after it. None of them asks S3 anything. */
final class DaemonPages {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final String TEXT = "text/plain; charset=utf-8";

    private DaemonPages() {}

    /**
     * By their paths.
     *
     * @param stopping whether the daemon takes nothing new
     * @param requests knows how S3 last answered
     * @param index says how the index is, a line, or nothing
     */
    static Map<String, Supplier<Page>> of(
            PrometheusMetrics metrics, RequestTally requests, BooleanSupplier stopping, Supplier<String> index) {
        return Map.of(
                "/healthz",
                () -> new Page(OK, TEXT, "ok\n"),
                "/readyz",
                () -> stopping.getAsBoolean()
                        ? new Page(UNAVAILABLE, TEXT, "stopping\n")
                        : new Page(OK, TEXT, "ready\n" + requests.lastAnswer() + "\n" + index.get()),
                "/version",
                () -> new Page(OK, TEXT, Product.page()),
                "/debug/metrics/prometheus",
                () -> new Page(OK, "text/plain; version=0.0.4; charset=utf-8", metrics.text()));
    }
}
