package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.StoreContext;
import org.s3ds.node.repo.Json;
import org.s3ds.s3.Finding;
import org.s3ds.s3.S3Config;
import org.s3ds.s3.S3Doctor;
import org.s3ds.s3.S3Probe;
import org.s3ds.s3.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: says whether the S3 stores of a repo work, and what they lack. */
@Command(
        description = {
            "Says whether the bucket of a repo can do what its store needs: it does in a scratch folder below the root",
            "directory what the store does, removes it, and reads which rules the bucket has. Nothing else is touched.",
            "With --bucket and the options of init it looks at a bucket without a repo. The exit code is 1 when the store",
            "would not work."
        },
        footer = {
            "s3ds doctor",
            "s3ds doctor --bucket my-bucket --region us-east-1",
            "s3ds doctor --policy --bucket my-bucket --region us-east-1 --root-directory node1"
        })
final class DoctorCommand implements Action {
    private final Session session;

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    @Option(
            names = "--policy",
            description = "Ask nobody; print the IAM policy that a store at AWS needs, and nothing more.")
    private boolean policy;

    @Mixin
    private S3Options s3 = new S3Options();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<Map<String, @Nullable Object>> specs = specs();
        if (policy) {
            for (Map<String, @Nullable Object> spec : specs) {
                session.terminal().out().print(S3Doctor.policy(S3Config.parse(spec)));
            }
            return;
        }
        List<DoctorReport> reports = new ArrayList<>();
        for (Map<String, @Nullable Object> spec : specs) {
            reports.add(examine(spec));
        }
        print(reports);
        long sick = reports.stream().filter(report -> !report.works()).count();
        if (sick > 0) {
            throw new IOException("the store would not work: see above what is missing");
        }
    }

    private List<Map<String, @Nullable Object>> specs() throws IOException {
        s3.check();
        if (s3.hasBucket()) {
            return List.of(new LinkedHashMap<>(s3.spec(session.terminal())));
        }
        List<Map<String, @Nullable Object>> found =
                S3Specs.in(session.config().find("Datastore.Spec").orElse(null));
        if (found.isEmpty()) {
            throw new IOException("the repo has no store of type s3ds to look at; name a bucket with --bucket");
        }
        return found;
    }

    private DoctorReport examine(Map<String, @Nullable Object> spec) throws IOException {
        Terminal terminal = session.terminal();
        S3Config config = S3Config.parse(spec);
        Path folder = s3.hasBucket() ? terminal.directory() : session.repo();
        StoreContext context = new StoreContext(folder, session.metrics(), terminal.environment());
        if (s3.mayCreateBucket()) {
            try (S3Probe probe = new S3Probe(config, context)) {
                probe.createBucket();
            }
        }
        try (DoctorProgress progress = new DoctorProgress(terminal);
                S3Doctor doctor = new S3Doctor(config, context, progress::show)) {
            List<Finding> findings = doctor.examine();
            if (Thread.currentThread().isInterrupted()) {
                throw new IOException("interrupted");
            }
            return new DoctorReport(config, Setting.of(spec, terminal.environment()), findings, doctor.works());
        }
    }

    private void print(List<DoctorReport> reports) throws IOException {
        Terminal terminal = session.terminal();
        if (json || session.json()) {
            boolean works = reports.stream().allMatch(DoctorReport::works);
            List<Map<String, Object>> stores =
                    reports.stream().map(DoctorReport::fields).toList();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Works", works);
            fields.put("Stores", stores);
            terminal.out().println(Json.pretty(fields));
        } else {
            reports.forEach(report -> terminal.out().print(report.text()));
        }
    }
}
