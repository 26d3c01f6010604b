package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a peer can be reached: a multiaddr that ends in who it is.
 *
 * @param text the multiaddr
 * @param peer the id at its end
 */
record PeerAddress(String text, String peer) {
    private static final Pattern FORM = Pattern.compile("/.+/(?:p2p|ipfs)/([1-9A-HJ-NP-Za-z]+)");

    /**
     * Reads one.
     *
     * @throws IOException when it is no multiaddr, or does not say who the peer is
     */
    static PeerAddress parse(String text) throws IOException {
        if (!text.startsWith("/")) {
            throw new IOException("failed to parse multiaddr \"" + text + "\": must begin with /");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IOException("invalid bootstrap address: " + text);
        }
        return new PeerAddress(text, form.group(1));
    }

    /** Reads several. */
    static List<PeerAddress> parse(List<String> texts) throws IOException {
        List<PeerAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(parse(text));
        }
        return addresses;
    }
}
