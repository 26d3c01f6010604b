package org.s3ds.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLDecoder;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A bucket that is listed, and that can be made to list wrongly. */
final class NamesServer implements AutoCloseable {
    /** One page to come: where it starts, what is on it, what the token behind it is. */
    record Page(String start, List<String> names, Optional<String> token) {}

    private final List<String> names;
    private final ScriptedServer server;
    private volatile UnaryOperator<Page> change = page -> page;
    private volatile boolean honoursStart = true;

    NamesServer(Collection<String> names) throws IOException {
        this.names = names.stream().sorted().toList();
        this.server = new ScriptedServer(this::answer);
    }

    ScriptedServer server() {
        return server;
    }

    /** Changes every page before it is sent. */
    void change(UnaryOperator<Page> newChange) {
        change = newChange;
    }

    /** Takes no notice of {@code start-after}. */
    void ignoreStart() {
        honoursStart = false;
    }

    int requests() {
        return server.requests().size();
    }

    private ScriptedServer.Answer answer(ScriptedServer.Request request) {
        Map<String, String> parameters = parameters(request.query());
        String token = parameters.getOrDefault("continuation-token", "");
        String start = !token.isEmpty() || !honoursStart ? token : parameters.getOrDefault("start-after", "");
        int most = Integer.parseInt(parameters.getOrDefault("max-keys", "1000"));
        List<String> page = names.stream()
                .filter(name -> name.startsWith(parameters.getOrDefault("prefix", "")) && name.compareTo(start) > 0)
                .limit(most + 1)
                .toList();
        boolean more = page.size() > most;
        List<String> shown = more ? page.subList(0, most) : page;
        return xml(change.apply(new Page(start, shown, more ? Optional.of(shown.getLast()) : Optional.empty())));
    }

    private static ScriptedServer.Answer xml(Page page) {
        if (page.names().equals(List.of("error"))) {
            return ScriptedServer.Answer.error(403, "AccessDenied");
        }
        StringBuilder xml = new StringBuilder("<ListBucketResult><IsTruncated>")
                .append(page.token().isPresent())
                .append("</IsTruncated>");
        page.token()
                .ifPresent(token ->
                        xml.append("<NextContinuationToken>").append(token).append("</NextContinuationToken>"));
        page.names()
                .forEach(name -> xml.append("<Contents><Key>").append(name).append("</Key><Size>3</Size></Contents>"));
        return new ScriptedServer.Answer(200, xml.append("</ListBucketResult>").toString());
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        Stream.of(query.split("&"))
                .map(each -> each.split("=", 2))
                .forEach(each -> parameters.put(each[0], each.length == 1 ? "" : URLDecoder.decode(each[1], UTF_8)));
        return parameters;
    }

    @Override
    public void close() {
        server.close();
    }
}
