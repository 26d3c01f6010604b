package org.s3ds.node.unixfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.bin a.bin true",
                "*.bin deep/down/a.bin true",
                "*.bin a.bin.txt false",
                "a?c abc true",
                "a?c a/c false",
                "[a-c].txt b.txt true",
                "[!a-c].txt b.txt false",
                "[!a-c].txt x.txt true",
                "[^a].txt x.txt true",
                "[ab [ab true",
                "/top top true",
                "/top sub/top false",
                "sub/*.txt sub/a.txt true",
                "sub/*.txt other/sub/a.txt false",
                "sub/*.txt sub/deep/a.txt false",
                "**/baz baz true",
                "**/baz a/b/baz true",
                "fizz/** fizz/a/b true",
                "fizz/** fizz false",
                "a/**/b a/b true",
                "a/**/b a/x/y/b true",
                "a/**/b a/xb false",
                "foo** foobar true",
                "\\#literal #literal true",
                "\\!literal !literal true",
                "a.c abc false",
                "日本* 日本語 true",
            })
    void onePattern(String pattern, String path, boolean ignored) {
        assertEquals(ignored, IgnoreRules.parse(List.of(pattern)).ignores(path, false));
    }

    @Test
    void aFinalSlashMeansDirectoriesAlone() {
        IgnoreRules rules = IgnoreRules.parse(List.of("bar/"));
        assertEquals(List.of(true, false), List.of(rules.ignores("x/bar", true), rules.ignores("bar", false)));
    }

    @Test
    void theLastRuleThatFitsDecides() {
        IgnoreRules rules = IgnoreRules.parse(List.of("*.log", "!keep.log", "x/keep.log"));
        assertEquals(
                List.of(true, false, true),
                List.of(
                        rules.ignores("a.log", false),
                        rules.ignores("keep.log", false),
                        rules.ignores("x/keep.log", false)));
    }

    @Test
    void commentsBlankLinesAndTrailingSpacesMeanNothing() {
        IgnoreRules rules = IgnoreRules.parse(List.of("# *", "", "   ", "a  ", "b\\ "));
        assertEquals(
                List.of(true, true, false, false),
                List.of(
                        rules.ignores("a", false),
                        rules.ignores("b ", false),
                        rules.ignores("b", false),
                        rules.ignores("c", false)));
    }
}
