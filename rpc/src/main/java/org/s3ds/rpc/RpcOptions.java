package org.s3ds.rpc;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a server is run.
 *
 * @param addresses where it listens, as multiaddrs: {@code /ip4/127.0.0.1/tcp/5001}, {@code /ip6/::1/tcp/5001},
 *     {@code /dns/localhost/tcp/5001}, {@code /unix/run/s3ds.sock}
 * @param headers {@code API.HTTPHeaders}: what is sent with every answer of a command, and who may ask from a browser
 * @param authorizations who may ask at all
 * @param server the header {@code Server}, such as {@code kubo/0.42.0}
 * @param pages what GET shows beside the API, by path
 */
public record RpcOptions(
        List<String> addresses,
        Map<String, List<String>> headers,
        Authorizations authorizations,
        String server,
        Map<String, Supplier<Page>> pages) {
    /** Copies what could change. */
    public RpcOptions {
        addresses = List.copyOf(addresses);
        headers = Map.copyOf(headers);
        pages = Map.copyOf(pages);
    }
}
