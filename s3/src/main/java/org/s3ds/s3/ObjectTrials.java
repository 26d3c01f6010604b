package org.s3ds.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.ObjectHeaders.Checksum;
import org.s3ds.s3.ObjectHeaders.PayloadSigning;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Does with scratch objects, one after another, what a store does with blocks. */
final class ObjectTrials {
    private static final int SIZE = 1_000;
    private static final int FIRST = 100;
    private static final int LAST = 199;
    private static final int PARTIAL = 206;
    private static final int PAGED = 3;
    private static final String LAST_PAGED = "page/" + (PAGED - 1);

    /** Something that is tried. */
    private interface Trial {
        Finding run() throws S3Exception, InterruptedException;
    }

    private final S3Config config;
    private final StoreContext context;
    private final S3Bucket bucket;
    private final S3Objects objects;
    private final Raw raw;
    private final String scratch;
    private final Consumer<Finding> listener;
    private final byte[] bytes = new byte[SIZE];
    private final Set<String> stored = new HashSet<>();

    ObjectTrials(
            S3Config config,
            StoreContext context,
            S3Bucket bucket,
            S3Objects objects,
            String scratch,
            Consumer<Finding> listener) {
        this.config = config;
        this.context = context;
        this.bucket = bucket;
        this.objects = objects;
        this.raw = new Raw(config, bucket.connection());
        this.scratch = scratch;
        this.listener = listener;
        byte[] text = scratch.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < SIZE; i++) {
            bytes[i] = (byte) (i ^ text[i % text.length]);
        }
    }

    void run() {
        attempt("put", this::put);
        attemptWith("object", "get", this::get);
        attempt("get, absent", this::getAbsent);
        attemptWith("object", "head", this::head);
        attemptWith("object", "range", this::range);
        attempt("hash", this::hash);
        attempt("create-only", this::createOnly);
        attemptWith("object", "list", this::list);
        attemptWith("object", "list pages", this::listPages);
        attemptWith("object", "delete", this::delete);
        attemptWith(LAST_PAGED, "bulk delete", this::deleteAll);
        for (Checksum checksum : Checksum.values()) {
            if (checksum != Checksum.NONE || config.objects().signing() == PayloadSigning.DIGEST) {
                attempt(name(checksum), () -> checksum(checksum));
            }
        }
    }

    private static String name(Checksum checksum) {
        return "checksum " + checksum.name().toLowerCase(Locale.ROOT);
    }

    /** For what needs an object that an earlier one has put. */
    private void attemptWith(String object, String check, Trial trial) {
        attempt(check, stored.contains(object) ? trial : () -> Finding.untold(check, "the put above failed", ""));
    }

    private void attempt(String check, Trial trial) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            listener.accept(trial.run());
        } catch (S3Exception e) {
            listener.accept(Finding.bad(check, Advice.sentence(e), Advice.about(e, config)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.accept(Finding.untold(check, "interrupted", ""));
        }
    }

    private void store(String name) throws S3Exception {
        objects.put(scratch + name, bytes, DigestSigner.sha256Hex(bytes));
        stored.add(name);
    }

    private Finding put() throws S3Exception {
        store("object");
        return Finding.good("put", SIZE + " bytes stored");
    }

    private Finding get() throws S3Exception {
        Optional<byte[]> found = objects.get(scratch + "object");
        if (found.isEmpty()) {
            return Finding.bad(
                    "get", "what was just stored is not there", "a store needs a server that shows it at once");
        }
        return Arrays.equals(found.get(), bytes)
                ? Finding.good("get", "the same bytes")
                : Finding.bad("get", "other bytes than were stored", "look for a cache or a proxy on the way");
    }

    private Finding getAbsent() throws S3Exception {
        try {
            return objects.get(scratch + "absent").isEmpty()
                    ? Finding.good("get, absent", "the server says that it is not there")
                    : Finding.bad("get, absent", "an object that nobody stored is there", "");
        } catch (S3Exception e) {
            if (!Advice.isDenied(e)) {
                throw e;
            }
            return Finding.bad(
                    "get, absent",
                    "an absent object is answered as a forbidden one",
                    "allow s3:ListBucket on " + IamPolicy.resource(config, "s3:ListBucket"));
        }
    }

    private Finding head() throws S3Exception {
        long length = objects.head(scratch + "object").orElse(-1);
        return length == SIZE
                ? Finding.good("head", "the right length")
                : Finding.bad("head", length < 0 ? "what was just stored is not there" : "length " + length, "");
    }

    private Finding range() throws S3Exception, InterruptedException {
        ResponseBytes<GetObjectResponse> part = raw.send(
                "get",
                scratch + "object",
                (s3, call) -> s3.getObject(
                        request -> request.bucket(config.bucket())
                                .key(scratch + "object")
                                .range("bytes=" + FIRST + "-" + LAST)
                                .overrideConfiguration(call::countIn),
                        ResponseTransformer.toBytes()));
        boolean isPart = part.response().sdkHttpResponse().statusCode() == PARTIAL
                && Arrays.equals(part.asByteArray(), Arrays.copyOfRange(bytes, FIRST, LAST + 1));
        return isPart
                ? Finding.good("range", "part of an object can be read")
                : Finding.warning("range", "the server sends the whole object", "blocks are read whole: no harm done");
    }

    /** The server must take bytes that have the hash that was signed, and refuse others. */
    private Finding hash() throws S3Exception {
        byte[] others = bytes.clone();
        others[0] ^= 1;
        store("whole");
        try {
            objects.put(scratch + "damaged", others, DigestSigner.sha256Hex(bytes));
        } catch (S3Exception e) {
            if (e.failure().status() < 400 || e.failure().status() >= 500) {
                throw e;
            }
            return Finding.good("hash", "damaged bytes are refused");
        }
        return Finding.warning(
                "hash",
                "the server stores bytes that have not the hash that was signed",
                "set checksum to \"md5\" or \"sha256\", if the server compares those");
    }

    private Finding createOnly() throws S3Exception {
        boolean created = objects.createOnly(scratch + "once", bytes, DigestSigner.sha256Hex(bytes));
        boolean again = objects.createOnly(scratch + "once", new byte[] {1}, DigestSigner.sha256Hex(new byte[] {1}));
        if (created && !again) {
            return Finding.good("create-only", "the second put of one name is refused");
        }
        return Finding.warning(
                "create-only",
                created ? "the second put of one name replaces the first" : "the first put of a name is refused",
                "let no two nodes write to one rootDirectory; \"access\": \"exclusive\" wants --force there");
    }

    private Finding list() throws S3Exception {
        ListedPage page = bucket.list(scratch, "", Optional.empty(), S3Bucket.PAGE);
        boolean isThere = page.objects().stream()
                .anyMatch(listed -> listed.name().equals(scratch + "object") && listed.size() == SIZE);
        return isThere
                ? Finding.good("list", page.objects().size() + " objects, with their sizes")
                : Finding.bad("list", "what was just stored is not listed", "");
    }

    private Finding listPages() throws S3Exception {
        for (int i = 0; i < PAGED; i++) {
            store("page/" + i);
        }
        List<String> seen = new ArrayList<>();
        Optional<String> token = Optional.empty();
        int pages = 0;
        do {
            ListedPage page = bucket.list(scratch + "page/", "", token, PAGED - 1);
            page.objects().forEach(listed -> seen.add(listed.name()));
            token = page.next();
            pages++;
        } while (token.isPresent() && pages <= PAGED);
        boolean isWhole = seen.size() == PAGED && new TreeSet<>(seen).size() == PAGED;
        boolean isOrdered = seen.equals(List.copyOf(new TreeSet<>(seen)));
        if (!isWhole) {
            return Finding.bad(
                    "list pages", PAGED + " objects are listed as " + seen.size() + " in " + pages + " pages", "");
        }
        return isOrdered
                ? Finding.good("list pages", PAGED + " objects in " + pages + " pages, in order")
                : Finding.warning("list pages", "names are not in order", "listings in order will fail");
    }

    private Finding delete() throws S3Exception {
        objects.delete(scratch + "object");
        objects.delete(scratch + "absent");
        return objects.get(scratch + "object").isEmpty()
                ? Finding.good("delete", "it is gone; deleting what is absent is no error")
                : Finding.bad("delete", "what was just deleted is still there", "");
    }

    private Finding deleteAll() throws S3Exception {
        List<String> names = List.of(scratch + "page/0", scratch + "page/1", scratch + "page/2", scratch + "absent");
        Map<String, S3Exception> failures;
        try {
            failures = bucket.deleteAll(names);
        } catch (S3Exception e) {
            return Finding.warning(
                    "bulk delete",
                    Advice.sentence(e),
                    "each object is deleted by a request of its own, which takes longer");
        }
        if (!failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return bucket.list(scratch + "page/", "", Optional.empty(), S3Bucket.PAGE)
                        .objects()
                        .isEmpty()
                ? Finding.good("bulk delete", PAGED + " objects by one request")
                : Finding.bad("bulk delete", "what was just deleted is still there", "");
    }

    /** The one that the spec asks for must work; the others are told. */
    private Finding checksum(Checksum checksum) throws S3Exception {
        String check = name(checksum);
        boolean isOurs = config.objects().checksum() == checksum;
        try (S3Bucket other = new S3Bucket(config.with(config.objects().withChecksum(checksum)), context)) {
            new S3Objects(other).put(scratch + "checksum", bytes, DigestSigner.sha256Hex(bytes));
            return Finding.good(check, isOurs ? "accepted; it is what the spec asks for" : "accepted");
        } catch (S3Exception e) {
            if (isOurs) {
                throw e;
            }
            return Finding.warning(check, Advice.sentence(e), "not asked for by the spec: leave \"checksum\" as it is");
        }
    }
}
