package org.s3ds.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.s3ds.node.repo.Json;
import org.s3ds.rpc.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code diag profile}: what a programmer wants to see of a node that is slow or stuck. */
@Command(
        description = {
            "Collects the version, the stacks of all threads and how memory is used into a zip archive, for a report of",
            "a fault. There are no secrets, names or contents in it."
        },
        footer = "s3ds diag profile -o profile.zip")
final class DiagProfileCommand implements Operation.OfNode {
    @Option(
            names = {"--output", "-o"},
            paramLabel = "<file>",
            description = "The file.")
    private String output = "s3ds-profile.zip";

    @Option(
            names = {"--collectors", "--profile-time", "--mutex-profile-fraction", "--block-profile-rate"},
            description = "Kubo's; of no effect.",
            hidden = true)
    @SuppressWarnings("UnusedVariable") // taken as Kubo takes it
    private String ofGo = "";

    @Override
    public void perform(Reply reply) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(reply.bytes("application/zip", OptionalLong.empty()), UTF_8);
        add("version.json", Json.pretty(Product.fields()), zip);
        add("threads.txt", threads(), zip);
        add("memory.txt", memory(), zip);
        zip.finish();
        zip.flush();
    }

    private static void add(String name, String text, ZipOutputStream zip) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(UTF_8));
        zip.closeEntry();
    }

    /** Virtual threads too, which Java tells only into a file. */
    private static String threads() throws IOException {
        Path folder = Files.createTempDirectory("s3ds-profile");
        Path file = folder.resolve("threads.txt");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static String memory() {
        StringBuilder text = new StringBuilder();
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            text.append(pool.getName()).append(": ").append(pool.getUsage()).append('\n');
        }
        return text.toString();
    }

    @Override
    public Display display(Terminal terminal) {
        return GetDisplay.ofArchive(terminal, new ProgressLine(terminal.err(), false, System::nanoTime), output);
    }
}
