package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.car.CarReader;

/** CARs that go-car reads of us, and we of it ({@code -Ds3ds.go-reader=PROGRAM}). */
@Tag("foreign")
class GoCarTest {
    @TempDir
    Path directory;

    private String goReader(String... words) throws Exception {
        String program = System.getProperty("s3ds.go-reader");
        assertNotNull(program, "-Ds3ds.go-reader=PROGRAM is needed");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return out;
    }

    /** What go-reader would print of it. */
    private static String list(Path car) throws IOException {
        StringBuilder text = new StringBuilder();
        try (InputStream in = Files.newInputStream(car)) {
            CarReader reader = new CarReader(in);
            text.append("version ").append(reader.version()).append('\n');
            for (Cid root : reader.roots()) {
                text.append("root ").append(root).append('\n');
            }
            for (Optional<Block> block = reader.next(); block.isPresent(); block = reader.next()) {
                text.append("block ").append(block.get().cid());
                text.append(' ').append(block.get().size()).append('\n');
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void whatGoCarWritesIsRead(String version) throws Exception {
        Path car = directory.resolve("go.car");
        goReader("write-car", car.toString(), version);
        String list = list(car);
        assertEquals(goReader("list-car", car.toString()), list);
        assertEquals(1 + 2 + 100, list.lines().count());
    }

    @Test
    void goCarReadsWhatIsExported() throws Exception {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Random random = new Random(7);
        for (int i = 0; i < 30; i++) {
            byte[] bytes = new byte[random.nextInt(100_000)];
            random.nextBytes(bytes);
            Files.write(tree.resolve("file" + i), bytes);
        }
        String root = cli.run("add", "-rQ", "--chunker=size-4096", "tree").out().strip();
        assertEquals(0, cli.run("dag", "export", root).exit());
        Path car = Files.write(directory.resolve("s3ds.car"), cli.lastOutput());
        assertEquals(list(car), goReader("list-car", car.toString()));
    }
}
