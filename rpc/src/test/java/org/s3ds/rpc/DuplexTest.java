package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.node.unixfs.InputNode;

/** Answers that come while the upload is still running, and uploads that do not come to their end. */
class DuplexTest {
    private static final int BLOCK = 100_000;

    /** Tells of each block of a file as soon as it has come. */
    private static void progress(RpcRequest request, Reply reply) throws IOException {
        InputNode.Children files = request.files();
        for (Optional<InputNode> node = files.next(); node.isPresent(); node = files.next()) {
            InputStream in = ((InputNode.File) node.get()).open();
            for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                reply.value((long) block.length);
            }
        }
    }

    private record Stream(String name, InputStream in) implements InputNode.File {
        @Override
        public Metadata metadata() {
            return Metadata.NONE;
        }

        @Override
        public InputStream open() {
            return in;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }
    }

    private static RpcAnswer add(RpcServer server, InputStream content) throws IOException {
        return RpcClient.to(server.addresses().getFirst(), Optional.empty())
                .call(
                        List.of("add"),
                        List.of(),
                        Optional.of(ServerAndClientTest.children(List.of(new Stream("f", content)))));
    }

    @Test
    void progressComesWhileTheUploadRuns() throws IOException {
        PipedOutputStream source = new PipedOutputStream();
        PipedInputStream content = new PipedInputStream(source, 1 << 20);
        try (RpcServer server = ServerAndClientTest.server(DuplexTest::progress)) {
            // more than is held back on the way
            source.write(new byte[4 * BLOCK]);
            source.flush();
            try (RpcAnswer answer = add(server, content)) {
                assertEquals((long) BLOCK, answer.next().orElseThrow().json());
                source.write(new byte[1]);
                source.close();
                for (int i = 0; i < 3; i++) {
                    assertEquals((long) BLOCK, answer.next().orElseThrow().json());
                }
                assertEquals(1L, answer.next().orElseThrow().json());
                assertEquals(Optional.empty(), answer.next());
            }
        }
    }

    @Test
    void aFailureIsToldWhileTheClientStillSends() throws IOException {
        RpcService service = (_, _) -> {
            throw new IOException("unrecognized chunker option: nonsense");
        };
        try (RpcServer server = ServerAndClientTest.server(service)) {
            InputStream endless = new InputStream() {
                @Override
                public int read() {
                    return 0;
                }

                @Override
                public int read(byte[] to, int offset, int length) {
                    return length;
                }
            };
            IOException e = assertThrows(RpcException.class, () -> add(server, endless));
            assertEquals("unrecognized chunker option: nonsense", e.getMessage());
        }
    }

    @Test
    void aFileThatCannotBeReadEndsTheCallWithItsSentence() throws IOException {
        InputStream broken =
                new SequenceInputStream(new java.io.ByteArrayInputStream(new byte[3 * BLOCK]), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("read f: it changed");
                    }

                    @Override
                    public int read(byte[] to, int offset, int length) throws IOException {
                        return read();
                    }
                });
        try (RpcServer server = ServerAndClientTest.server(DuplexTest::progress)) {
            IOException e = assertThrows(IOException.class, () -> {
                try (RpcAnswer answer = add(server, broken)) {
                    while (answer.next().isPresent()) {
                        // the sentence comes behind what came before it
                    }
                }
            });
            assertEquals("read f: it changed", e.getMessage());
        }
    }

    @Test
    void anAnswerCanBeLeftInTheMiddle() throws IOException {
        RpcService service = (_, reply) -> {
            while (true) {
                reply.value(Map.of());
            }
        };
        try (RpcServer server = ServerAndClientTest.server(service)) {
            RpcAnswer answer = RpcClient.to(server.addresses().getFirst(), Optional.empty())
                    .call(List.of("x"), List.of(), Optional.empty());
            assertTrue(answer.next().isPresent());
            answer.close();
            assertThrows(IOException.class, () -> {
                while (answer.next().isPresent()) {
                    // what came before
                }
            });
        }
    }

    @Test
    void nobodyThereIsToldAsKuboTellsIt() throws IOException {
        RpcServer server = ServerAndClientTest.server(DuplexTest::progress);
        String address = server.addresses().getFirst();
        server.close();
        for (String gone : List.of(address, "/unix/no/such/socket", "http://127.0.0.1:" + Wire.port(address))) {
            RpcClient client = RpcClient.to(gone, Optional.empty());
            IOException e =
                    assertThrows(IOException.class, () -> client.call(List.of("id"), List.of(), Optional.empty()));
            assertEquals(
                    "cannot connect to the api. Is the daemon running? To run as a standalone CLI command remove the api"
                            + " file in `$IPFS_PATH/api`",
                    e.getMessage());
        }
    }

    @Test
    void addressesAndSecretsThatCannotBeMeantAreRefused() {
        for (String wrong : List.of(
                "",
                "x",
                "/ip4/127.0.0.1",
                "/ip4/x/tcp/1",
                "/ip4/127.0.0.1/tcp/65536",
                "http://",
                "http://u:p@h",
                "/unix/",
                "http://h/path",
                "/ip4/127.0.0.1/tcp/1/ws")) {
            assertThrows(IOException.class, () -> RpcClient.to(wrong, Optional.empty()), wrong);
        }
        IOException e = assertThrows(
                IOException.class, () -> RpcClient.to("/ip4/127.0.0.1/tcp/1", Optional.of("bearer:a\r\nX: y")));
        assertEquals("not a secret for the RPC API: it is like bearer:TOKEN or basic:USER:PASSWORD", e.getMessage());
    }

    @Test
    void aSecretGoesAlong() throws IOException {
        Authorizations users = Authorizations.of(List.of(new Authorizations.Entry("basic:u:p", List.of("/api/v0"))));
        try (RpcServer server = RpcServer.start(Wire.options(Map.of(), users), (_, reply) -> reply.only("in"))) {
            String address = server.addresses().getFirst();
            try (RpcAnswer answer =
                    RpcClient.to(address, Optional.of("basic:u:p")).call(List.of("id"), List.of(), Optional.empty())) {
                assertEquals("in", answer.next().orElseThrow().json());
            }
            RpcClient stranger = RpcClient.to(address, Optional.empty());
            RpcException e =
                    assertThrows(RpcException.class, () -> stranger.call(List.of("id"), List.of(), Optional.empty()));
            assertEquals(RpcException.FORBIDDEN, e.code());
        }
    }

    @Test
    void anUnknownCommandIsToldAsKuboTellsIt() throws IOException {
        RpcService service = (_, _) -> {
            throw BadRequestException.notFound();
        };
        try (RpcServer server = ServerAndClientTest.server(service)) {
            RpcClient client = RpcClient.to(server.addresses().getFirst(), Optional.empty());
            IOException e =
                    assertThrows(IOException.class, () -> client.call(List.of("x"), List.of(), Optional.empty()));
            assertEquals("Command not found.", e.getMessage());
        }
    }

    @Test
    void anAnswerThatIsCutIsNotWhole() throws IOException {
        List<String> cut = List.of(
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "");
        for (String text : cut) {
            InputStream in = new java.io.ByteArrayInputStream(text.getBytes(UTF_8));
            assertThrows(IOException.class, () -> new HttpAnswer(in).body().readAllBytes(), text);
        }
    }
}
