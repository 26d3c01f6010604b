package org.s3ds.s3;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Servers' addresses, as specs write them. */
final class Address {
    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final int LAST_PORT = 65_535;

    private Address() {}

    private static final Pattern UNDERSCORE =
            Pattern.compile("(https?://)?[\\w.-]*_[\\w.-]*(:\\d*)?(/.*)?", CASE_INSENSITIVE);

    /**
     * The address of a server; without a scheme https is meant, and capitals of a scheme are small ones. Empty when it
     * is none, or more than one.
     */
    static Optional<URI> parse(String text) {
        try {
            int end = text.indexOf("://");
            URI uri = new URI(
                    end < 0
                            ? "https://" + text
                            : text.substring(0, end).toLowerCase(Locale.ROOT) + text.substring(end));
            boolean isServer = uri.getHost() != null
                    && SCHEMES.contains(String.valueOf(uri.getScheme()))
                    && uri.getPort() != 0
                    && uri.getPort() <= LAST_PORT
                    && uri.getRawFragment() == null;
            return isServer ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether nothing but a "_" in the host's name is wrong. */
    static boolean hasUnderscore(String text) {
        return UNDERSCORE.matcher(text).matches();
    }

    /** An address without what stands before the host: a user's name and password. */
    static String masked(String text) {
        int start = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + "://".length();
        int at = text.lastIndexOf('@');
        return at < start ? text : text.substring(0, start) + "***" + text.substring(at);
    }
}
