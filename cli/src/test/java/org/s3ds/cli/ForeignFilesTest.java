package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** As above it; in the end the files are read by Kubo's libraries ({@code -Ds3ds.go-reader=PROGRAM}). */
@Tag("foreign")
class ForeignFilesTest extends RandomFilesTest {
    @Override
    void lookAtEnd(Cli cli, ModelFiles expected) throws Exception {
        String program = System.getProperty("s3ds.go-reader");
        assertNotNull(program, "-Ds3ds.go-reader=PROGRAM is needed");
        Process reader = new ProcessBuilder(program, "tree", cli.repo().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(ForeignFilesTest::withoutMetadata)
                .sorted()
                .toList();
        assertEquals(0, reader.waitFor());
        assertEquals(lines(expected), lines);
    }

    /** The model knows neither mode nor time. */
    private static String withoutMetadata(String line) {
        List<String> fields = new ArrayList<>(List.of(line.split("\t", -1)));
        fields.subList(2, 4).clear();
        return String.join("\t", fields);
    }

    private record Place(Path path, ModelFiles.Entry entry) {}

    private static List<String> lines(ModelFiles model) throws Exception {
        List<String> lines = new ArrayList<>();
        Deque<Place> pending = new ArrayDeque<>(List.of(new Place(Path.of("/"), model.root())));
        while (!pending.isEmpty()) {
            Place place = pending.pop();
            String name = "\"" + place.path + "\"";
            switch (place.entry) {
                case ModelFiles.Content content -> {
                    byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.bytes());
                    lines.add(name + "\tfile\t" + content.bytes().length + "\t"
                            + HexFormat.of().formatHex(hash));
                }
                case ModelFiles.Folder folder -> {
                    lines.add(name + "\tdirectory");
                    folder.entries()
                            .forEach((child, entry) -> pending.push(new Place(place.path.resolve(child), entry)));
                }
            }
        }
        return lines.stream().sorted().toList();
    }
}
