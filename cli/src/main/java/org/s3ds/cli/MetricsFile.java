package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.s3ds.datastore.Metrics;
import org.s3ds.prometheus.PrometheusMetrics;

/** What one command counts, written at its end to the file that {@code --metrics} names. */
final class MetricsFile {
    private final Path file;
    private final PrometheusMetrics metrics = new PrometheusMetrics();

    /** Nothing is written yet. */
    MetricsFile(Path file) {
        this.file = file;
    }

    /** Where to count. */
    Metrics metrics() {
        return metrics;
    }

    /** Replaces the file as a whole: who collects such files never sees half of one. */
    void write() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, metrics.text());
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
