package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyTest {
    @ParameterizedTest
    @CsvSource({
        "'',/",
        "/,/",
        ".,/",
        "..,/",
        "a/b/,/a/b",
        "//a///b,/a/b",
        "/a/../b,/b",
        "/../a,/a",
        "/a/./b,/a/b",
        "/a/..,/",
        "/.hidden,/.hidden",
        "/a/...,/a/...",
        "/a\\b,/a\\b",
        "/a%2Fb,/a%2Fb",
        "/a b,/a b",
        "/a/,/a",
        "a..,/a..",
        "/a//,/a",
        "///,/",
        "/日本/,/日本"
    })
    void aTextIsCleaned(String text, String key) {
        assertEquals(key, Key.of(text).toString());
        assertEquals(Key.of(key), Key.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abcde",
                "disahfidsalfhduisaufidsail",
                "/fdisahfodisa/fdsa/fdsafdsafdsafdsa/fdsafdsa/",
                "4215432143214321432143214321",
                "/fdisaha////fdsa////fdsafdsafdsafdsa/fdsafdsa/",
                "abcde:fdsfd",
                "disahfidsalfhduisaufidsail:fdsa",
                "/fdisahfodisa/fdsa/fdsafdsafdsafdsa/fdsafdsa/:",
                "4215432143214321432143214321:",
                "fdisaha////fdsa////fdsafdsafdsafdsa/fdsafdsa/f:fdaf"
            })
    void partsFitTogether(String text) {
        Key key = Key.of(text);
        String base = lastOf(key.toString().split("/", -1));
        assertEquals(base, key.base());
        assertEquals(lastOf(base.split(":", -1)), key.name());
        assertEquals(base.contains(":") ? base.substring(0, base.lastIndexOf(':')) : "", key.type());
        assertEquals(key.parent().child(key.type()), key.path());
        assertEquals(Key.of(key + ":inst"), key.instance("inst"));
        assertEquals(Key.of(text + "/cchildd"), key.child("cchildd"));
        assertEquals(Key.of(text + "/cchildd"), key.child(Key.of("cchildd")));
        assertEquals(key, key.child("cchildd").parent());
        assertEquals(Stream.of(key.toString().substring(1).split("/", -1)).toList(), key.components());
        assertEquals(key, Key.ofComponents(key.components()));
        assertEquals(key, Key.raw(key.toString()));
        assertNotEquals(key, Key.of("/fdsafdsa/" + text));
        assertTrue(key.compareTo(key.parent()) >= 0);
        assertTrue(key.compareTo(key.child("foo")) < 0);
    }

    @Test
    void aRawKeyIsTakenAsItIsOrRefused() {
        assertEquals("/a//b/../c", Key.raw("/a//b/../c").toString());
        assertEquals(Key.ROOT, Key.raw(""));
        assertEquals(Key.ROOT, Key.raw("/"));
        for (String wrong : List.of("a", "/a/", "//")) {
            Exception refused = assertThrows(IllegalArgumentException.class, () -> Key.raw(wrong));
            assertEquals("invalid datastore key: " + wrong, refused.getMessage());
        }
    }

    @Test
    void ancestorsAreStrictlyAbove() {
        Key abc = Key.of("/A/B/C");
        Key abcd = Key.of("/A/B/C/D");
        assertTrue(abc.isAncestorOf(abcd) && abcd.isDescendantOf(abc));
        assertTrue(Key.of("/A").isAncestorOf(abc) && Key.ROOT.isAncestorOf(Key.of("/A")));
        assertFalse(abcd.isAncestorOf(abc) || abc.isDescendantOf(abcd));
        assertFalse(abc.isAncestorOf(abc) || abc.isDescendantOf(abc) || Key.ROOT.isAncestorOf(Key.ROOT));
        assertFalse(Key.of("/A").isAncestorOf(Key.of("/AB")));
        assertEquals(abcd, abc.child(Key.of("D")));
        assertEquals(abc, abcd.parent());
    }

    @Test
    void theTypeIsAllBeforeTheLastColon() {
        assertEquals("C", Key.of("/A/B/C:c").type());
        assertEquals("D", Key.of("/A/B/C:c/D:d").type());
        assertEquals("d", Key.of("/A/B/C:c/D:d").name());
        assertEquals("Music:Song", Key.of("/Music:Song:X").type());
        assertEquals("X", Key.of("/Music:Song:X").name());
        assertEquals(Key.of("/A/B"), Key.of("/A/B:c").path());
        assertEquals(Key.of("/A"), Key.of("/A/B").path());
    }

    @Test
    void theFirstComponentIsTheRootOfAll() {
        assertEquals("", Key.ROOT.components().getFirst());
        assertEquals("Comedy", Key.of("/Comedy").components().getFirst());
        assertEquals(
                "Comedy",
                Key.of("/Comedy/MontyPython/Actor:JohnCleese").components().getFirst());
        assertEquals(
                "Comedy:MontyPython", Key.of("/Comedy:MontyPython").components().getFirst());
    }

    @Test
    void theRootHasOneEmptyComponentAndItselfAsParent() {
        assertEquals(List.of(""), Key.ROOT.components());
        assertEquals(Key.ROOT, Key.ROOT.parent());
        assertTrue(Key.ROOT.isTopLevel() && Key.ROOT.isRoot());
        assertTrue(Key.of("/a").isTopLevel() && !Key.of("/a").isRoot());
        assertFalse(Key.of("/a/b").isTopLevel());
        Key a = Key.of("/a");
        assertSame(a, Key.ROOT.child(a));
        assertSame(a, a.child(Key.ROOT));
    }

    @Test
    void componentsAreReversed() {
        assertEquals(Key.of("/c/b/a"), Key.of("/a/b/c").reversed());
        assertEquals(Key.ROOT, Key.ROOT.reversed());
    }

    @Test
    void theNaturalOrderGoesByComponentAndTheByteOrderByText() {
        Key below = Key.of("/a/b");
        Key dashed = Key.of("/a-b");
        assertTrue(below.compareTo(dashed) < 0);
        assertTrue(Key.BYTE_ORDER.compare(dashed, below) < 0);
        assertTrue(Key.of("/a").compareTo(below) < 0);
    }

    @Test
    void bothOrdersGoByUtf8Bytes() {
        Key privateUse = Key.of("/\uE000");
        Key emoji = Key.of("/\uD83D\uDE00");
        assertTrue(Key.BYTE_ORDER.compare(privateUse, emoji) < 0, "U+E000 comes before U+1F600");
        assertTrue(privateUse.compareTo(emoji) < 0);
        assertTrue(Key.BYTE_ORDER.compare(Key.of("/\uD7FF"), emoji) < 0);
    }

    @Test
    void randomKeysDiffer() {
        Set<Key> keys = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            keys.add(Key.random());
        }
        assertEquals(1_000, keys.size());
    }

    private static String lastOf(String[] parts) {
        return parts[parts.length - 1];
    }
}
