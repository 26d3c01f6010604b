package org.s3ds.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.s3ds.ipld.Multibase;
import org.s3ds.ipld.keys.PeerId;
import picocli.CommandLine.Option;

/** How the ids of keys are printed: the option {@code --ipns-base}. */
final class KeyText {
    @Option(
            names = "--ipns-base",
            paramLabel = "<base>",
            description = "Print ids as CIDs in this multibase; b58mh for a multihash in base58btc. Default: base36.")
    private String base = "base36";

    /** The text of an id. */
    String of(PeerId id) throws IOException {
        return of(id, base);
    }

    /** The text of an id in a base, or for {@code b58mh} as peer ids are written. */
    static String of(PeerId id, String base) throws IOException {
        if (base.equals("b58mh") || base.equals("v0")) {
            return id.toString();
        }
        Optional<Multibase> known = Multibase.byName(base);
        if (known.isEmpty()) {
            throw UsageException.withoutUsage("unsupported multibase encoding: " + base);
        }
        return id.cid().toString(known.get());
    }

    /** A key as Kubo has it in JSON. */
    Map<String, Object> fields(String name, PeerId id) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Name", name);
        fields.put("Id", of(id));
        return fields;
    }
}
