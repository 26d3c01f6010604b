package org.s3ds.s3.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;

/** Small requests to those who hand out keys: each with a client of its own, as they are an hour apart. */
final class Web {
    /** What came back: the status, and the body as text. */
    record Answer(int status, String body) {}

    private static final Duration NEARBY_CONNECT = Duration.ofMillis(500);
    private static final Duration NEARBY_SILENCE = Duration.ofSeconds(5);
    private static final int LONGEST_BODY = 1 << 20;

    private final Supplier<SdkHttpClient> clients;

    Web(Supplier<SdkHttpClient> clients) {
        this.clients = clients;
    }

    /** For what is on this machine or next to it: no proxy, and no patience where nobody is. */
    static Web nearby() {
        return new Web(() -> Apache5HttpClient.builder()
                .connectionTimeout(NEARBY_CONNECT)
                .socketTimeout(NEARBY_SILENCE)
                .maxConnections(1)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .build());
    }

    Answer get(URI uri, Map<String, String> headers) throws IOException {
        return send(request(SdkHttpMethod.GET, uri, headers), Optional.empty());
    }

    Answer put(URI uri, Map<String, String> headers) throws IOException {
        return send(
                request(SdkHttpMethod.PUT, uri, headers),
                Optional.of(ContentStreamProvider.fromByteArray(new byte[0])));
    }

    private static SdkHttpRequest request(SdkHttpMethod method, URI uri, Map<String, String> headers) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(method).uri(uri);
        headers.forEach(request::putHeader);
        return request.build();
    }

    /** Sends a request as it is. */
    Answer send(SdkHttpRequest request, Optional<ContentStreamProvider> body) throws IOException {
        HttpExecuteRequest call = HttpExecuteRequest.builder()
                .request(request)
                .contentStreamProvider(body.orElse(null))
                .build();
        try (SdkHttpClient client = clients.get()) {
            HttpExecuteResponse answer = client.prepareRequest(call).call();
            Optional<AbortableInputStream> content = answer.responseBody();
            String text = "";
            if (content.isPresent()) {
                try (InputStream in = content.get()) {
                    text = new String(in.readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
                }
            }
            return new Answer(answer.httpResponse().statusCode(), text);
        }
    }
}
