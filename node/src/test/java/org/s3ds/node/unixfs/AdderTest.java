package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.CidFormat;
import org.s3ds.ipld.unixfs.Metadata;
import org.s3ds.ipld.unixfs.Mtime;
import org.s3ds.node.pins.PinException;

class AdderTest {
    private static final AddOptions V0 = AddOptions.defaults(CidFormat.V0);
    private static final String HELLO = "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD";
    private static final String WRAPPED = "QmNxvA5bwvPGgMXbmtyhxA1cKFdvQXnsGnZLCGor3AzYxJ";

    private final MemoryNode node = new MemoryNode();

    @Test
    void aFileIsOnePutOfEachBlockAndAPin() throws IOException {
        AddResult result = node.add(V0, MemoryNode.file("hello.txt", "hello world"));
        assertEquals(List.of("hello.txt " + HELLO), lines());
        assertEquals(1, node.calls("put"));
        assertEquals(0, node.calls("get"));
        assertEquals(1, result.blocks());
        assertTrue(node.pins().isRecursive(Cid.parse(HELLO)));
    }

    @Test
    void onlyHashTouchesNothing() throws IOException {
        AddOptions hash = new AddOptions(V0.files(), V0.directories(), MetadataRule.NONE, true, true, true, true, "");
        node.add(hash, MemoryNode.file("hello.txt", "hello world"));
        assertEquals(List.of("hello.txt " + HELLO, " " + WRAPPED), lines());
        assertEquals(0, node.calls("put") + node.calls("sync"));
        assertFalse(node.pins().isRecursive(Cid.parse(WRAPPED)));
    }

    @Test
    void aFileWithoutANameIsCalledByItsCid() throws IOException {
        node.add(V0, MemoryNode.file("", "hello world"));
        assertEquals(List.of(HELLO + " " + HELLO), lines());
    }

    @Test
    void emptyDirectoriesMayBeLeftOutBelowTheTop() throws IOException {
        AddOptions without =
                new AddOptions(V0.files(), V0.directories(), MetadataRule.NONE, false, false, false, true, "");
        node.add(
                without,
                MemoryNode.directory(
                        "top", MemoryNode.directory("a", MemoryNode.directory("b")), MemoryNode.directory("empty")),
                MemoryNode.directory("alone"));
        assertEquals(List.of("top/a", "top", "alone"), names());
    }

    @Test
    void anInputThatFailsIsNotPinnedButThoseBeforeItAre() throws IOException {
        InputNode broken = broken("broken", "broken changed while it was added");
        IOException failure = assertThrows(
                IOException.class,
                () -> node.add(
                        V0,
                        MemoryNode.file("hello.txt", "hello world"),
                        MemoryNode.directory("tree", MemoryNode.file("a", "a"), broken)));
        assertEquals("broken changed while it was added; what it belongs to is not pinned", failure.getMessage());
        assertEquals(List.of("hello.txt", "tree/a"), names());
        assertTrue(node.pins().isRecursive(Cid.parse(HELLO)));
        assertFalse(node.pins().isRecursive(node.added().getLast().cid()));
    }

    @Test
    void whatIsRefusedIsNamedAndTheRestGoesOn() throws IOException {
        AddResult result = node.add(
                V0,
                MemoryNode.directory(
                        "tree",
                        new InputNode.Refused("bad", Metadata.NONE, "tree/bad was not added"),
                        MemoryNode.file("good", "x")));
        assertEquals(List.of("tree/bad was not added"), result.refused());
        assertEquals(List.of("tree/good", "tree"), names());
        assertTrue(node.pins().isRecursive(result.roots().getFirst().cid()));
    }

    @Test
    void aGivenModeOutranksThatOfTheFile() {
        Metadata own = new Metadata(OptionalInt.of(0755), Optional.of(new Mtime(5, 0)));
        MetadataRule rule = new MetadataRule(true, true, OptionalInt.of(0640), Optional.empty());
        assertEquals(new Metadata(OptionalInt.of(0640), own.mtime()), rule.of(own));
        assertEquals(new Metadata(OptionalInt.empty(), own.mtime()), rule.ofSymlink(own));
    }

    @Test
    void aDirectoryThatIsVeryDeepIsAdded() throws IOException {
        InputNode deep = MemoryNode.file("f", "x");
        for (int i = 0; i < 5000; i++) {
            deep = MemoryNode.directory("d", deep);
        }
        assertEquals(5001, node.add(V0, deep).blocks());
        assertEquals(5001, node.added().size());
    }

    @Test
    void aPinNameThatIsTooLongIsRefusedByThePins() {
        AddOptions named = new AddOptions(
                V0.files(), V0.directories(), MetadataRule.NONE, false, true, false, true, "x".repeat(256));
        assertThrows(PinException.class, () -> node.add(named, MemoryNode.file("a", "a")));
    }

    private static InputNode broken(String name, String sentence) {
        return new InputNode.File() {
            @Override
            public InputStream open() throws IOException {
                throw new InputException(sentence);
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.empty();
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Metadata metadata() {
                return Metadata.NONE;
            }
        };
    }

    private List<String> names() {
        return node.added().stream().map(Added::name).toList();
    }

    private List<String> lines() {
        return node.added().stream().map(one -> one.name() + " " + one.cid()).toList();
    }
}
