package org.s3ds.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.StoreConfig;
import org.s3ds.datastore.StoreContext;
import org.s3ds.datastore.StoreDoctor;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: says whether the stores of a repo work, and what they lack. */
@Command(
        description = {
            "Says whether the bucket of a repo can do what its store needs: it does in a scratch folder below the root",
            "directory what the store does, removes it, and reads which rules the bucket has. Nothing else is touched.",
            "With --bucket or --blocks and the options of init it looks at a store without a repo. The exit code is 1 when",
            "the store would not work."
        },
        footer = {
            "s3ds doctor",
            "s3ds doctor --bucket my-bucket --region us-east-1",
            "s3ds doctor --policy --bucket my-bucket --region us-east-1 --root-directory node1"
        })
final class DoctorCommand implements Action {
    private final TerminalSession session;

    @Option(names = "--json", description = "Print what was found as JSON.")
    private boolean json;

    @Option(
            names = "--policy",
            description = "Ask nobody; print the IAM policy that a store at AWS needs, and nothing more.")
    private boolean policy;

    @Mixin
    private S3Options s3 = new S3Options();

    DoctorCommand(TerminalSession session) {
        this.session = session;
    }

    @Override
    public void run() throws IOException {
        List<StoreConfig> stores = stores();
        if (policy) {
            printPolicies(stores);
            return;
        }
        List<DoctorReport> reports = new ArrayList<>();
        for (StoreConfig store : stores) {
            Optional<StoreDoctor> doctor = store.doctor();
            if (doctor.isPresent()) {
                reports.add(examine(store, doctor.get()));
            }
        }
        if (reports.isEmpty()) {
            throw new IOException("no store of the repo can be examined; name a bucket with --bucket");
        }
        print(reports);
        if (!reports.stream().allMatch(DoctorReport::works)) {
            throw new IOException("the store would not work: see above what is missing");
        }
    }

    private List<StoreConfig> stores() throws IOException {
        s3.check();
        if (s3.hasBucket()) {
            Map<String, @Nullable Object> spec = new LinkedHashMap<>(s3.spec(session.terminal()));
            return List.of(Stores.named(Stores.S3, session.types()).parse(spec));
        }
        return s3.hasStore()
                ? DatastoreSpec.parse(s3.spec(session.terminal()), session.types())
                        .stores()
                : session.stores();
    }

    private void printPolicies(List<StoreConfig> stores) throws IOException {
        List<String> policies = stores.stream()
                .flatMap(store -> store.doctor().flatMap(StoreDoctor::policy).stream())
                .toList();
        if (policies.isEmpty()) {
            throw new IOException("no store of the repo needs a policy; name a bucket with --bucket");
        }
        policies.forEach(session.terminal().out()::print);
    }

    private DoctorReport examine(StoreConfig store, StoreDoctor doctor) throws IOException {
        Terminal terminal = session.terminal();
        Path folder = s3.hasStore() ? terminal.directory() : session.repo();
        StoreContext context = new StoreContext(folder, session.metrics(), terminal.environment());
        if (s3.mayCreateBucket()) {
            store.createPlace(context);
        }
        List<Finding> findings = new ArrayList<>();
        try (DoctorProgress progress = new DoctorProgress(terminal)) {
            doctor.examine(context, finding -> {
                findings.add(finding);
                progress.show(finding);
            });
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        return new DoctorReport(doctor.place(), store.warnings(), doctor.settings(terminal.environment()), findings);
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
