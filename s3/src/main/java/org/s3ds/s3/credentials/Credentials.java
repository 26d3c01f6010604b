package org.s3ds.s3.credentials;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * The keys that requests are signed with. They are looked for when first needed, kept, and looked for again two minutes
 * before they expire; one thread looks, others that come meanwhile wait. Where the new search fails, the old keys are
 * used as long as they are good.
 */
public final class Credentials implements AwsCredentialsProvider {
    private static final Duration EARLY = Duration.ofMinutes(2);
    private static final Duration BETWEEN_SEARCHES = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    private final Search search;
    private final Source source;
    private final Clock clock;
    private final AtomicReference<@Nullable FutureTask<Held>> current = new AtomicReference<>();

    /** Keys, and when to look again. */
    private record Held(Found found, Instant until) {}

    /** Looks for nothing yet. */
    public Credentials(Search search, Clock clock) {
        this(search, new Chain(search, clock), clock);
    }

    Credentials(Search search, Source source, Clock clock) {
        this.search = search;
        this.source = source;
        this.clock = clock;
    }

    /**
     * The keys.
     *
     * @throws CredentialsException when there are none, or the place where they should be gives none
     */
    @Override
    public AwsCredentials resolveCredentials() {
        return found().keys();
    }

    /** The keys and where they were: for {@code doctor}. Throws as {@link #resolveCredentials}. */
    public Found found() {
        FutureTask<Held> task = current.get();
        if (task == null || isOver(task)) {
            Optional<Found> old = good(task);
            FutureTask<Held> next = new FutureTask<>(() -> searched(old));
            // whoever comes first looks
            task = current.compareAndSet(task, next) ? next : current.get();
            if (task == null) {
                return found();
            }
            task.run();
        }
        return result(task);
    }

    /**
     * Forgets the keys, as a server called them expired: the next request is signed with what is found anew.
     *
     * @return whether that may be other keys
     */
    public boolean refresh() {
        FutureTask<Held> task = current.get();
        if (task == null || task.state() != Future.State.SUCCESS) {
            return true;
        }
        Found found = task.resultNow().found();
        boolean isFixed = found.expires().isEmpty()
                && (found.source() == CredentialSource.SPEC
                        || found.source() == CredentialSource.ENVIRONMENT
                        || found.source() == CredentialSource.ANONYMOUS);
        if (isFixed) {
            return false;
        }
        // unless another has begun to look meanwhile
        if (current.compareAndSet(task, null)) {
            LOG.info("a server called the keys expired that came from {}: they are looked for again", found);
        }
        return true;
    }

    /** What to tell a user about where keys are: a sentence each. */
    public List<String> warnings() {
        Surroundings surroundings = new Surroundings(search.environment(), clock);
        boolean hasEnvironment = surroundings.value("AWS_ACCESS_KEY_ID").isPresent();
        List<String> warnings = new ArrayList<>();
        if (surroundings.value("AWS_WEB_IDENTITY_TOKEN_FILE").isPresent() && (search.hasKeys() || hasEnvironment)) {
            warnings.add((search.hasKeys() ? "accessKey of the spec" : "AWS_ACCESS_KEY_ID of the environment")
                    + " and AWS_WEB_IDENTITY_TOKEN_FILE are both set: the keys are used, where go-ds-s3 takes the web"
                    + " identity; leave out what is not meant");
        }
        if (!search.profile().isEmpty() && hasEnvironment) {
            warnings.add("profile \"" + search.profile() + "\" is set, and so is AWS_ACCESS_KEY_ID in the environment,"
                    + " which comes first; leave out what is not meant");
        }
        return warnings;
    }

    private boolean isOver(FutureTask<Held> task) {
        return switch (task.state()) {
            case RUNNING -> false;
            case SUCCESS -> !clock.instant().isBefore(task.resultNow().until());
            case FAILED, CANCELLED -> true;
        };
    }

    /** The keys of an earlier search, if they have not expired. */
    private Optional<Found> good(@Nullable FutureTask<Held> task) {
        if (task == null || task.state() != Future.State.SUCCESS) {
            return Optional.empty();
        }
        return Optional.of(task.resultNow().found())
                .filter(found -> clock.instant().isBefore(found.expires().orElse(Instant.MAX)));
    }

    private Held searched(Optional<Found> old) throws IOException {
        try {
            Found found = source.find().orElseThrow(Credentials::none);
            return new Held(found, found.expires().map(this::nextSearch).orElse(Instant.MAX));
        } catch (IOException e) {
            if (old.isPresent()) {
                return new Held(old.get(), clock.instant().plus(BETWEEN_SEARCHES));
            }
            throw e;
        }
    }

    /** Early, but not at once: keys may have less time to live than that when they are found. */
    private Instant nextSearch(Instant expires) {
        Instant early = expires.minus(EARLY);
        Instant soonest = clock.instant().plus(BETWEEN_SEARCHES);
        return early.isBefore(soonest) ? soonest : early;
    }

    private static IOException none() {
        return new IOException("no credentials were found; set \"accessKey\" and \"secretKey\" in the spec,"
                + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or a profile in ~/.aws;"
                + " or \"anonymous\" for a bucket that is open to all");
    }

    private static Found result(FutureTask<Held> task) {
        try {
            return task.get().found();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("interrupted while waiting for credentials", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
    }

    /** With the cause where another attempt may do better, as the network failed; else beside it. */
    private static CredentialsException failure(@Nullable Throwable cause) {
        String message = cause instanceof IOException
                ? String.valueOf(cause.getMessage())
                : "the search for credentials failed: " + cause;
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof SocketException
                    || at instanceof SocketTimeoutException
                    || at instanceof UnknownHostException) {
                return new CredentialsException(message, cause);
            }
        }
        CredentialsException failure = new CredentialsException(message, null);
        if (cause != null) {
            failure.addSuppressed(cause);
        }
        return failure;
    }

    /** Without keys. */
    @Override
    public String toString() {
        return "Credentials[" + search + "]";
    }
}
