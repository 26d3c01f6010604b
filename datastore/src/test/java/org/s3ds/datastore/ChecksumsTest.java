package org.s3ds.datastore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a store keeps of its values, through every combinator. */
final class ChecksumsTest {
    private static final Key BLOCKS = Key.of("/blocks");

    /** A store that says of every key that it keeps the hash of its name there. */
    private static Datastore store(Checksums kept) {
        MemoryDatastore memory = new MemoryDatastore();
        return (Datastore) Proxy.newProxyInstance(
                Datastore.class.getClassLoader(),
                new Class<?>[] {Datastore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "sha256" -> hash(String.valueOf(arguments[0]));
                    case "checksums" -> kept;
                    default -> method.invoke(memory, arguments);
                });
    }

    private static Optional<Sha256> hash(String name) throws GeneralSecurityException {
        return Optional.of(Sha256.of(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8))));
    }

    private static Datastore mount(Checksums blocks) {
        return new MountDatastore(List.of(
                new MountDatastore.Mount(Key.ROOT, new MemoryDatastore()),
                new MountDatastore.Mount(BLOCKS, store(blocks))));
    }

    @Test
    void aKeyIsCalledAsTheStoreInsideCallsIt() throws Exception {
        Key key = Key.of("/blocks/A");
        assertEquals(hash("/x/blocks/A"), new PrefixDatastore(Key.of("/x"), store(Checksums.EACH)).sha256(key));
        List<String> lines = new ArrayList<>();
        Datastore all = new ReadOnlyDatastore(
                "why",
                new MeasuredDatastore("m", new LogDatastore("l", mount(Checksums.EACH), lines::add), Metrics.none()));
        assertEquals(hash("/A"), all.sha256(key));
        assertEquals(Optional.empty(), all.sha256(Key.of("/pins/A")));
        assertEquals(Checksums.EACH, all.checksums(BLOCKS));
        assertEquals(List.of("l: sha256 /blocks/A", "l: sha256 /pins/A"), lines);
    }

    @Test
    void storesThatDifferLeaveItOpen() throws Exception {
        assertEquals(Checksums.PERHAPS, mount(Checksums.EACH).checksums(Key.ROOT));
        assertEquals(Checksums.NONE, mount(Checksums.EACH).checksums(Key.of("/pins")));
        assertEquals(Checksums.NONE, mount(Checksums.NONE).checksums(Key.ROOT));
        assertEquals(Checksums.NONE, new MountDatastore(List.of()).checksums(BLOCKS));
    }

    @Test
    void aHashThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Sha256.of(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> new Sha256("A".repeat(64)));
    }
}
