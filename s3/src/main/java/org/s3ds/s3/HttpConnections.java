package org.s3ds.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicAuthCache;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Connections to a server, by Apache HttpClient 5; in place of the SDK's own adapter to it, which writes a body in
 * pieces of 4 KiB, and so takes a third more CPU for a put ({@code docs/decisions/0014-own-requests.md}). Nothing is
 * sent again here, no redirect followed, nothing unpacked.
 */
final class HttpConnections implements SdkHttpClient {
    /** Servers drop idle connections after 30 s; a request sent just then would fail. */
    static final Duration IDLE = Duration.ofSeconds(20);
    /** What HttpClient says itself, of the body and of the connection. */
    private static final Set<String> OURS = headers("Content-Length", "Transfer-Encoding");

    private final CloseableHttpClient client;
    private final RequestConfig asked;
    private final Optional<ProxyServer> proxy;

    /**
     * None yet.
     *
     * @param trusted who may vouch for the server; empty for those whom Java trusts
     */
    HttpConnections(Limits limits, Optional<ProxyServer> proxy, Optional<TrustedCertificates> trusted) {
        this(limits, proxy, trusted, IDLE);
    }

    /** The same; what was idle for so long is not used again. */
    HttpConnections(Limits limits, Optional<ProxyServer> proxy, Optional<TrustedCertificates> trusted, Duration idle) {
        this.proxy = proxy;
        Timeout silence = Timeout.of(limits.requestTimeout());
        this.asked = RequestConfig.custom()
                .setResponseTimeout(silence)
                .setConnectionRequestTimeout(silence)
                .setProtocolUpgradeEnabled(false)
                .build();
        HttpClientBuilder builder = HttpClientBuilder.create()
                .setConnectionManager(pool(limits, silence, trusted, idle))
                .evictIdleConnections(TimeValue.of(idle))
                .disableDefaultUserAgent()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement();
        proxy.ifPresent(server -> builder.setProxy(HttpHost.create(server.address())));
        this.client = builder.build();
    }

    private static PoolingHttpClientConnectionManager pool(
            Limits limits, Timeout silence, Optional<TrustedCertificates> trusted, Duration idle) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(limits.maxConnections())
                .setMaxConnPerRoute(limits.maxConnections())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoKeepAlive(true)
                        .setSoTimeout(silence)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(limits.connectTimeout()))
                        .setSocketTimeout(silence)
                        .setIdleTimeout(Timeout.of(idle))
                        .build())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls(trusted), HostnameVerificationPolicy.CLIENT, new DefaultHostnameVerifier()))
                .build();
    }

    private static SSLContext tls(Optional<TrustedCertificates> trusted) {
        @Nullable
        TrustManager[] managers = trusted.map(TrustedCertificates::managers).orElse(null);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    private static Set<String> headers(String... names) {
        Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.addAll(Set.of(names));
        return headers;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        HttpUriRequestBase sent = sent(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return HttpConnections.this.call(sent);
            }

            @Override
            public void abort() {
                sent.abort();
            }
        };
    }

    private HttpUriRequestBase sent(HttpExecuteRequest request) {
        SdkHttpRequest head = request.httpRequest();
        HttpUriRequestBase sent = new HttpUriRequestBase(head.method().name(), head.getUri());
        sent.setConfig(asked);
        head.forEachHeader((name, values) -> {
            if (!OURS.contains(name)) {
                values.forEach(value -> sent.addHeader(name, value));
            }
        });
        request.contentStreamProvider()
                .ifPresent(body -> sent.setEntity(new Body(body, head.firstMatchingHeader("Content-Length"))));
        return sent;
    }

    private HttpExecuteResponse call(HttpUriRequestBase sent) throws IOException {
        try {
            return answer(sent, client.executeOpen(null, sent, context()));
        } catch (IllegalStateException e) {
            // what a request that is aborted just now may come upon
            throw new IOException("the request was ended: " + e.getMessage(), e);
        }
    }

    /** Tells the proxy who asks, before it wants to know. */
    private HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        proxy.filter(server -> !server.user().isEmpty()).ifPresent(server -> {
            BasicScheme scheme = new BasicScheme();
            scheme.initPreemptive(new UsernamePasswordCredentials(
                    server.user(), server.password().toCharArray()));
            BasicAuthCache cache = new BasicAuthCache();
            cache.put(HttpHost.create(server.address()), scheme);
            context.setAuthCache(cache);
        });
        return context;
    }

    private static HttpExecuteResponse answer(HttpUriRequestBase sent, ClassicHttpResponse received)
            throws IOException {
        SdkHttpResponse.Builder head =
                SdkHttpResponse.builder().statusCode(received.getCode()).statusText(received.getReasonPhrase());
        for (Header header : received.getHeaders()) {
            head.appendHeader(header.getName(), header.getValue());
        }
        HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder().response(head.build());
        HttpEntity body = received.getEntity();
        if (body == null) {
            received.close();
        } else {
            answer.responseBody(AbortableInputStream.create(body.getContent(), sent::abort));
        }
        return answer.build();
    }

    @Override
    public String clientName() {
        return "s3ds";
    }

    @Override
    public void close() {
        client.close(CloseMode.GRACEFUL);
    }

    /** A request's body, handed to the connection as large as it comes. */
    private static final class Body extends AbstractHttpEntity {
        private final ContentStreamProvider content;
        private final long length;

        Body(ContentStreamProvider content, Optional<String> length) {
            super((String) null, null, length.isEmpty());
            this.content = content;
            this.length = length.map(Long::parseLong).orElse(-1L);
        }

        @Override
        public InputStream getContent() {
            return content.newStream();
        }

        @Override
        public long getContentLength() {
            return length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = content.newStream()) {
                in.transferTo(out);
            }
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public void close() {
            // each stream is closed by whoever read it
        }
    }
}
