package org.s3ds.ipld.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.Link;

/** What Kubo 0.43.1 makes of {@code files chmod 0640}, {@code touch}, {@code chmod 0} and {@code touch --mtime=-1}. */
final class MetadataEditVectorsTest {
    private static final List<Metadata> STEPS = List.of(
            new Metadata(OptionalInt.of(0640), Optional.empty()),
            new Metadata(OptionalInt.of(0640), Optional.of(new Mtime(1_600_000_000, 7))),
            new Metadata(OptionalInt.empty(), Optional.of(new Mtime(1_600_000_000, 7))),
            new Metadata(OptionalInt.empty(), Optional.of(new Mtime(-1, 0))));

    private final MemoryBlocks blocks = new MemoryBlocks();

    /** The node at first, then a CID and the bytes below it for each step. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dag-pb "
                        + "QmWfVY9y3xjsixTgbd9AorQxH7VtMpzfx2HaWtsoUYecaX "
                        + "QmPU7aeSSmUiPxkXf6gZtWgvhSPrePokdBjwRUmyNpN91S 16 "
                        + "QmVJgDCrdsFGhHoeEWXkDfzqxEVzXuM2dDNPm3fNBjQoJT 29 "
                        + "QmTyyxfEsxw1BSgi7tgKHCsK9sABQDwtdBPvNCJAH8T3tY 26 "
                        + "Qma3iLkfJ2KuuCpQNEnUaiap2UkBXpSfPbz2FDSY9qC3nX 26",
                "raw "
                        + "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq "
                        + "QmPU7aeSSmUiPxkXf6gZtWgvhSPrePokdBjwRUmyNpN91S 16 "
                        + "QmVJgDCrdsFGhHoeEWXkDfzqxEVzXuM2dDNPm3fNBjQoJT 29 "
                        + "QmTyyxfEsxw1BSgi7tgKHCsK9sABQDwtdBPvNCJAH8T3tY 26 "
                        + "Qma3iLkfJ2KuuCpQNEnUaiap2UkBXpSfPbz2FDSY9qC3nX 26",
                "dag-pb-1 "
                        + "bafybeid3weurg3gvyoi7nisadzolomlvoxoppe2sesktnpvdve3256n5tq "
                        + "bafybeiaqyurnvj5qbjqerc3z52utyikjvviymlmqhs6hgjyyuwwwxlbzse 16 "
                        + "bafybeidhqbmepldlhoipo7lokxdan3bzrvtnupjlqhtzvkouougedkpdeq 29 "
                        + "bafybeict3kyraq2pjnjm3qpzhvpfomwzaovx6j5afgulitezkvqer3t7gu 26 "
                        + "bafybeifn6v45jitwjyfayvgukaeniuub4np3cg2zczn6yia2c5zjrqxqsa 26",
                "chunks "
                        + "QmePCzGD2XAwU6sL1MJMrVCkxFmnwNwzf7Z34H7Zn7Yw35 "
                        + "QmRWtS5rnkMW3BBzhzh4dabgKcFXGSrsnbPNNZDyhkmwPp 170 "
                        + "QmSbEVKi1ndtrSWaAJ8j9u6MyusyCcV2dWfhB28sajFZu3 183 "
                        + "QmR2CegdphNLfTP5UjLmPPQpfZBwhdbcnZvojbETK5KRSJ 180 "
                        + "QmUSBfedj9sPRv4pHLDx4L2zhvPq4uQ5Bn1PaqknBSEiT4 180",
                "raw-empty "
                        + "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku "
                        + "QmWaD1xATzzwBrs9TUUNdhqD2ZAXw4LWgqi7pSmNTjyqrq 11 "
                        + "QmRvWsHYd5opVmM6rQUH9zqkE7PVTpudjr6CrxoThf73t5 24 "
                        + "QmSVrdfDCxQYzPtsvuPXFzerqABXUtPWxwEx7t4LW2qTpk 21 "
                        + "QmXxxPLPQ9wAVNUzVzyhuJvQt5pX5if3JCHuhRYJx8vcMj 21",
                "directory "
                        + "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354 "
                        + "bafybeiaugty5yueblped2lclyaxw4e3tqcv7356hkgo4tb7dtkamtdtlou 7 "
                        + "bafybeibk2new2475k7ztisqdeejorxawhrhjopidrunozqzxmbkwqj4a5y 20 "
                        + "bafybeiefa4mpnbxf3yrpozlr32vmy7npudhk6ic7yox5mmrohyx4ow26t4 17 "
                        + "bafybeic4zcwgsreuelxlyika2krgmhljk22b7oqqgwspjxwij35myswc7u 17",
                "sharded "
                        + "QmYUK5ha7wCoUNL61x6StdfG4mM3NCdNipbKajs9bh1Gsr "
                        + "QmbuF3cY2KK8gmBQYCY8oVP3fk5gA3XzBizdS3KjSK5Mjt 108 "
                        + "QmUgBkhBjVufRjSh78w6JmCodnmN66u8M2YFBWyE7QhTY2 121 "
                        + "QmSWYjdRFNpb8hdLV9JJnMHamnYe4fVUfcY1ngVLJHs7wX 118 "
                        + "QmXqXgVH6TAzBfec8BhFvcpc3X35wGPMWnPaSQtSTiCRQ6 118"
            })
    void stepsGiveTheCidsOfKubo(String vector) throws IOException {
        Iterator<String> fields = Arrays.asList(vector.split(" ")).iterator();
        Cid node = start(fields.next());
        assertEquals(fields.next(), node.toString());
        EditOptions options = new EditOptions(Chunking.DEFAULT, Optional.empty(), InstantSource.system());
        for (Metadata step : STEPS) {
            Link changed = new FileEditor(options, blocks, blocks).withMetadata(node, step);
            assertEquals(fields.next(), changed.cid().toString(), step.toString());
            assertEquals(Long.parseLong(fields.next()), changed.size());
            node = changed.cid();
        }
    }

    private Cid start(String name) throws IOException {
        return switch (name) {
            case "dag-pb" -> file(CidFormat.V0, false, "size-262144", "hello");
            case "raw" -> file(CidFormat.V1, true, "size-262144", "hello");
            case "dag-pb-1" -> file(CidFormat.V1, false, "size-262144", "hello");
            case "chunks" -> file(CidFormat.V0, false, "size-2", "hello");
            case "raw-empty" -> file(CidFormat.V1, true, "size-262144", "");
            case "directory" ->
                new DirectoryBuilder(options(CidFormat.V1, 0), Metadata.NONE)
                        .build(blocks)
                        .cid();
            default -> {
                DirectoryBuilder sharded = new DirectoryBuilder(options(CidFormat.V0, 1), Metadata.NONE);
                sharded.add(new Link("hello.txt", file(CidFormat.V0, false, "size-262144", "hello"), 13));
                yield sharded.build(blocks).cid();
            }
        };
    }

    private Cid file(CidFormat format, boolean raw, String chunking, String content) throws IOException {
        ImportOptions options =
                new ImportOptions(format, raw, Chunking.parse(chunking), Layout.BALANCED, 174, OptionalInt.empty());
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return new FileImporter(options)
                .importFile(new ByteArrayInputStream(bytes), Metadata.NONE, blocks)
                .cid();
    }

    private static DirectoryOptions options(CidFormat format, long threshold) {
        return new DirectoryOptions(format, OptionalInt.empty(), DirectoryOptions.Estimation.LINKS, threshold, 0, 256);
    }
}
