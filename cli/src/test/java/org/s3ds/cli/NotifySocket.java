package org.s3ds.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A socket for datagrams in the file system, as systemd has one: Java has none. */
final class NotifySocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MOST = 1000;

    private final Path path;
    private final int socket;

    NotifySocket(Path path) throws IOException {
        this.path = path;
        try (Arena arena = Arena.ofConfined()) {
            socket = (int)
                    function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT).invoke(AF_UNIX, SOCK_DGRAM, 0);
            byte[] name = (path + "\0").getBytes(StandardCharsets.UTF_8);
            MemorySegment address = arena.allocate(2 + name.length, 2);
            address.set(JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
            int bound = (int) function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT)
                    .invoke(socket, address, (int) address.byteSize());
            if (bound != 0) {
                throw new AssertionError("no socket at " + path);
            }
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    String path() {
        return path.toString();
    }

    /** The next datagram, once it comes. */
    String receive() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(MOST);
            long length = (long) function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT)
                    .invoke(socket, buffer, (long) MOST, 0);
            return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), StandardCharsets.UTF_8);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            int _ = (int) function("close", JAVA_INT, JAVA_INT).invoke(socket);
        } catch (Throwable e) {
            throw new IOException(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
