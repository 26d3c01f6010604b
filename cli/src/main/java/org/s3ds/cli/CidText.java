package org.s3ds.cli;

import java.io.IOException;
import java.util.Optional;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.Multibase;

/**
 * How CIDs are printed, as {@code --cid-base} and {@code --upgrade-cidv0-in-output} ask.
 *
 * @param base for CIDs of version 1; empty for base32
 * @param upgrade whether a CIDv0 is printed as CIDv1
 */
record CidText(Optional<Multibase> base, boolean upgrade) {
    /** Reads the options. */
    static CidText of(GlobalOptions options) throws IOException {
        Optional<Multibase> base = base(options.cidBase);
        boolean other = base.isPresent() && base.get() != Multibase.BASE58BTC;
        return new CidText(base, options.upgradeCidV0 == null ? other : options.upgradeCidV0);
    }

    /** Reads the options; without them it is as the CID of a path is written. */
    static CidText of(GlobalOptions options, String path) throws IOException {
        if (!options.cidBase.isEmpty() || options.upgradeCidV0 != null) {
            return of(options);
        }
        String[] parts = path.split("/", 4);
        String text = !parts[0].isEmpty() ? parts[0] : parts.length < 3 ? "" : parts[2];
        try {
            boolean isV0 = Cid.parse(text).version() == 0;
            Optional<Multibase> base = isV0 ? Optional.empty() : Multibase.ofText(text);
            return new CidText(base, base.isPresent() && base.get() != Multibase.BASE58BTC);
        } catch (FormatException _) {
            return of(options);
        }
    }

    private static Optional<Multibase> base(String name) throws IOException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Multibase> base = Multibase.byName(name);
        if (base.isEmpty()) {
            throw UsageException.withoutUsage("unsupported multibase encoding: " + name);
        }
        return base;
    }

    /** The text of a CID. */
    String of(Cid cid) {
        if (cid.version() == 0 && !upgrade) {
            return cid.toString();
        }
        return cid.toV1().toString(base.orElse(Multibase.BASE32));
    }
}
