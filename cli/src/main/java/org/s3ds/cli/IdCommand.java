package org.s3ds.cli;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PublicKey;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code id}: who this node is. */
@Command(
        description = {
            "Prints the id and public key of this node in JSON, or in a format of your own, in which <id>,",
            "<pubkey>, <aver>, <addrs> and <protocols> stand for what they say. It has no addresses and speaks no",
            "protocols. With --offline also what the id of another peer tells."
        },
        footer = "s3ds id -f '<id>\\n'")
final class IdCommand implements Operation.OfNode {
    private final Session session;

    @Option(
            names = {"--format", "-f"},
            paramLabel = "<text>",
            description = "What to print in place of JSON.")
    private @Nullable String format;

    @Option(
            names = "--peerid-base",
            paramLabel = "<base>",
            description =
                    "Print the id as a CID in this multibase; b58mh for a multihash in base58btc. Default: b58mh.")
    private String base = "b58mh";

    @Parameters(paramLabel = "<peerid>", arity = "0..1", description = "Another peer.")
    private @Nullable String peer;

    IdCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        PublicKey self = session.node().keys().self().publicKey();
        PeerId id = peer == null ? self.peerId() : parsed(peer);
        reply.only(id.equals(self.peerId()) ? fields(id, Optional.of(self), true) : others(id));
    }

    @Override
    public Display display(Terminal terminal) {
        return Display.texts(
                terminal, fields -> format == null ? tabbed(Json.pretty(fields)) + "\n\n" : formatted(format, fields));
    }

    private static PeerId parsed(String text) throws IOException {
        try {
            return PeerId.parse(text);
        } catch (FormatException e) {
            throw new IOException("invalid peer id", e);
        }
    }

    private Map<String, @Nullable Object> others(PeerId id) throws IOException {
        if (!session.offline()) {
            throw new IOException("'s3ds id' cannot query information on remote peers without a running daemon; if you"
                    + " only want to convert --peerid-base, pass --offline option");
        }
        return fields(id, id.publicKey(), false);
    }

    private Map<String, @Nullable Object> fields(PeerId id, Optional<PublicKey> key, boolean self) throws IOException {
        String text = KeyText.of(id, base);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("ID", text);
        fields.put(
                "PublicKey",
                key.map(each -> Base64.getEncoder().encodeToString(each.encode()))
                        .orElse(""));
        fields.put("Addresses", self ? null : List.of("/p2p/" + id));
        fields.put("AgentVersion", self ? Product.agent() : "");
        fields.put("Protocols", null);
        return fields;
    }

    private static String formatted(String format, Map<?, ?> fields) {
        return format.replace("<id>", text(fields.get("ID")))
                .replace("<aver>", text(fields.get("AgentVersion")))
                .replace("<pubkey>", text(fields.get("PublicKey")))
                .replace("<addrs>", text(fields.get("Addresses")))
                .replace("<protocols>", text(fields.get("Protocols")))
                .replace("\\n", "\n")
                .replace("\\t", "\t");
    }

    private static String text(@Nullable Object field) {
        return switch (field) {
            case null -> "";
            case List<?> lines ->
                String.join("\n", lines.stream().map(String::valueOf).toList());
            default -> field.toString();
        };
    }

    /** As Kubo has it here, and nowhere else. */
    private static String tabbed(String json) {
        return json.replace("    ", "\t\t").replace("\n  ", "\n\t");
    }
}
