package org.s3ds.datastore;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;

/** An empty store that notes what is called on it ({@code put}), on its batches and results ({@code batch.put}). */
final class Recorder {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    Datastore store() {
        return recording(Datastore.class, "");
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    private <T> T recording(Class<T> type, String prefix) {
        InvocationHandler note = (proxy, method, arguments) -> {
            if (method.getDeclaringClass() != Object.class) {
                calls.add(prefix + method.getName());
            }
            return answer(proxy, method);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, note));
    }

    /** What an empty store answers. */
    private Object answer(Object proxy, Method method) {
        return switch (method.getReturnType().getSimpleName()) {
            case "Optional" -> Optional.empty();
            case "OptionalLong" -> OptionalLong.empty();
            case "boolean" -> false;
            case "int" -> System.identityHashCode(proxy);
            case "String" -> "Recorder";
            case "Datastore" -> recording(Datastore.class, "inBackground.");
            case "Checksums" -> Checksums.NONE;
            case "Results" -> recording(Results.class, "query.");
            case "Batch" -> recording(Batch.class, "batch.");
            default -> List.of();
        };
    }
}
