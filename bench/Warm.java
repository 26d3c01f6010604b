import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import org.s3ds.cli.Main;
import org.s3ds.cli.Terminal;

/**
 * Runs one command several times in one JVM: {@code Warm TIMES words...}. Prints wall and CPU seconds of the fastest.
 */
public final class Warm {
    private Warm() {}

    public static void main(String[] arguments) {
        String[] words = Arrays.copyOfRange(arguments, 1, arguments.length);
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double wall = Double.MAX_VALUE;
        double cpu = Double.MAX_VALUE;
        for (int i = 0; i < Integer.parseInt(arguments[0]); i++) {
            long wallStart = System.nanoTime();
            long cpuStart = system.getProcessCpuTime();
            if (Main.run(terminal(), words) != 0) {
                System.exit(1);
            }
            wall = Math.min(wall, (System.nanoTime() - wallStart) / 1e9);
            cpu = Math.min(cpu, (system.getProcessCpuTime() - cpuStart) / 1e9);
        }
        System.out.printf("%.2f %.2f%n", wall, cpu);
    }

    private static Terminal terminal() {
        return new Terminal(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(OutputStream.nullOutputStream()),
                System.err,
                Path.of("").toAbsolutePath(),
                System.getenv(),
                false,
                false,
                false);
    }
}
