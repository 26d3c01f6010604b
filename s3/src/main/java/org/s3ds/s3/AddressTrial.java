package org.s3ds.s3;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.s3ds.datastore.Finding;
import org.s3ds.datastore.StoreContext;
import org.s3ds.s3.Transport.PathStyle;

/** Whether the bucket is found in the path, and in the host's name: one listing each way. */
final class AddressTrial {
    private static final int ONE = 1;

    private final S3Config config;
    private final StoreContext context;
    private final String root;

    AddressTrial(S3Config config, StoreContext context, String root) {
        this.config = config;
        this.context = context;
        this.root = root;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        boolean isPathOurs = config.transport().isPathStyle(config.endpoint().isPresent())
                || config.endpoint().filter(AddressTrial::isAddress).isPresent();
        findings.add(trial("path style", PathStyle.TRUE, isPathOurs));
        findings.add(trial("virtual-host style", PathStyle.FALSE, !isPathOurs));
        return findings;
    }

    private Finding trial(String check, PathStyle style, boolean isOurs) {
        if (Thread.currentThread().isInterrupted()) {
            return Finding.untold(check, "interrupted", "");
        }
        if (config.transport().accelerate() && style == PathStyle.TRUE) {
            return Finding.good(check, "not tried: accelerate is true");
        }
        if (style == PathStyle.FALSE
                && config.endpoint().filter(AddressTrial::isAddress).isPresent()) {
            return Finding.good(check, "not tried: an address has the bucket in the path");
        }
        Transport transport = config.transport().with(style);
        try (S3Bucket bucket = new S3Bucket(once(config.with(transport)), context)) {
            bucket.list(root, "", Optional.empty(), ONE);
            return Finding.good(check, isOurs ? "works; it is what the store uses" : "works");
        } catch (S3Exception e) {
            return isOurs
                    ? Finding.bad(check, Advice.sentence(e), "set pathStyle to " + (style == PathStyle.FALSE))
                    : Finding.good(check, "does not work, and is not used");
        }
    }

    private static boolean isAddress(URI endpoint) {
        return endpoint.getHost().matches("[0-9.]+|\\[.*");
    }

    /** A name that does not resolve will not resolve the next time. */
    private static S3Config once(S3Config config) {
        Limits limits = config.limits();
        return config.with(new Limits(
                limits.workers(),
                limits.maxConnections(),
                limits.connectTimeout(),
                limits.requestTimeout(),
                1,
                limits.retryMaxElapsed(),
                limits.maxRequestsPerSecond(),
                limits.backgroundShare()));
    }
}
