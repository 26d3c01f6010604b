package org.s3ds.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user of the library reads is there, and is sound: every public and protected type, field and method of the
 * store and of the datastore has a comment, in which {@code javadoc -Xdoclint:all} finds nothing wrong. Tags for
 * parameters, results and exceptions are left out where the first sentence says it all.
 */
class JavadocTest {
    private static final Set<String> SAID_IN_THE_SENTENCE = Set.of(
            "compiler.warn.dc.missing.param", "compiler.warn.dc.missing.return", "compiler.warn.dc.missing.throws");

    /** Each constant says in its own words what it is for. */
    private static final String SELF_EXPLAINING = "SpecKey.java";

    @TempDir
    private Path folder;

    @Test
    void everythingPublicIsDocumented() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-proc:none", "-Xdoclint:all/protected", "-Xmaxwarns", "10000", "-d", folder.toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources()))
                    .call();
        }
        assertEquals(
                "",
                String.join(
                        "\n",
                        found.getDiagnostics().stream()
                                .filter(JavadocTest::isWrong)
                                .map(each -> each.toString())
                                .toList()));
    }

    private static boolean isWrong(Diagnostic<? extends JavaFileObject> found) {
        boolean isAboutComments = found.getCode().contains(".dc.");
        boolean isConstant = found.getSource() != null
                && found.getSource().getName().endsWith(SELF_EXPLAINING)
                && found.getCode().equals("compiler.warn.dc.missing.comment");
        return isAboutComments && !isConstant && !SAID_IN_THE_SENTENCE.contains(found.getCode());
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("../datastore", ".")) {
            try (Stream<Path> files = Files.walk(Path.of(module, "src", "main", "java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
