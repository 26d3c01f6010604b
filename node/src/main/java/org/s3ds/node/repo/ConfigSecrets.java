package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What in a config is not for eyes. */
final class ConfigSecrets {
    private static final String MASK = "***";
    private static final Set<String> SPEC_SECRETS = Set.of("secretKey", "sessionToken");

    /** Left out, as Kubo does; {@code *} is any key. */
    private static final List<List<String>> REMOVED = List.of(
            List.of("Identity", "PrivKey"),
            List.of("API", "Authorizations"),
            List.of("AutoTLS", "RegistrationToken"),
            List.of("Pinning", "RemoteServices", "*", "API", "Key"));

    private ConfigSecrets() {}

    /** Whether a key, in lower case, is the credentials of a remote pinning service or what would show them. */
    static boolean isRemoteServiceKey(List<String> lowerCase) {
        List<String> path = List.of("pinning", "remoteservices", "*", "api", "key");
        if (lowerCase.size() < 2 || lowerCase.size() > path.size()) {
            return false;
        }
        for (int i = 0; i < lowerCase.size(); i++) {
            if (!path.get(i).equals("*") && !path.get(i).equals(lowerCase.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** A copy with everything removed or masked. */
    static @Nullable Object hidden(Map<String, @Nullable Object> root) {
        Object copy = root;
        for (List<String> path : REMOVED) {
            copy = without(copy, path);
        }
        return masked(copy, List.of());
    }

    private static @Nullable Object without(@Nullable Object at, List<String> path) {
        if (!(at instanceof Map<?, ?> map)) {
            return at;
        }
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((name, child) -> {
            boolean matches = path.getFirst().equals("*") || path.getFirst().equals(name);
            if (!matches) {
                copy.put((String) name, child);
            } else if (path.size() > 1) {
                copy.put((String) name, without(child, path.subList(1, path.size())));
            }
        });
        return copy;
    }

    /** What stands at a path, with the secrets of {@code Datastore.Spec} masked, at any depth. */
    static @Nullable Object masked(@Nullable Object at, List<String> path) {
        return switch (at) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((name, child) -> copy.put((String) name, masked(child, below(path, (String) name))));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(child -> copy.add(masked(child, path)));
                yield copy;
            }
            case null -> null;
            default -> isSpecSecret(path) && !"".equals(at) ? MASK : at;
        };
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    private static boolean isSpecSecret(List<String> path) {
        return path.size() > 2
                && path.get(0).equals("Datastore")
                && path.get(1).equals("Spec")
                && SPEC_SECRETS.contains(path.getLast());
    }
}
