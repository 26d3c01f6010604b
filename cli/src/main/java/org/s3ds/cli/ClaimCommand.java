package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.datastore.AccessException;
import org.s3ds.datastore.Claim;
import org.s3ds.datastore.StoreClaims;
import org.s3ds.datastore.StoreContext;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.DatastoreSpec;
import org.s3ds.node.repo.Json;
import org.s3ds.node.repo.Repo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code claim}: which repo alone writes to a bucket and deletes there. */
final class ClaimCommand {
    private ClaimCommand() {}

    /** The claims of the repo's stores, in the sequence of its spec; those of stores that have none are left out. */
    private static List<StoreClaims> claims(TerminalSession session) throws IOException {
        List<StoreClaims> claims = session.stores().stream()
                .flatMap(store -> store.claims().stream())
                .toList();
        if (claims.isEmpty()) {
            throw new IOException(
                    "no store of this repo can be claimed: only one of type s3ds has a place that others get at");
        }
        return claims;
    }

    private static StoreContext context(TerminalSession session) throws IOException {
        return new StoreContext(
                session.repo(), session.metrics(), session.terminal().environment());
    }

    /** The config whose spec says of each store that can be claimed who else may write to its place. */
    private static Config with(TerminalSession session, Config config, boolean exclusive) throws IOException {
        List<Map<String, Object>> settings = session.stores().stream()
                .map(store ->
                        store.claims().map(claims -> claims.settings(exclusive)).orElse(Map.of()))
                .toList();
        return config.find("Datastore.Spec").orElse(null) instanceof Map<?, ?> spec
                ? config.with("Datastore.Spec", DatastoreSpec.with(spec, settings.iterator()))
                : config;
    }

    private static void print(TerminalSession session, boolean json, String text, Map<String, @Nullable Object> fields)
            throws IOException {
        session.terminal().out().println(json || session.json() ? Json.pretty(fields) : text);
    }

    /** {@code claim show}. */
    @Command(
            description = {
                "Shows which repo holds the place of each store, that is, the bucket or its root directory, where and since when.",
                "Asks the bucket, and changes nothing."
            },
            footer = {"s3ds claim show", "s3ds claim show --json"})
    static final class Show implements Action {
        private final TerminalSession session;

        @Option(names = "--json", description = "Print it as JSON.")
        private boolean json;

        Show(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<String> texts = new ArrayList<>();
            List<Map<String, @Nullable Object>> fields = new ArrayList<>();
            for (StoreClaims each : claims(session)) {
                Optional<Claim> claim = each.show(context(session));
                texts.add(ClaimReport.text(each, claim));
                fields.add(ClaimReport.fields(each, claim));
            }
            print(session, json, String.join("\n\n", texts), Map.of("Stores", fields));
        }
    }

    /** {@code claim take}. */
    @Command(
            description = {
                "Makes the place of the repo's store this repo's alone, whoever holds it: claims it, and sets access to exclusive in",
                "the config. Whoever held it, or shared it, is refused from its next session on, and within a minute if it is",
                "running. Only for a place to which nobody else writes, or whose holder is gone for good: stop it first."
            },
            footer = {"s3ds claim take", "s3ds claim take --yes"})
    static final class Take implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--yes", "-y"},
                description = "Do not ask.")
        private boolean yes;

        @Option(names = "--force", description = "Also where the server cannot keep another from doing the same.")
        private boolean force;

        @Option(names = "--json", description = "Print the claims as JSON.")
        private boolean json;

        Take(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<StoreClaims> claims = claims(session);
            for (StoreClaims each : yes ? List.<StoreClaims>of() : claims) {
                Question.ask(session.terminal(), question(each));
            }
            List<String> texts = new ArrayList<>();
            List<Map<String, @Nullable Object>> fields = new ArrayList<>();
            session.changeConfig(config -> {
                for (StoreClaims each : claims) {
                    Optional<Claim> taken = Optional.of(each.take(context(session), force));
                    texts.add("claimed " + each.place() + ", as number "
                            + taken.get().number());
                    fields.add(ClaimReport.fields(each, taken));
                }
                return with(session, config, true);
            });
            print(session, json, String.join("\n", texts), Map.of("Stores", fields));
        }

        private String question(StoreClaims claims) throws IOException {
            String found;
            try {
                found = ClaimReport.text(claims, claims.show(context(session)));
            } catch (AccessException e) {
                found = String.valueOf(e.getMessage());
            }
            return found
                    + "\n\nFrom now on this repo alone may write and delete there, and its garbage collection removes"
                    + " whatever no pin of this repo keeps: also what other repos, and Kubo nodes, put there before or"
                    + " put there still. Kubo knows no claims, and is not told.";
        }
    }

    /** {@code claim release}. */
    @Command(
            description = {
                "Gives the place of the repo's store up, so that any repo may claim it without being asked, and sets access to",
                "shared in the config: this repo deletes nothing there any more."
            },
            footer = "s3ds claim release --yes")
    static final class Release implements Action {
        private final TerminalSession session;

        @Option(
                names = {"--yes", "-y"},
                description = "Do not ask.")
        private boolean yes;

        @Option(names = "--json", description = "Print what was given up as JSON.")
        private boolean json;

        Release(TerminalSession session) {
            this.session = session;
        }

        @Override
        public void run() throws IOException {
            List<StoreClaims> claims = claims(session);
            for (StoreClaims each : yes ? List.<StoreClaims>of() : claims) {
                Question.ask(session.terminal(), "Any repo may claim " + each.place() + " from then on.");
            }
            List<String> texts = new ArrayList<>();
            List<Map<String, @Nullable Object>> fields = new ArrayList<>();
            // before the claim is gone: from then on nothing here may rest on it
            session.changeConfig(config -> with(session, config, false));
            Repo.alone(session.repo(), session.terminal().environment(), () -> {
                for (StoreClaims each : claims) {
                    boolean released = each.release(context(session));
                    texts.add((released ? "released " : "this repo holds no claim on ") + each.place());
                    fields.add(Map.of("Place", each.place(), "Released", released));
                }
                return true;
            });
            print(session, json, String.join("\n", texts), Map.of("Stores", fields));
        }
    }
}
