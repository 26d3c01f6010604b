package org.s3ds.node.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.s3ds.ipld.FormatException;
import org.s3ds.ipld.keys.PeerId;
import org.s3ds.ipld.keys.PrivateKey;
import org.s3ds.node.repo.Config;
import org.s3ds.node.repo.KeyFiles;
import org.s3ds.node.repo.Repo;

/**
 * The keys of a node: its own, called {@code self}, which is in the config, and those that have other names, a file
 * each.
 */
public final class Keystore {
    /** What the node's own key is called. */
    public static final String SELF = "self";

    private static final String NONE = "no key by the given name was found";

    private final Config config;
    private final KeyFiles files;

    /** Of an open repo. */
    public Keystore(Repo repo) {
        this(repo.config(), repo.keys());
    }

    private Keystore(Config config, KeyFiles files) {
        this.config = config;
        this.files = files;
    }

    /**
     * To be read only, beside whoever has the repo open: each key is a file that is there as a whole, or not at all.
     *
     * @param repo its folder
     * @param config as it stands in that folder
     */
    public static Keystore toRead(Path repo, Config config) {
        return new Keystore(config, KeyFiles.toRead(repo));
    }

    /** The names of all keys but the node's own, in the order of their bytes. */
    public List<String> names() throws IOException {
        return files.names().stream()
                .flatMap(file -> KeyName.key(file).stream())
                .sorted((a, b) -> Arrays.compareUnsigned(bytes(a), bytes(b)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The node's own key.
     *
     * @throws KeyException when the config has none, or that of another node
     */
    public PrivateKey self() throws KeyException {
        String where = "Identity.PrivKey in the config";
        PrivateKey key;
        try {
            String text = String.valueOf(config.find("Identity.PrivKey").orElse(""));
            key = PrivateKey.decode(Base64.getDecoder().decode(text));
        } catch (FormatException e) {
            throw new KeyException(where + " is no private key: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new KeyException(where + " is not in base64"); // without the cause, which tells of the key
        }
        Object id = config.find("Identity.PeerID").orElse("");
        if (!key.peerId().toString().equals(id)) {
            throw new KeyException("private key in config does not match id: " + id + " != " + key.peerId());
        }
        return key;
    }

    /**
     * The key of a name, {@code self} too; empty when there is none.
     *
     * @throws KeyException when the name can be no key's, or the file is damaged
     */
    public Optional<PrivateKey> find(String name) throws IOException {
        if (name.equals(SELF)) {
            return Optional.of(self());
        }
        String file = KeyName.file(name);
        Optional<byte[]> bytes = files.read(file);
        try {
            return bytes.isEmpty() ? Optional.empty() : Optional.of(PrivateKey.decode(bytes.get()));
        } catch (FormatException e) {
            throw new KeyException(
                    "cannot deserialize private key file \"%s\": %s".formatted(files.path(file), e.getMessage()), e);
        }
    }

    /**
     * The key of a name.
     *
     * @throws KeyException when there is none
     */
    public PrivateKey get(String name) throws IOException {
        return find(name).orElseThrow(() -> new KeyException(NONE));
    }

    /**
     * The key of a name, or with an id, in any of its texts.
     *
     * @throws KeyException when there is none
     */
    public PrivateKey lookUp(String nameOrId) throws IOException {
        Optional<PrivateKey> named = find(nameOrId);
        if (named.isPresent()) {
            return named.get();
        }
        PeerId id;
        try {
            id = PeerId.parse(nameOrId);
        } catch (FormatException e) {
            throw new KeyException(NONE, e);
        }
        PrivateKey self = self();
        if (self.peerId().equals(id)) {
            return self;
        }
        for (String name : names()) {
            PrivateKey key = get(name);
            if (key.peerId().equals(id)) {
                return key;
            }
        }
        throw new KeyException("no key by the given name or PeerID was found");
    }

    /**
     * Makes sure that a new key may be called so.
     *
     * @param what is to be done, such as {@code create}, for the sentence
     * @throws KeyException when it may not, or there is one of that name
     */
    public void requireNew(String name, String what) throws IOException {
        refuseSelf(name, what);
        KeyName.requireFit(name);
        if (files.read(KeyName.file(name)).isPresent()) {
            throw new KeyException("key with name '%s' already exists".formatted(name));
        }
    }

    /** Refuses to do something to the node's own key. */
    private static void refuseSelf(String name, String what) throws KeyException {
        if (name.equals(SELF)) {
            throw new KeyException("cannot %s key with name 'self'".formatted(what));
        }
    }

    /**
     * Keeps a key under a new name. It is durable on return.
     *
     * @throws KeyException when the name may not be, or there is one of that name
     */
    public void add(String name, PrivateKey key) throws IOException {
        requireNew(name, "create");
        files.create(KeyName.file(name), key.encode());
    }

    /**
     * A key that may be removed.
     *
     * @throws KeyException when there is none of that name, or it is the node's own
     */
    public PrivateKey removable(String name) throws IOException {
        refuseSelf(name, "remove");
        return named(name);
    }

    /**
     * Forgets a key for good.
     *
     * @throws KeyException when there is none of that name, or it is the node's own
     */
    public void remove(String name) throws IOException {
        removable(name);
        files.delete(KeyName.file(name));
    }

    /**
     * The key that is to be handed out.
     *
     * @throws KeyException when there is none of that name, or it is the node's own
     */
    public PrivateKey export(String name) throws IOException {
        refuseSelf(name, "export");
        return find(name).orElseThrow(() -> new KeyException("key with name '%s' doesn't exist".formatted(name)));
    }

    private PrivateKey named(String name) throws IOException {
        return find(name).orElseThrow(() -> new KeyException("no key named %s was found".formatted(name)));
    }

    /**
     * A key that has another name now.
     *
     * @param replaced whether another key was called so, and is gone
     */
    public record Renamed(PrivateKey key, boolean replaced) {}

    /**
     * Gives a key another name, in one step.
     *
     * @param replace whether a key that has that name goes
     * @throws KeyException when there is no such key, or one of the new name, and it may not go
     */
    public Renamed rename(String from, String to, boolean replace) throws IOException {
        refuseSelf(from, "rename");
        refuseSelf(to, "overwrite");
        PrivateKey key = named(from);
        if (to.equals(from)) {
            return new Renamed(key, false);
        }
        KeyName.requireFit(to);
        boolean replaced = files.read(KeyName.file(to)).isPresent();
        try {
            files.rename(KeyName.file(from), KeyName.file(to), replace);
        } catch (FileAlreadyExistsException e) {
            throw new KeyException("key by that name already exists, refusing to overwrite", e);
        }
        return new Renamed(key, replaced);
    }
}
