package org.s3ds.s3;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.s3ds.datastore.DatastoreException;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.claims.Claimant;
import org.s3ds.s3.claims.MemoryFile;
import org.s3ds.s3.claims.Tenancy;
import org.s3ds.s3.index.Ownership;

/** Puts together who claims a place, and what a store may do there. */
final class Claims {
    /** In the repo. */
    private static final String FOLDER = "s3ds";

    private static final Path KERNELS_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int NAME_LENGTH = 16;

    private Claims() {}

    /** Who is looked out for by a store that claims nothing. */
    enum Watching {
        /** Repos that have made its place their own: what is put there is garbage to them. */
        OTHERS,
        /** There are none. */
        NOBODY
    }

    /** What a store may do that is configured so. */
    static Tenure tenure(S3Config config, Supplier<Claimant> claimant, Watching watching) {
        InstantSource time = InstantSource.system();
        if (config.access() == Access.EXCLUSIVE) {
            return new WatchedTenure<>(new Claiming(claimant), time);
        }
        Tenure.Watch watch = switch (watching) {
            case OTHERS -> new WatchedTenure<>(new Sharing(claimant), time)::require;
            case NOBODY -> () -> {};
        };
        return Tenure.shared(config.place().inWords(), watch);
    }

    /** Claims the place, which must be nobody else's. */
    record Claiming(Supplier<Claimant> claimant) implements WatchedTenure.Watch<Tenancy> {
        @Override
        public Tenancy begin() throws DatastoreException {
            return claimant.get().begin();
        }

        @Override
        public void again(Tenancy held) throws DatastoreException {
            claimant.get().requireHeld(held.made());
        }

        @Override
        public Optional<Ownership> ownership(Tenancy held) {
            return Optional.of(
                    new Ownership(held.made().session(), held.followed().orElse("")));
        }
    }

    /** Claims nothing: but what is put where another repo collects the garbage would not stay. */
    record Sharing(Supplier<Claimant> claimant) implements WatchedTenure.Watch<Boolean> {
        @Override
        public Boolean begin() throws DatastoreException {
            claimant.get().requireNobodyElse();
            return true;
        }

        @Override
        public void again(Boolean held) throws DatastoreException {
            claimant.get().requireNobodyElse();
        }
    }

    /** The repo, as one that claims the place. */
    static Claimant claimant(S3Bucket bucket, S3Objects objects, StoreContext context, InstantSource time) {
        S3Config config = bucket.config();
        return new Claimant(
                config.place().inWords(),
                new ClaimedObjects(bucket, objects),
                new MemoryFile(context.repo().resolve(FOLDER), "claim-" + nameOf(config) + ".json"),
                new Claimant.Surroundings(new SecureRandom(), time, host(context.environment())));
    }

    /**
     * What files about a place are called: it is known again by bucket and root directory, as a server may move to
     * another address, and by the name that it was given where these two are not enough.
     */
    static String nameOf(S3Config config) {
        String name = config.place().placeName();
        String place = config.bucket() + "/" + config.place().folder() + (name.isEmpty() ? "" : "\n" + name);
        String hash = DigestSigner.sha256Hex(place.getBytes(StandardCharsets.UTF_8));
        return hash.substring(0, NAME_LENGTH);
    }

    private static String host(Map<String, String> environment) {
        return Stream.of("HOSTNAME", "COMPUTERNAME")
                .flatMap(name -> Optional.ofNullable(environment.get(name)).stream())
                .filter(name -> !name.isBlank())
                .findFirst()
                .orElseGet(Claims::host);
    }

    private static String host() {
        try {
            return Files.exists(KERNELS_NAME)
                    ? Files.readString(KERNELS_NAME).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
