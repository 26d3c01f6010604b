package org.s3ds.s3;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The proof that a server does with each object what was asked for, as some say 200 and do not: the first object that
 * is put is looked at, once. A server that was found out is not believed again.
 */
final class ReadBack {
    private static final String ENCRYPTION = "x-amz-server-side-encryption";
    private static final String KMS_KEY = "x-amz-server-side-encryption-aws-kms-key-id";
    private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers ";
    /** What canned ACLs give to groups; the others give nothing to any. */
    private static final Map<String, Set<String>> GRANTS = Map.of(
            "public-read", Set.of(ALL_USERS + "READ"),
            "public-read-write", Set.of(ALL_USERS + "READ", ALL_USERS + "WRITE"),
            "authenticated-read", Set.of("http://acs.amazonaws.com/groups/global/AuthenticatedUsers READ"));

    private final ObjectHeaders asked;
    private final S3Objects objects;
    private final S3Bucket bucket;
    private final boolean isNeeded;
    /** What the first object showed, or will show: empty, or a sentence about what is not as asked. */
    private final AtomicReference<@Nullable CompletableFuture<Optional<String>>> verdict = new AtomicReference<>();

    ReadBack(S3Objects objects, S3Bucket bucket) {
        this.asked = bucket.config().objects();
        this.objects = objects;
        this.bucket = bucket;
        this.isNeeded = !(asked.encryption() instanceof Encryption.None)
                || !asked.storageClass().isEmpty()
                || !asked.tags().isEmpty()
                || !asked.acl().isEmpty();
    }

    /**
     * What the server did not do with an object that was just put; empty when all is as asked. While the first is
     * looked at, all others wait; a failure to look is theirs too, and the next put looks again. Where the one who
     * looks is interrupted, another does.
     */
    Optional<String> complaint(String name) throws S3Exception, InterruptedException {
        if (!isNeeded) {
            return Optional.empty();
        }
        while (true) {
            CompletableFuture<Optional<String>> own = new CompletableFuture<>();
            CompletableFuture<Optional<String>> others = verdict.compareAndExchange(null, own);
            if (others == null) {
                return looked(name, own);
            }
            try {
                return others.get();
            } catch (CancellationException e) {
                // the one who looked was interrupted
            } catch (ExecutionException e) {
                throw (S3Exception) e.getCause();
            }
        }
    }

    private Optional<String> looked(String name, CompletableFuture<Optional<String>> own) throws S3Exception {
        try {
            Optional<String> complaint = look(name);
            own.complete(complaint);
            return complaint;
        } catch (S3Exception e) {
            verdict.compareAndSet(own, null);
            if (!Thread.currentThread().isInterrupted()) {
                own.completeExceptionally(e);
            }
            throw e;
        } finally {
            if (!own.isDone()) {
                verdict.compareAndSet(own, null);
                own.cancel(false);
            }
        }
    }

    private Optional<String> look(String name) throws S3Exception {
        Map<String, String> headers = objects.described(name);
        Optional<String> wrong = encryption(headers).or(() -> storageClass(headers));
        if (wrong.isPresent()) {
            return wrong;
        }
        wrong = asked.tags().isEmpty() ? Optional.empty() : tags(name, headers);
        return wrong.isPresent() || asked.acl().isEmpty() ? wrong : acl(name);
    }

    private Optional<String> encryption(Map<String, String> headers) {
        return switch (asked.encryption()) {
            case Encryption.None none -> Optional.empty();
            case Encryption.ByS3 s3 -> differs(SpecKey.SSE, "s3", "AES256", headers.getOrDefault(ENCRYPTION, ""));
            case Encryption.ByKms kms ->
                differs(SpecKey.SSE, "kms", "aws:kms", headers.getOrDefault(ENCRYPTION, ""))
                        .or(() -> kmsKey(kms.keyId(), headers.getOrDefault(KMS_KEY, "")));
            case Encryption.ByCustomer ours ->
                headers.containsKey(CustomerKey.MD5_HEADER)
                        ? Optional.empty()
                        : Optional.of(sentence(SpecKey.SSE, "c", "stored the object without our key"));
        };
    }

    /** An alias is not what comes back. */
    private static Optional<String> kmsKey(String id, String found) {
        boolean isSame = id.isEmpty() || id.contains("alias/") || found.endsWith(id);
        return isSame ? Optional.empty() : differs(SpecKey.SSE_KMS_KEY_ID, id, id, found);
    }

    private Optional<String> storageClass(Map<String, String> headers) {
        String wanted = asked.storageClass();
        return wanted.isEmpty()
                ? Optional.empty()
                // without the header it is this one
                : differs(
                        SpecKey.STORAGE_CLASS, wanted, wanted, headers.getOrDefault("x-amz-storage-class", "STANDARD"));
    }

    private Optional<String> tags(String name, Map<String, String> headers) throws S3Exception {
        if (headers.getOrDefault("x-amz-tagging-count", "")
                .equals(String.valueOf(asked.tags().size()))) {
            return Optional.empty();
        }
        Map<String, String> found = bucket.tags(name);
        return asked.tags().equals(found)
                ? Optional.empty()
                : Optional.of(sentence(
                        SpecKey.TAGS,
                        asked.tags().toString(),
                        found.isEmpty() ? "kept none" : "kept " + new TreeSet<>(found.keySet())));
    }

    private Optional<String> acl(String name) throws S3Exception {
        Set<String> wanted = GRANTS.getOrDefault(asked.acl(), Set.of());
        Set<String> found = new TreeSet<>(bucket.groupGrants(name));
        return found.equals(wanted)
                ? Optional.empty()
                : Optional.of(
                        sentence(SpecKey.ACL, asked.acl(), found.isEmpty() ? "grants nothing" : "grants " + found));
    }

    private static Optional<String> differs(SpecKey key, String value, String wanted, String found) {
        return wanted.equals(found)
                ? Optional.empty()
                : Optional.of(sentence(key, value, found.isEmpty() ? "says nothing of it" : "says " + found));
    }

    private static String sentence(SpecKey key, String value, String did) {
        return key + " is \"" + value + "\", and the server answered 200 to the put and " + did + "; leave " + key
                + " out, or use a server that heeds it";
    }
}
