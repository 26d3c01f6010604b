package org.s3ds.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.s3ds.ipld.Block;
import org.s3ds.ipld.BlockLinks;
import org.s3ds.ipld.Cid;
import org.s3ds.ipld.Link;
import org.s3ds.ipld.car.CarReader;

/** The CARs of the gateway's conformance tests: all come in, and each root goes out as its part of them. */
class GatewayCarsTest {
    private static final Path CARS = Path.of("src/test/resources/org/s3ds/cli/cars");

    @TempDir
    Path directory;

    /** A CAR, read with the reader alone, which compares each block with its CID. */
    private record Car(List<Cid> roots, Map<Cid, Block> blocks) {
        static Car read(InputStream in) throws IOException {
            CarReader reader = new CarReader(in);
            Map<Cid, Block> blocks = new HashMap<>();
            for (Optional<Block> block = reader.next(); block.isPresent(); block = reader.next()) {
                blocks.put(block.get().cid(), block.get());
            }
            return new Car(reader.roots(), blocks);
        }

        /** What is below a root; empty when a block is missing. */
        Optional<Set<Cid>> below(Cid root) throws IOException {
            Set<Cid> found = new HashSet<>();
            List<Cid> left = new ArrayList<>(List.of(root));
            while (!left.isEmpty()) {
                Cid cid = left.removeLast();
                if (cid.isIdentity() || !found.add(cid)) {
                    continue;
                }
                if (!blocks.containsKey(cid)) {
                    return Optional.empty();
                }
                BlockLinks.of(blocks.get(cid)).stream().map(Link::cid).forEach(left::add);
            }
            return Optional.of(found);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCar() throws IOException {
        Cli cli = new Cli(directory);
        assertEquals(0, cli.run("init", "--profile=flatfs").exit());
        try (Stream<Path> files = Files.list(CARS.toAbsolutePath())) {
            List<Path> cars = files.sorted().toList();
            assertEquals(26, cars.size());
            return cars.stream()
                    .map(car -> DynamicTest.dynamicTest(car.getFileName().toString(), () -> check(cli, car)));
        }
    }

    private static void check(Cli cli, Path file) throws IOException {
        Car car;
        try (InputStream in = Files.newInputStream(file)) {
            car = Car.read(in);
        }
        Cli.Result imported = cli.run("dag", "import", "--stats", "--pin-roots=false", file.toString());
        assertEquals("", imported.err());
        assertTrue(imported.out().startsWith("Imported "), imported.out());
        for (Block block : car.blocks.values()) {
            assertEquals(0, cli.run("block", "get", block.cid().toString()).exit());
            assertTrue(block.cid().matches(cli.lastOutput()));
        }
        for (Cid root : car.roots) {
            Cli.Result exported = cli.run("dag", "export", root.toString());
            Optional<Set<Cid>> below = car.below(root);
            assertEquals(below.isPresent() ? 0 : 1, exported.exit(), exported.err());
            if (below.isPresent()) {
                Car again = Car.read(new ByteArrayInputStream(cli.lastOutput()));
                assertEquals(List.of(root), again.roots);
                assertEquals(below.get(), again.blocks.keySet());
            }
        }
    }
}
