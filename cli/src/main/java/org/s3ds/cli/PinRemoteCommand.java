package org.s3ds.cli;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pin remote service ls}: the pinning services that the config names. The WebUI asks for them at its start. */
@Command(
        description = {
            "Prints the pinning services in Pinning.RemoteServices of the config, and where they are. s3ds does not use",
            "them, but Kubo may have."
        },
        footer = "s3ds pin remote service ls")
final class PinRemoteCommand implements Operation.OfNode {
    private final Session session;

    @Option(names = "--stat", description = "Kubo asks the services for counts; here it has no effect.")
    @SuppressWarnings("UnusedVariable") // taken as Kubo takes it
    private boolean stat;

    PinRemoteCommand(Session session) {
        this.session = session;
    }

    @Override
    public void perform(Reply reply) throws IOException {
        Object services = session.config().find("Pinning.RemoteServices").orElse(Map.of());
        Map<?, ?> known = services instanceof Map<?, ?> map ? map : Map.of();
        List<Map<String, Object>> all = known.entrySet().stream()
                .sorted(Comparator.comparing(service -> String.valueOf(service.getKey())))
                .map(service -> fields(String.valueOf(service.getKey()), service.getValue()))
                .toList();
        reply.only(Map.of("RemoteServices", all));
    }

    private static Map<String, Object> fields(String name, @Nullable Object service) {
        String endpoint = service instanceof Map<?, ?> map
                        && map.get("API") instanceof Map<?, ?> api
                        && api.get("Endpoint") instanceof String text
                ? text
                : "";
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Service", name);
        fields.put("ApiEndpoint", endpoint);
        return fields;
    }

    @Override
    public Display display(Terminal terminal) {
        return new Results(terminal) {
            @Override
            public void value(@Nullable Object value) {
                if (value instanceof Map<?, ?> fields && fields.get("RemoteServices") instanceof List<?> all) {
                    all.forEach(service -> terminal.out().println(text(service)));
                }
            }
        };
    }

    private static String text(@Nullable Object service) {
        return service instanceof Map<?, ?> fields
                ? fields.values().stream().map(String::valueOf).collect(Collectors.joining(" "))
                : "";
    }
}
