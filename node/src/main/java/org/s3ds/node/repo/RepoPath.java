package org.s3ds.node.repo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where the repo is. */
public final class RepoPath {
    private RepoPath() {}

    /**
     * {@code $IPFS_PATH}, or {@code ~/.ipfs} when it is unset or empty. A leading {@code ~/}, or {@code ~} alone, is
     * the home folder.
     *
     * @param environment the environment variables of the process
     * @throws RepoException when the home folder is needed and not known, or another user's is meant
     */
    public static Path of(Map<String, String> environment) throws RepoException {
        String path = environment.getOrDefault("IPFS_PATH", "");
        return expand(path.isEmpty() ? "~/.ipfs" : path, environment);
    }

    /** A path with its leading {@code ~}, if any, replaced by {@code $HOME}; made absolute. */
    public static Path expand(String path, Map<String, String> environment) throws RepoException {
        if (!path.startsWith("~")) {
            return Path.of(path).toAbsolutePath().normalize();
        }
        if (path.length() > 1 && path.charAt(1) != '/') {
            throw new RepoException("cannot expand user-specific home dir");
        }
        String home = Optional.ofNullable(environment.get("HOME"))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new RepoException(
                        "$HOME is not defined, so ~ means nothing; set it, or set IPFS_PATH to a folder"));
        return Path.of(home + path.substring(1)).toAbsolutePath().normalize();
    }
}
