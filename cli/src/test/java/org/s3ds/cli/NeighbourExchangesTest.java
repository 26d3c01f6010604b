package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands like the recorded ones, with other options and other mistakes: the answers are what Kubo's sources say,
 * since nobody recorded them.
 */
class NeighbourExchangesTest {
    private static final String HELLO = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String RAW = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @TempDir
    static Path directory;

    private static ExchangeFile file = new ExchangeFile(Map.of(), Map.of(), List.of());

    @BeforeAll
    static void aRepoWithTheRecordedFiles() throws Exception {
        file = ExchangeFile.load();
        file.layInputs(directory);
        Cli cli = new Cli(directory);
        cli.run("init");
        cli.run("add", "-r", "in/tree");
        cli.run("add", "in/hello.txt");
        cli.run("add", "-w", "in/hello.txt");
        cli.run("block", "put", "in/hello.txt");
    }

    @TestFactory
    Stream<DynamicTest> mistakes() {
        return Stream.of(
                        "cat -o abc $HELLO|strconv.ParseInt: parsing \"abc\": invalid syntax",
                        "cat -l 99999999999999999999 $HELLO|strconv.ParseInt: parsing \"99999999999999999999\": value out of range",
                        "cat -l -3 $HELLO|cannot specify negative length",
                        "cat -o|missing argument for option \"o\"",
                        "cat --length|missing argument for option \"length\"",
                        "cat -o 1 -o 2 $HELLO|multiple values for option \"offset\"",
                        "cat $HELLO $TREE|this dag node is a directory",
                        "cat $HELLO nonsense|invalid path \"nonsense\": path does not have enough components",
                        "cat /ipfs/nonsense|invalid path \"/ipfs/nonsense\": invalid cid: selected encoding not supported",
                        "ls --size=maybe $TREE|strconv.ParseBool: parsing \"maybe\": invalid syntax",
                        "ls -vz $TREE|unknown option \"vz\"",
                        "get $HELLO $TREE|expected 1 argument(s), got 2",
                        "get -C -l abc $HELLO|strconv.ParseInt: parsing \"abc\": invalid syntax",
                        "get -C -l 0 $HELLO|compression level must be between 1 and 9",
                        "block get $RAW $HELLO|expected 1 argument(s), got 2",
                        "block stat $RAW $HELLO|expected 1 argument(s), got 2",
                        "block stat --nonsense $RAW|unknown option \"nonsense\"",
                        "block put --mhlen=abc in/hello.txt|strconv.ParseInt: parsing \"abc\": invalid syntax",
                        "block put --mhlen=64 in/hello.txt|requested length was too large for digest",
                        "block put --mhlen=10 in/hello.txt|digest too small: sha2-256 digest got 10 bytes, minimum 20",
                        "block put --mhtype=md5 in/hello.txt|potentially insecure hash functions not allowed",
                        "block put --cid-codec=nonsense in/hello.txt|unknown multicodec: \"nonsense\"",
                        "block put --format=v0 --mhtype=sha2-512 in/empty|only sha2-255-32 is allowed with CIDv0",
                        "block put in/tree|invalid path 'in/tree', argument 'data' does not support directories",
                        "refs --max-depth=abc $TREE|strconv.ParseInt: parsing \"abc\": invalid syntax",
                        "refs -e --format=x $TREE|using format argument with edges is not allowed",
                        "refs local more|expected 0 argument(s), got 1",
                        "cid inspect $RAW $HELLO|expected 1 argument(s), got 2",
                        "config|argument \"key\" is required",
                        "config a b c|expected 2 argument(s), got 3",
                        "init absent.json|lstat absent.json: no such file or directory",
                        "add --cid-version=2 in/hello.txt|unknown CID version: 2",
                        "add --cid-version=0 --hash=sha1 in/hello.txt|CIDv0 only supports sha2-256",
                        "add --hash=md5 in/hello.txt|potentially insecure hash functions not allowed",
                        "add --hash=blake2b-128 in/hello.txt|potentially insecure hash functions not allowed",
                        "add --chunker=size-0 in/hello.txt|chunker size must be greater than 0",
                        "add --chunker=size-abc in/hello.txt|strconv.Atoi: parsing \"abc\": invalid syntax",
                        "add --chunker=rabin-1-2-3 in/hello.txt|rabin min must be greater than 16",
                        "add --mode=rwx in/hello.txt|strconv.ParseUint: parsing \"rwx\": invalid syntax",
                        "add --mtime=1 --mtime-nsecs=1000000000 in/hello.txt|mtime nanoseconds must be in range [1, 999999999]",
                        "add --cid-base=nonsense in/hello.txt|unsupported multibase encoding: nonsense",
                        "add -rz in/tree|unknown option \"rz\"",
                        "add --pin false in/hello.txt|lstat false: no such file or directory",
                        "add --timeout=x in/hello.txt|time: invalid duration \"x\"")
                .map(row -> DynamicTest.dynamicTest(row, () -> assertMistake(row)));
    }

