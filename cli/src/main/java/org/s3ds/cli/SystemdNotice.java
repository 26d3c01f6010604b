package org.s3ds.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Tells systemd how a service is, as {@code sd_notify} does: a datagram to the unix socket that {@code NOTIFY_SOCKET}
 * names. Java has no such sockets, so three functions of the C library are called.
 */
final class SystemdNotice {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 0x80002;
    private static final int FAMILY_BYTES = 2;
    private static final int MOST_PATH = 108;

    private final byte[] address;

    /**
     * To a socket.
     *
     * @param socket its path; with {@code @} in front it has a name only, in the abstract namespace
     */
    SystemdNotice(String socket) throws IOException {
        byte[] path = socket.getBytes(StandardCharsets.UTF_8);
        if (path.length >= MOST_PATH || !(socket.startsWith("/") || socket.startsWith("@"))) {
            throw new IOException("NOTIFY_SOCKET is no path of a unix socket: " + socket);
        }
        if (socket.startsWith("@")) {
            path[0] = 0;
        }
        address = path;
    }

    /**
     * Sends lines such as {@code READY=1}.
     *
     * @throws IOException when nobody takes them, or this is no Linux
     */
    void send(String lines) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle open = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
            MethodHandle sendTo =
                    function("sendto", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);
            MethodHandle close = function("close", JAVA_INT, JAVA_INT);
            byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
            int socket = (int) open.invoke(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            long sent = (long)
                    sendTo.invoke(socket, data, (long) bytes.length, 0, target(arena), FAMILY_BYTES + address.length);
            close.invoke(socket);
            if (sent != bytes.length) {
                throw new IOException("systemd did not take the notice: is NOTIFY_SOCKET right?");
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IOException("systemd was not told that " + lines, e);
        }
    }

    private MemorySegment target(Arena arena) {
        MemorySegment target = arena.allocate(FAMILY_BYTES + MOST_PATH, FAMILY_BYTES);
        target.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(address, 0, target, ValueLayout.JAVA_BYTE, FAMILY_BYTES, address.length);
        return target;
    }

    @SuppressWarnings("restricted") // the launcher allows it
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }
}
