package org.s3ds.node.repo;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files in the folder {@code keystore} of a repo. Each is written whole, once, for its owner's eyes alone, and
 * nobody may write to it. Whoever writes one has the repo's lock, so no other process makes one meanwhile.
 */
public final class KeyFiles {
    private final Path folder;
    private final Optional<String> refusal;

    KeyFiles(Path folder, Optional<String> refusal) {
        this.folder = folder;
        this.refusal = refusal;
    }

    /** Those of a repo that another process may have open: to be read. */
    public static KeyFiles toRead(Path repo) {
        return new KeyFiles(repo.resolve(Repo.KEYSTORE), Optional.of("the keys of this repo are only read here"));
    }

    /** The names of all files, in no sequence; none where there is no folder yet. */
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Where a file is, or would be. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** The bytes of a file; empty when there is none of that name. */
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(name)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a new file, durably.
     *
     * @throws FileAlreadyExistsException when there is one of that name
     * @throws RepoException when the repo is only read
     */
    public void create(String name, byte[] bytes) throws IOException {
        requireWritable();
        requireAbsent(name);
        RepoFiles.write(folder, name, bytes, RepoFiles.SECRET_FILE);
    }

    /**
     * Gives a file another name, in one step.
     *
     * @param replace whether one that has that name goes
     * @throws FileAlreadyExistsException when there is one, and it may not go
     * @throws RepoException when the repo is only read
     */
    public void rename(String from, String to, boolean replace) throws IOException {
        requireWritable();
        if (!replace) {
            requireAbsent(to);
        }
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        RepoFiles.syncFolder(folder);
    }

    /**
     * Removes a file, which is there.
     *
     * @throws RepoException when the repo is only read
     */
    public void delete(String name) throws IOException {
        requireWritable();
        Files.delete(path(name));
        RepoFiles.syncFolder(folder);
    }

    private void requireAbsent(String name) throws IOException {
        if (RepoFiles.exists(path(name))) {
            throw new FileAlreadyExistsException(path(name).toString());
        }
    }

    private void requireWritable() throws RepoException {
        if (refusal.isPresent()) {
            throw new RepoException(refusal.get());
        }
    }
}
