package org.s3ds.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Other places with copies, and the space of a part, through every combinator. */
final class CopiesTest {
    private static final Key BLOCKS = Key.of("/blocks");

    /** A store whose one other place has of every key its name there; it takes so many bytes, if it knows. */
    private static Datastore store(OptionalLong bytes) {
        MemoryDatastore memory = new MemoryDatastore();
        CopySource names = key -> Optional.of(key.toString().getBytes(UTF_8));
        return (Datastore) Proxy.newProxyInstance(
                Datastore.class.getClassLoader(),
                new Class<?>[] {Datastore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "copies" -> List.of(names);
                    case "diskUsage" -> bytes;
                    default -> method.invoke(memory, arguments);
                });
    }

    private static Optional<String> copy(Datastore store, String key) throws DatastoreException {
        List<CopySource> copies = store.copies(BLOCKS);
        assertEquals(1, copies.size());
        return copies.getFirst().get(Key.of(key)).map(value -> new String(value, UTF_8));
    }

    @Test
    void aKeyIsCalledAsTheStoreInsideCallsIt() throws Exception {
        Datastore inner = store(OptionalLong.empty());
        assertEquals(Optional.of("/x/blocks/A"), copy(new PrefixDatastore(Key.of("/x"), inner), "/blocks/A"));
        List<String> lines = new ArrayList<>();
        Datastore mount = new MountDatastore(List.of(
                new MountDatastore.Mount(Key.ROOT, new MemoryDatastore()), new MountDatastore.Mount(BLOCKS, inner)));
        Datastore all = new ReadOnlyDatastore(
                "why", new MeasuredDatastore("m", new LogDatastore("l", mount, lines::add), Metrics.none()));
        assertEquals(Optional.of("/A"), copy(all, "/blocks/A"));
        assertEquals(Optional.empty(), copy(all, "/pins/A"));
        assertEquals(List.of(), all.copies(Key.of("/pins")));
        assertEquals("l: copy /blocks/A", lines.get(1));
    }

    @Test
    void theSpaceOfAPartIsKnownWhereAllItsStoresKnowTheirs() throws Exception {
        Datastore mount = new MountDatastore(List.of(
                new MountDatastore.Mount(Key.ROOT, store(OptionalLong.of(5))),
                new MountDatastore.Mount(BLOCKS, store(OptionalLong.of(7))),
                new MountDatastore.Mount(Key.of("/other"), store(OptionalLong.empty()))));
        assertEquals(OptionalLong.of(7), mount.diskUsage(BLOCKS));
        assertEquals(OptionalLong.of(5), mount.diskUsage(Key.of("/pins/pin")));
        assertEquals(OptionalLong.empty(), mount.diskUsage(Key.of("/other")));
        assertEquals(OptionalLong.empty(), mount.diskUsage(Key.ROOT), "not all of them know");
        assertEquals(OptionalLong.of(12), mount.diskUsage(), "of those that know");
        assertEquals(OptionalLong.empty(), new MountDatastore(List.of()).diskUsage(BLOCKS));
    }
}
