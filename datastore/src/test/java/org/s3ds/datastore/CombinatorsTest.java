package org.s3ds.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Every combinator among the compiled classes hands on every call, and prints itself with what is inside it.
 * {@link ReadOnlyDatastore} is there to hand on no write: it must refuse each, and is asked.
 */
final class CombinatorsTest {
    private static final Set<String> WRITES = Set.of("put", "delete", "batch", "requireDeletes");

    @Test
    void theyAreFound() throws Exception {
        Set<String> names =
                combinators().stream().map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
        assertTrue(
                names.containsAll(List.of("LogDatastore", "MeasuredDatastore", "MountDatastore", "PrefixDatastore")),
                names::toString);
    }

    @TestFactory
    Stream<DynamicNode> eachForwardsEveryCallAndPrintsItself() throws Exception {
        return combinators().stream()
                .map(type -> dynamicContainer(
                        type.getSimpleName(), Stream.concat(Stream.of(printsItself(type)), forwardsAll(type))));
    }

    private static Stream<DynamicTest> forwardsAll(Class<?> type) {
        if (type != ReadOnlyDatastore.class) {
            return Stream.concat(
                    forwards(type, Stream.of(Datastore.class.getMethods())),
                    forwards(type, Stream.of(Batch.class.getMethods())));
        }
        Stream<Method> reads =
                Stream.of(Datastore.class.getMethods()).filter(method -> !WRITES.contains(method.getName()));
        return Stream.concat(Stream.of(refusesWrites()), forwards(type, reads));
    }

    private static DynamicTest refusesWrites() {
        return dynamicTest("refuses writes", () -> {
            Recorder recorder = new Recorder();
            Datastore store = new ReadOnlyDatastore("why", recorder.store());
            for (Executable write : List.<Executable>of(
                    () -> store.put(below(), new byte[1]),
                    () -> store.delete(below()),
                    store::batch,
                    () -> store.requireDeletes(below()))) {
                assertEquals("why", assertThrows(AccessException.class, write).getMessage());
            }
            assertEquals(List.of(), recorder.calls());
        });
    }

    private static DynamicTest printsItself(Class<?> type) {
        return dynamicTest("prints itself", () -> {
            String text = String.valueOf(make(type, new Recorder()));
            String name = type.getSimpleName().replace("Datastore", "");
            assertTrue(text.startsWith(name + "(") && text.endsWith("Recorder)"), text);
        });
    }

    private static Stream<DynamicTest> forwards(Class<?> combinator, Stream<Method> calls) {
        return calls.map(method ->
                dynamicTest(method.getDeclaringClass().getSimpleName() + "." + method.getName(), () -> {
                    Recorder recorder = new Recorder();
                    Datastore store = (Datastore) make(combinator, recorder);
                    if (method.getDeclaringClass() == Datastore.class) {
                        assertEquals(combinator, ownMethod(combinator, method).getDeclaringClass(), "overridden");
                        call(store, method);
                        assertForwarded(recorder, store, method.getName());
                    } else {
                        Batch batch = store.batch();
                        batch.delete(below());
                        call(batch, method);
                        assertForwarded(recorder, store, "batch." + method.getName());
                    }
                }));
    }

    /** A batch may be opened in the child when it is first written to. */
    private static void assertForwarded(Recorder recorder, Datastore store, String call) throws DatastoreException {
        if (call.equals("batch")) {
            store.batch().delete(below());
        }
        assertTrue(recorder.calls().contains(call), () -> call + " among " + recorder.calls());
    }

    private static Method ownMethod(Class<?> type, Method method) throws NoSuchMethodException {
        return type.getMethod(method.getName(), method.getParameterTypes());
    }

    private static void call(Object target, Method method) throws ReflectiveOperationException {
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(CombinatorsTest::argument)
                .toArray();
        method.invoke(target, arguments);
    }

    private static Object argument(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "Key" -> below();
            case "byte[]" -> new byte[] {1};
            case "Query" -> Query.of(below());
            default -> throw new AssertionError("teach this test to make a " + type);
        };
    }

    /** Below {@code /x}, where all of them are mounted. */
    private static Key below() {
        return Key.of("/x/y");
    }

    private static List<Class<?>> combinators() throws Exception {
        Path classes = Path.of(Datastore.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> names = files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace(file.contains("\\") ? '\\' : '/', '.'))
                    .sorted()
                    .toList();
            List<Class<?>> found = new ArrayList<>();
            for (String name : names) {
                Class<?> type = Class.forName(name);
                if (isCombinator(type)) {
                    found.add(type);
                }
            }
            return found;
        }
    }

    private static boolean isCombinator(Class<?> type) {
        return Datastore.class.isAssignableFrom(type)
                && !type.isInterface()
                && Arrays.stream(type.getDeclaredConstructors())
                        .flatMap(constructor -> Arrays.stream(constructor.getGenericParameterTypes()))
                        .anyMatch(CombinatorsTest::holdsStore);
    }

    private static boolean holdsStore(Type type) {
        return switch (type) {
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).anyMatch(CombinatorsTest::holdsStore);
            case Class<?> record
            when record.isRecord() ->
                Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .anyMatch(CombinatorsTest::holdsStore);
            default -> type == Datastore.class;
        };
    }

    private static Object make(Type type, Recorder recorder) throws ReflectiveOperationException {
        return switch (type) {
            case ParameterizedType list
            when list.getRawType() == List.class -> List.of(make(list.getActualTypeArguments()[0], recorder));
            case ParameterizedType consumer
            when consumer.getRawType() == Consumer.class -> (Consumer<Object>) line -> {};
            case Class<?> simple -> makeSimple(simple, recorder);
            default -> throw new AssertionError("teach this test to make a " + type);
        };
    }

    private static Object makeSimple(Class<?> type, Recorder recorder) throws ReflectiveOperationException {
        if (type == Datastore.class) {
            return recorder.store();
        }
        if (type == Metrics.class) {
            return Metrics.none();
        }
        if (type == String.class) {
            return "x";
        }
        if (type == Key.class) {
            return Key.of("/x");
        }
        Constructor<?> constructor = type.getConstructors()[0];
        Type[] types = constructor.getGenericParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = make(types[i], recorder);
        }
        return constructor.newInstance(arguments);
    }
}
