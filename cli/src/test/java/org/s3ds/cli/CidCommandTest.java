package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CidCommandTest {
    private static final String V0 = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String V1 = "bafybeihykld7uyxzogax6vgyvag42y7464eywpf55gxi5qpoisibh3c5wa";
    private static final String RAW = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @TempDir
    Path directory;

    /** A command and what Kubo answers. */
    record Exchange(List<String> words, Cli.Result answer) {
        static Exchange read(String text) {
            List<String> lines = text.lines().toList();
            return new Exchange(
                    List.of(lines.getFirst().split(" \\| ")),
                    new Cli.Result(
                            Integer.parseInt(lines.get(1).substring(2)), stream(lines, "> "), stream(lines, "! ")));
        }

        private static String stream(List<String> lines, String mark) {
            return lines.stream()
                    .filter(line -> line.startsWith(mark))
                    .map(line -> line.substring(mark.length()) + "\n")
                    .collect(Collectors.joining());
        }
    }

    static Stream<Exchange> exchanges() throws IOException {
        try (InputStream file = CidCommandTest.class.getResourceAsStream("cid-exchanges.txt")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^\\$ ")).skip(1).map(Exchange::read);
        }
    }

    @Test
    void inspectInJsonHasKubosFields() {
        assertEquals(
                "{\"cid\":\"" + V0 + "\",\"version\":0,\"multibase\":{\"prefix\":\"\",\"name\":\"base58btc\"},"
                        + "\"multicodec\":{\"code\":112,\"name\":\"dag-pb\"},\"multihash\":{\"code\":18,"
                        + "\"name\":\"sha2-256\",\"length\":32,"
                        + "\"digest\":\"f852c7fa62f971817f54d8a80dcd63fcf7098b3cbde9ae8ec1ee449013ec5db0\"},"
                        + "\"cidV0\":\"" + V0 + "\",\"cidV1\":\"" + V1 + "\"}\n",
                new Cli(directory).run("cid", "inspect", "--enc=json", V0).out());
        String raw = new Cli(directory).run("cid", "inspect", "--enc=json", RAW).out();
        assertTrue(raw.contains("\"multibase\":{\"prefix\":\"b\",\"name\":\"base32\"}"), raw);
        assertTrue(raw.contains("\"},\"cidV1\":\"" + RAW + "\"}"), "no version 0 of it: " + raw);
    }

    @ParameterizedTest
    @MethodSource("exchanges")
    void answersAsKubo(Exchange exchange) {
        assertEquals(exchange.answer(), new Cli(directory).run(exchange.words().toArray(String[]::new)));
    }

    @ParameterizedTest
    @CsvSource({
        "-v 1, " + V0 + ", zdj7Wn9FQAURCP6MbwcWuzi7u65kAsXCdjNTkhbJcoaXBusq9",
        "-v 0, " + V1 + ", " + V0,
        "-b base16, " + V0 + ", f01701220f852c7fa62f971817f54d8a80dcd63fcf7098b3cbde9ae8ec1ee449013ec5db0",
        "-b=z, " + V1 + ", zdj7Wn9FQAURCP6MbwcWuzi7u65kAsXCdjNTkhbJcoaXBusq9",
        "--mc=raw, " + V0 + ", zb2rhoMdWncoaAWS5VEmGoNwRdytEPaCadyWD68wVJVU2K9rw",
        "--mc=dag-pb, " + V0 + ", " + V0,
        "-f=%P, " + RAW + ", cidv1-raw-sha2-256-32",
        "-f=%B, " + RAW + ", b",
    })
    void converts(String options, String cid, String expected) {
        assertEquals(new Cli.Result(0, expected + "\n", ""), format(options, cid));
    }

    @ParameterizedTest
    @CsvSource({
        "-v 2, invalid cid version: \"2\"",
        "-v 0 -b base32, cannot convert to CIDv0 with any multibase other than the implicit base58btc",
        "-v 0 --mc raw, cannot convert to CIDv0 with any codec other than dag-pb",
        "-b nonsense, unsupported multibase encoding: nonsense",
        "--mc nonsense, unknown multicodec: \"nonsense\"",
        "-f plain, invalid format string: \"plain\"",
        "-f %x, unrecognized specifier in format string: %x",
    })
    void optionsThatCannotBeMeantAreRefused(String options, String reason) {
        assertEquals(new Cli.Result(1, "", "Error: " + reason + "\n"), format(options, V0));
    }

    private Cli.Result format(String options, String cid) {
        return new Cli(directory)
                .run(Stream.concat(Stream.of("cid", "format"), Stream.of((options + " " + cid).split(" ")))
                        .toArray(String[]::new));
    }

    @Test
    void oneThatIsWrongDoesNotStopTheOthers() {
        Cli.Result result = new Cli(directory).run("cid", "base32", "nonsense", V0, "b", RAW);
        assertEquals(V1 + "\n" + RAW + "\n", result.out());
        assertEquals("""
                nonsense: invalid cid: selected encoding not supported
                b: invalid cid: cid too short
                Error: errors while displaying some entries
                """, result.err());
        assertEquals(1, result.exit());
    }

    @Test
    void onlyDagPbWithAWholeSha256IsConvertedToVersion0() {
        assertTrue(format("-v 0", RAW).err().startsWith(RAW + ": can't convert non-dag-pb nodes to cidv0\n"));
        String sha1 = "f01701114" + "00".repeat(20);
        assertTrue(format("-v 0", sha1).err().startsWith(sha1 + ": can't convert to cidv0"));
    }

    @Test
    void cidsComeFromStandardInputWhenNoneIsGiven() {
        Cli cli = new Cli(directory);
        byte[] input = (V0 + "\n " + RAW + " \n").getBytes(StandardCharsets.UTF_8);
        assertEquals(V1 + "\n" + RAW + "\n", cli.pipe(input, "cid", "base32").out());
        assertTrue(cli.pipe(input, "cid", "inspect").out().startsWith("CID:        " + V0 + "\n"));
    }

    @Test
    void inspectSaysWhatIsWrong() {
        assertEquals(
                new Cli.Result(1, "", "Error: invalid CID: invalid cid: selected encoding not supported\n"),
                new Cli(directory).run("cid", "inspect", "nonsense"));
    }

    @Test
    void listsTakeNumbers() {
        Cli cli = new Cli(directory);
        assertTrue(cli.run("cid", "hashes", "--numeric").out().startsWith("    0  identity\n   17  sha1\n"));
        assertTrue(cli.run("cid", "hashes", "-n").out().endsWith("45664  blake2s-256\n"));
        assertEquals("""
                   81  cbor
                   85  raw
                  112  dag-pb
                  113  dag-cbor
                  114  libp2p-key
                  120  git-raw
                  133  dag-jose
                  297  dag-json
                  512  json
                """, cli.run("cid", "codecs", "--numeric", "--supported").out());
        assertTrue(cli.run("cid", "bases", "--prefix").out().startsWith("   identity\n0  base2\n"));
        assertTrue(cli.run("cid", "bases", "--numeric").out().startsWith("      0  identity\n     48  base2\n"));
    }
}
