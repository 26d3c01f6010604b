package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.s3ds.datastore.Metrics;

/** What a process takes of its machine, under the names that Prometheus's libraries give it. */
final class ProcessMeters {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int BYTES_PER_KIB = 1024;

    private ProcessMeters() {}

    /** Shows them from now on. */
    static void show(Metrics metrics) {
        ProcessHandle.Info process = ProcessHandle.current().info();
        double start = process.startInstant().orElseGet(Instant::now).toEpochMilli() / MILLIS_PER_SECOND;
        metrics.gauge(
                "ipfs.info",
                "The version of Kubo whose answers this gives, and its own commit",
                Map.of("version", Product.KUBO_VERSION, "commit", Product.commit()),
                () -> 1);
        metrics.gauge("process.start_time_seconds", "When the process began, since 1970", Map.of(), () -> start);
        metrics.gauge(
                "process.cpu_seconds", "Processor time of the process so far", Map.of(), ProcessMeters::cpuSeconds);
        metrics.gauge("process.resident_memory_bytes", "Memory of the process", Map.of(), ProcessMeters::residentBytes);
        metrics.gauge("jvm.memory_used_bytes", "Java's memory in use", Map.of(), () -> {
            Runtime java = Runtime.getRuntime();
            return java.totalMemory() - java.freeMemory();
        });
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / NANOS_PER_SECOND;
    }

    /** As Linux tells it; elsewhere it is not known. */
    private static double residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException _) {
            return Double.NaN;
        }
    }
}
