package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.s3ds.ipld.Cid;

class TreeVectorsTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void lay() throws IOException {
        TreeVectors.lay(folder);
    }

    static List<TreeVectors.Vector> vectors() throws IOException {
        return TreeVectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void addsAsKuboDoes(TreeVectors.Vector vector) throws IOException {
        LocalOptions local = new LocalOptions(true, vector.has("--hidden"), IgnoreRules.NONE, false, false);
        MemoryNode node = new MemoryNode();
        AddResult result = node.add(vector.addOptions(), new LocalInput(folder, local).open(vector.tree()));
        Added root = result.roots().getFirst();
        assertEquals(vector.cid(), root.cid().toString());
        assertTrue(node.pins().isRecursive(Cid.parse(vector.cid())));
        if (!vector.added().isEmpty()) {
            assertEquals(vector.added(), lines(node.added()));
        }
        if (!vector.blocks().equals("-")) {
            assertEquals(vector.blocks(), Long.toString(node.calls("put")));
            assertEquals(vector.blocks(), Long.toString(result.blocks()));
            assertEquals(vector.size(), Long.toString(node.storedBytes()));
        }
        assertEquals(List.of(0L, 0L, 0L), List.of(node.calls("get"), node.calls("has"), node.calls("getsize")));
    }

    private static List<String> lines(List<Added> added) {
        List<String> lines = new ArrayList<>();
        added.forEach(one -> {
            lines.add(one.name());
            lines.add(one.cid().toString());
        });
        return lines;
    }
}
