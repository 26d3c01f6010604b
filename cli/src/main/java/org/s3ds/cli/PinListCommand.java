package org.s3ds.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.Cid;
import org.s3ds.node.blocks.CidSet;
import org.s3ds.node.pins.IndirectPins;
import org.s3ds.node.pins.PinList;
import org.s3ds.node.pins.PinMode;
import org.s3ds.node.pins.PinRecord;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin ls}: what is pinned, or how some paths are. */
@Command(
        description = {
            "Lists pins: recursive ones, direct ones, then what is below the recursive ones, for which their",
            "blocks with links are read. With paths, says how each is pinned, and fails if one is not."
        },
        footer = "s3ds pin ls --type=recursive --names")
final class PinListCommand implements Operation.OfNode {
    private final Session session;

    @Option(
            names = {"--type", "-t"},
            paramLabel = "<type>",
            description = "Only pins of this type: direct, indirect, recursive or all.")
    private String type = "all";

    @Option(
            names = {"--quiet", "-q"},
            description = "Print CIDs alone.")
    private boolean quiet;

    @Option(
            names = {"--name", "-n"},
            paramLabel = "<text>",
            description = "Only pins whose name has this text in it; names are printed.")
    private String name = "";

    @Option(
            names = {"--stream", "-s"},
            description = "Print pins as they are found; in JSON, an object each.")
    private boolean stream;

    @Option(names = "--names", description = "Print names.")
    private boolean names;

    @Parameters(paramLabel = "<ipfs-path>...", arity = "0..*", description = "CIDs, or paths that begin with one.")
    private List<String> paths = List.of();

    PinListCommand(Session session) {
        this.session = session;
    }

    /** As text pins are printed as they are found, in any case. */
    @Override
    public void prepare(TerminalSession local) throws IOException {
        stream |= !local.json();
    }

    @Override
    public void perform(Reply reply) throws IOException {
        PinRecord.checkName(name);
        Set<String> types = types();
        Listing listing = stream ? new Stream(reply) : new Keys(reply);
        if (paths.isEmpty()) {
            list(types, listing);
        } else {
            tell(types, listing);
        }
        listing.end();
    }

    /** What becomes of the pins. */
    private interface Listing {
        void pin(String cid, String type, String pinName) throws IOException;

        default void end() throws IOException {}
    }

    /** An object for each. */
    private record Stream(Reply reply) implements Listing {
        @Override
        public void pin(String cid, String type, String pinName) throws IOException {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("Cid", cid);
            if (!pinName.isEmpty()) {
                fields.put("Name", pinName);
            }
            fields.put("Type", type);
            reply.value(fields);
        }
    }

    /** One object for all, by CID. */
    private record Keys(Reply reply, Map<String, Object> keys) implements Listing {
        Keys(Reply reply) {
            this(reply, new TreeMap<>());
        }

        @Override
        public void pin(String cid, String type, String pinName) {
            Map<String, Object> pin = new LinkedHashMap<>();
            pin.put("Type", type);
            pin.put("Name", pinName);
            keys.put(cid, pin);
        }

        @Override
        public void end() throws IOException {
            reply.only(keys.isEmpty() ? Map.of() : Map.of("Keys", keys));
        }
    }

    private Set<String> types() throws IOException {
        return switch (type) {
            case "direct", "indirect", "recursive" -> Set.of(type);
            case "all", "any" -> Set.of("direct", "indirect", "recursive");
            default ->
                throw new IOException("invalid type '" + type + "', must be one of {direct, indirect, recursive, all}");
        };
    }

    private boolean withNames() {
        return names || !name.isEmpty();
    }

    private void list(Set<String> types, Listing listing) throws IOException {
        boolean indirect = types.contains("indirect");
        CidSet told = new CidSet();
        for (PinMode mode : PinMode.values()) {
            if (indirect || types.contains(mode.word())) {
                list(mode, types.contains(mode.word()), told, listing);
            }
        }
        if (indirect && name.isEmpty()) {
            indirectPins().list(cid -> {
                if (told.add(cid)) {
                    listing.pin(session.text(cid), "indirect", "");
                }
            });
        }
    }

    private void list(PinMode mode, boolean shown, CidSet told, Listing listing) throws IOException {
        try (PinList pins = session.node().pins().list(mode, withNames())) {
            for (Optional<PinRecord> pin = pins.next(); pin.isPresent(); pin = pins.next()) {
                PinRecord record = pin.get();
                if (told.add(record.cid()) && shown && record.name().contains(name)) {
                    listing.pin(session.text(record.cid()), mode.word(), withNames() ? record.name() : "");
                }
            }
        }
    }

    private void tell(Set<String> types, Listing listing) throws IOException {
        List<Cid> cids = new ArrayList<>();
        for (String path : paths) {
            cids.add(session.resolve(path));
        }
        Map<Cid, PinRecord> own = own(cids, types);
        Set<Cid> others = cids.stream().filter(cid -> !own.containsKey(cid)).collect(Collectors.toSet());
        Map<Cid, Cid> above = types.contains("indirect") ? indirectPins().find(others) : Map.of();
        for (int i = 0; i < cids.size(); i++) {
            Cid cid = cids.get(i);
            PinRecord pin = own.get(cid);
            if (pin != null) {
                listing.pin(session.text(cid), pin.mode().word(), withNames() ? pin.name() : "");
            } else if (above.containsKey(cid)) {
                listing.pin(session.text(cid), "indirect through " + session.text(above.get(cid)), "");
            } else {
                throw new IOException("path '" + paths.get(i) + "' is not pinned");
            }
        }
    }

    private Map<Cid, PinRecord> own(List<Cid> cids, Set<String> types) throws IOException {
        Map<Cid, PinRecord> own = new LinkedHashMap<>();
        for (Cid cid : cids) {
            for (PinMode mode : PinMode.values()) {
                if (types.contains(mode.word())) {
                    session.node().pins().find(mode, cid).ifPresent(pin -> own.putIfAbsent(cid, pin));
                }
            }
        }
        return own;
    }

    private IndirectPins indirectPins() throws IOException {
        return new IndirectPins(session.node().blocks(), session.node().pins());
    }

    @Override
    public Display display(Terminal terminal) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) throws IOException {
                if (!(value instanceof Map<?, ?> fields)) {
                    super.value(value);
                } else if (!fields.isEmpty()) { // as one object it is empty where no pins are
                    terminal.out().println(text(fields));
                }
            }
        };
    }

    private String text(Map<?, ?> fields) {
        return fields.get("Keys") instanceof Map<?, ?> keys
                ? keys.entrySet().stream()
                        .map(pin -> text(pin.getKey(), pin.getValue()))
                        .collect(Collectors.joining("\n"))
                : text(fields.get("Cid"), fields);
    }

    private String text(@Nullable Object cid, @Nullable Object pin) {
        Map<?, ?> fields = pin instanceof Map<?, ?> known ? known : Map.of();
        String named = fields.get("Name") instanceof String pinName && !pinName.isEmpty() ? " " + pinName : "";
        return quiet ? String.valueOf(cid) : cid + " " + fields.get("Type") + named;
    }
}