    private static void assertMistake(String row) {
        int bar = row.indexOf('|');
        Cli.Result result = new Cli(directory).run(words(row.substring(0, bar)));
        assertEquals("Error: " + row.substring(bar + 1), result.firstErrorLine());
        assertEquals("", result.out());
        assertEquals(1, result.exit());
    }

    @TestFactory
    Stream<DynamicTest> answers() {
        return Stream.of(
                        "cat -o 12 -l 4 $HELLO $HELLO|ello",
                        "cat -l 11 $HELLO nonsense|hello world",
                        "cat -l 0 nonsense|",
                        "cat -o2 -l=3 $HELLO|llo",
                        "cat --offset 0b11 --length 0x2 $HELLO|lo",
                        "ls --size=F --resolve-type=0 $WRAPPED|" + HELLO + " hello.txt\n",
                        "ls -s -v $WRAPPED|Hash" + " ".repeat(43) + "Size      Name\n" + HELLO
                                + " 11        hello.txt\n",
                        "ls $WRAPPED $WRAPPED|$WRAPPED:\n" + HELLO + " 11 hello.txt\n" + HELLO + " 11 hello.txt\n",
                        "ls $RAW|",
                        "block put in/hello.txt in/empty|bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku\n"
                                + RAW + "\n",
                        "block put --enc=json in/hello.txt|{\"Key\":\"" + RAW + "\",\"Size\":11}\n",
                        "block stat --enc=json $RAW|{\"Key\":\"" + RAW + "\",\"Size\":11}\n",
                        "refs -r --max-depth=0 $TREE|",
                        "refs --max-depth=0 $WRAPPED|" + HELLO + "\n",
                        "refs --enc=json $WRAPPED|{\"Ref\":\"" + HELLO + "\",\"Err\":\"\"}\n",
                        "cid format -b base58btc $HELLO|zdj7Wn9FQAURCP6MbwcWuzi7u65kAsXCdjNTkhbJcoaXBusq9\n",
                        "cid codecs -s --enc=json|[{\"Code\":81,\"Name\":\"cbor\"},{\"Code\":85,\"Name\":\"raw\"},"
                                + "{\"Code\":112,\"Name\":\"dag-pb\"},{\"Code\":113,\"Name\":\"dag-cbor\"},"
                                + "{\"Code\":114,\"Name\":\"libp2p-key\"},{\"Code\":120,\"Name\":\"git-raw\"},"
                                + "{\"Code\":133,\"Name\":\"dag-jose\"},{\"Code\":297,\"Name\":\"dag-json\"},"
                                + "{\"Code\":512,\"Name\":\"json\"}]\n",
                        "config --enc=json Datastore.GCPeriod|{\"Key\":\"Datastore.GCPeriod\",\"Value\":\"1h\"}\n",
                        "config --json Gateway.NoFetch true|",
                        "config --enc=json Gateway.NoFetch|{\"Key\":\"Gateway.NoFetch\",\"Value\":true}\n",
                        "add --cid-version=-1 in/hello.txt|added " + HELLO + " hello.txt\n",
                        "add --pin=1 in/hello.txt in/../in/hello.txt|added " + HELLO + " hello.txt\n",
                        "add -Q --hash=sha3 in/empty|bafkriqfgt5z4zir2tlc4rnlh3qmfu5los7eyefsp4jmftygr3tauoxeauyk3eer26h27star4puualb2yvmpkaaztwk3nu7daf2ylbridxgsm\n",
                        "add --dereference-args in/tree/link|added Qmbvkmk9LFsGneteXk3G7YLqtLVME566ho6ibaQZZVHaC9 a.txt\n",
                        "add -n --chunker=buzhash-2 in/hello.txt|added " + HELLO + " hello.txt\n")
                .map(row -> DynamicTest.dynamicTest(row, () -> assertAnswer(row)));
    }

    private static void assertAnswer(String row) {
        int bar = row.indexOf('|');
        Cli.Result result = new Cli(directory).run(words(row.substring(0, bar)));
        assertEquals(replaced(List.of(row.substring(bar + 1)))[0], result.out());
        assertEquals("", result.err());
        assertEquals(0, result.exit());
    }

    private static String[] words(String line) {
        return replaced(Arrays.asList(line.split(" ", -1)));
    }

    /** The same with what the recorded file calls {@code $NAME}. */
    private static String[] replaced(List<String> texts) {
        return file.words(new Exchange(0, texts, 0, Optional.empty(), Optional.empty(), "", Optional.empty()));
    }

    @Test
    void blocksFromStandardInput() {
        Cli cli = new Cli(directory);
        byte[] input = "from stdin".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "bafkreib7jueur5cfjphglxwxoar3sjqlc63ga5uwu4z6f5thgfpzx7mvxe\n",
                cli.pipe(input, "block", "put").out());
        assertEquals(
                "QmSbkXSvWp2g5EgFGMhxmpRSE394Ywy29CThnbck25Sh1J\n",
                cli.pipe(input, "block", "put", "-f", "v0").out());
    }
}
