import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The format of every Java file below a folder: {@code check FOLDER} reports, {@code apply FOLDER} rewrites. */
final class Format {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    private Format() {}

    static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        List<Path> different = new ArrayList<>();
        for (Path file : sources(Path.of(args[1]).toRealPath())) {
            String found = Files.readString(file);
            String wanted = format(found);
            if (!found.equals(wanted)) {
                different.add(file);
                if (apply) {
                    Files.writeString(file, wanted);
                }
            }
        }
        different.forEach(file -> System.out.println((apply ? "formatted: " : "not formatted: ") + file));
        if (!apply && !different.isEmpty()) {
            System.out.println("run: mvn -q -pl format process-sources -Dformat.mode=apply");
            System.exit(1);
        }
    }

    /** What is being built may change meanwhile, and is passed over. */
    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return folder.endsWith("target") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        sources.sort(null);
        return sources;
    }

    private static String format(String source) throws FormatterException {
        String imports = ImportOrderer.reorderImports(source, Style.PALANTIR);
        return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(imports));
    }
}
