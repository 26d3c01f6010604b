package org.s3ds.s3;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the server is reached.
 *
 * @param pathStyle whether the bucket stands in the path or in the host's name
 * @param dualStack whether to use AWS's endpoints that have IPv6 addresses too
 * @param fips whether to use AWS's endpoints with FIPS 140 cryptography
 * @param accelerate whether to use AWS's transfer acceleration
 * @param caFile the certificates, in PEM, that may vouch for the server; empty for Java's own
 * @param proxy the proxy that requests go through; empty for the one that the environment names, if any
 */
public record Transport(
        PathStyle pathStyle,
        boolean dualStack,
        boolean fips,
        boolean accelerate,
        Optional<Path> caFile,
        Optional<ProxyServer> proxy) {
    /** As it is when a spec says nothing. */
    public static final Transport STANDARD =
            new Transport(PathStyle.AUTO, false, false, false, Optional.empty(), Optional.empty());

    /** Where the bucket's name stands. */
    public enum PathStyle {
        /** In the path. */
        TRUE,
        /** Before the host's name. */
        FALSE,
        /** In the path when there is an endpoint, in the host's name for AWS. */
        AUTO
    }

    /** Checks what no spec may say. */
    public Transport {
        if (accelerate && pathStyle == PathStyle.TRUE) {
            throw WrongSetting.beside(
                    SpecKey.ACCELERATE, true, "pathStyle is true", "with pathStyle false or \"auto\"");
        }
        if (accelerate && fips) {
            throw WrongSetting.beside(SpecKey.ACCELERATE, true, "fips is true", "one of the two");
        }
    }

    /** Whether the bucket stands in the path. */
    boolean isPathStyle(boolean hasEndpoint) {
        return switch (pathStyle) {
            case TRUE -> true;
            case FALSE -> false;
            case AUTO -> hasEndpoint;
        };
    }

    /** With the bucket's name where it is said. */
    public Transport with(PathStyle style) {
        return new Transport(style, dualStack, fips, accelerate, caFile, proxy);
    }

    /** With certificates of one's own. */
    public Transport withCaFile(Path file) {
        return new Transport(pathStyle, dualStack, fips, accelerate, Optional.of(file), proxy);
    }

    /** With a proxy. */
    public Transport withProxy(ProxyServer server) {
        return new Transport(pathStyle, dualStack, fips, accelerate, caFile, Optional.of(server));
    }
}
