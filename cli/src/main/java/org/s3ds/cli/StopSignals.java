package org.s3ds.cli;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that end a daemon: SIGTERM, SIGINT and SIGHUP. The first is told; a second ends the process at once. Java
 * by itself runs its shutdown hooks at the first, and is deaf to a second, so its signals are taken over while this is
 * open. They have no API without a compiler warning: hence the reflection.
 */
final class StopSignals implements AutoCloseable {
    /** As Kubo's. */
    private static final int KILLED_BY_USER = 255;

    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    /** One signal, and who handled it before. */
    private record Taken(Object signal, Object before) {}

    private final AtomicBoolean told = new AtomicBoolean();
    private final List<Taken> taken = new ArrayList<>();
    private final Method handle;

    /** Takes the signals over; where that cannot be done (Java ignores one, or keeps it), Java's own way stays. */
    StopSignals(Runnable first) throws IOException {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            handle = signal.getMethod("handle", signal, handler);
            InvocationHandler doing = (_, _, _) -> {
                came(first);
                return null;
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, doing);
            for (String name : NAMES) {
                take(signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException("this Java does not hand out signals", e);
        }
    }

    private void take(Object signal, Object ours) throws ReflectiveOperationException {
        taken.add(new Taken(signal, handle.invoke(null, signal, ours)));
    }

    /** Runs on a thread of Java's for each signal. */
    private void came(Runnable first) {
        if (told.getAndSet(true)) {
            Runtime.getRuntime().halt(KILLED_BY_USER);
        }
        first.run();
    }

    /** Gives the signals back. */
    @Override
    public void close() throws IOException {
        try {
            for (Taken each : taken) {
                handle.invoke(null, each.signal(), each.before());
            }
        } catch (ReflectiveOperationException e) {
            throw new IOException("this Java does not take signals back", e);
        }
    }
}
