package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.datastore.Key;

class ObjectNamesTest {
    private static final String BLOCK = "CIQPQUWH7JRPS4MBP5KNRKANZVR7Z5YJRM6L32NOR3A64REQCPWF3MA";

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "/, ''",
        "ipfs, ipfs/",
        "ipfs/, ipfs/",
        "/ipfs/, ipfs/",
        "a//b, a/b/",
        "./a/., a/",
        "a b/é, a b/é/"
    })
    void aBlockIsNamedAsGoDsS3NamesIt(String root, String prefix) {
        ObjectNames names = new ObjectNames(root);
        Key key = Key.of(BLOCK);
        assertEquals(Optional.of(prefix + BLOCK), names.of(key));
        assertEquals(Optional.of(key), names.keyOf(prefix + BLOCK));
        assertEquals(prefix, names.below(Key.ROOT));
        assertEquals(prefix + "foo/bar/", names.below(Key.of("/foo/bar")));
    }

    @Test
    void aKeyThatIsNotCleanIsCleaned() {
        assertEquals(Optional.of("r/b"), new ObjectNames("r").of(Key.raw("/a/../../../b")));
    }

    @Test
    void theRootKeyHasNoName() {
        assertEquals(Optional.empty(), new ObjectNames("r").of(Key.ROOT));
        assertEquals(Optional.empty(), new ObjectNames("").of(Key.ROOT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"node1", "node1/", "node10/a", "node1//a", "node1/a/", "node1/./a", "node1/../a", "a", "/node1/a"
            })
    void whatIsNoKeyOfOursHasNone(String name) {
        assertEquals(Optional.empty(), new ObjectNames("node1").keyOf(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/.a", "/a b+é", "/a..b", "/KEY-0e0f4b1c-52f4-4c5b-9d3c-0123456789ab"})
    void everyKeyComesBackFromItsName(String text) {
        ObjectNames names = new ObjectNames("/a//b/");
        Key key = Key.of(text);
        assertEquals(Optional.of(key), names.of(key).flatMap(names::keyOf));
    }
}
