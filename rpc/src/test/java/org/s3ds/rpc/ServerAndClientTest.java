package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.unixfs.InputNode;

/** What a service gives is what a client gets. */
class ServerAndClientTest {
    private static final Optional<InputNode.Children> NO_FILES = Optional.empty();

    static RpcServer server(RpcService service) throws IOException {
        return RpcServer.start(
                new RpcOptions(List.of("/ip4/127.0.0.1/tcp/0"), Map.of(), Authorizations.NONE, "kubo/0.42.0", Map.of()),
                service);
    }

    private static RpcAnswer call(RpcServer server, Optional<InputNode.Children> files) throws IOException {
        return RpcClient.to(server.addresses().getFirst(), Optional.empty())
                .call(List.of("a", "b"), List.of(Map.entry("arg", "x y"), Map.entry("o", "ü&")), files);
    }

    private static List<@Nullable Object> values(RpcAnswer answer) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Optional<RpcAnswer.Value> value = answer.next(); value.isPresent(); value = answer.next()) {
            values.add(value.get().json());
        }
        return values;
    }

    @Test
    void valuesComeInTheirOrder() throws IOException {
        RpcService service = (request, reply) -> {
            assertEquals(List.of("a", "b"), request.path());
            assertFalse(request.hasFiles());
            for (Map.Entry<String, String> pair : request.query()) {
                reply.value(Map.of(pair.getKey(), pair.getValue()));
            }
            reply.value(null);
        };
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, NO_FILES)) {
            List<@Nullable Object> expected = new ArrayList<>(List.of(Map.of("arg", "x y"), Map.of("o", "ü&")));
            expected.add(null);
            assertEquals(expected, values(answer));
            assertTrue(answer.chunked());
            assertFalse(answer.isBytes());
        }
    }

    @Test
    void bytesComeWhole() throws IOException {
        byte[] content = "content".repeat(100_000).getBytes(UTF_8);
        RpcService service = (_, reply) ->
                reply.bytes("text/plain", OptionalLong.of(content.length)).write(content);
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, NO_FILES)) {
            assertTrue(answer.isBytes());
            assertEquals(OptionalLong.of(content.length), answer.length());
            assertEquals(new String(content, UTF_8), new String(answer.bytes().readAllBytes(), UTF_8));
        }
    }

    @Test
    void aFailureBeforeTheFirstByteHasItsCode() throws IOException {
        RpcService service = (_, _) -> {
            throw new RpcException(RpcException.CLIENT, "naïve \"question\"");
        };
        try (RpcServer server = server(service)) {
            RpcException e = assertThrows(RpcException.class, () -> call(server, NO_FILES));
            assertEquals("naïve \"question\"", e.getMessage());
            assertEquals(RpcException.CLIENT, e.code());
        }
    }

    @Test
    void aFailureInTheMiddleComesBehindWhatWasSent() throws IOException {
        RpcService service = (_, reply) -> {
            reply.value("one");
            throw new IOException("then naïve\nfailure");
        };
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, NO_FILES)) {
            assertEquals("one", answer.next().orElseThrow().json());
            IOException e = assertThrows(RpcException.class, answer::next);
            assertEquals("then naïve failure", e.getMessage());
        }
    }

    @Test
    void aLongSentenceIsCutAndALongValueIsNot() throws IOException {
        RpcService service = (_, reply) -> {
            reply.value("v".repeat(1_000_000));
            throw new IOException("€".repeat(100_000));
        };
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, NO_FILES)) {
            assertEquals("v".repeat(1_000_000), answer.next().orElseThrow().json());
            String sentence = assertThrows(RpcException.class, answer::next).getMessage();
            assertEquals("€".repeat(4000) + " …", sentence);
        }
    }

    @Test
    void bytesThatFailAreNotWhole() throws IOException {
        RpcService service = (_, reply) -> {
            OutputStream out = reply.bytes("text/plain", OptionalLong.empty());
            out.write('x');
            throw new IOException("no more");
        };
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, NO_FILES)) {
            assertEquals('x', answer.bytes().read());
            assertEquals(
                    "no more",
                    assertThrows(IOException.class, answer.bytes()::read).getMessage());
        }
    }

    @Test
    void filesArriveAsTheyAre() throws IOException {
        Metadata metadata = new Metadata(OptionalInt.of(0644), Optional.of(new Mtime(1_600_000_000, 5)));
        InputNode tree = new Folder(
                "a+b /ü",
                List.of(
                        new Text("one%", metadata, "1".repeat(300_000)),
                        new Folder("empty", List.of()),
                        new InputNode.Symlink("link", Metadata.NONE, "../x"),
                        new Folder("sub", List.of(new Text("two", Metadata.NONE, "")))));
        RpcService service = (request, reply) -> {
            assertTrue(request.hasFiles());
            describe("", request.files(), reply);
        };
        try (RpcServer server = server(service);
                RpcAnswer answer = call(server, Optional.of(children(List.of(tree))))) {
            assertEquals(
                    List.of(
                            "/a+b ",
                            "/a+b /ü",
                            "/a+b /ü/one% " + metadata + " 300000",
                            "/a+b /ü/empty",
                            "/a+b /ü/link -> ../x",
                            "/a+b /ü/sub",
                            "/a+b /ü/sub/two " + Metadata.NONE + " 0"),
                    values(answer));
        }
    }

    private static void describe(String path, InputNode.Children children, Reply reply) throws IOException {
        for (Optional<InputNode> node = children.next(); node.isPresent(); node = children.next()) {
            String name = path + "/" + node.get().name();
            switch (node.get()) {
                case InputNode.File file ->
                    reply.value(name + " " + file.metadata() + " " + file.open().readAllBytes().length);
                case InputNode.Symlink link -> reply.value(name + " -> " + link.target());
                case InputNode.Refused refused -> reply.value(refused.reason());
                case InputNode.Directory directory -> {
                    reply.value(name);
                    describe(name, directory.open(), reply);
                }
            }
        }
    }

    static InputNode.Children children(List<? extends InputNode> nodes) {
        Iterator<? extends InputNode> left = nodes.iterator();
        return new InputNode.Children() {
            @Override
            public Optional<InputNode> next() {
                return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    record Folder(String name, List<InputNode> nodes) implements InputNode.Directory {
        @Override
        public Metadata metadata() {
            return Metadata.NONE;
        }

        @Override
        public Children open() {
            return children(nodes);
        }
    }

    record Text(String name, Metadata metadata, String text) implements InputNode.File {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(text.length());
        }
    }
}
