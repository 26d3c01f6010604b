package org.s3ds.node.repo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What in a config is not for eyes: left out or masked where it is shown, and kept where a mask comes back. */
final class ConfigSecrets {
    private static final String MASK = "***";

    /** Who may ask a daemon for what. */
    static final String AUTHORIZATIONS = "API.Authorizations";

    /** Names in the datastore spec that hold a secret have one of these in them, a misspelt {@code SecretKey} too. */
    private static final List<String> SPEC_SECRETS = List.of("secret", "token", "password");

    /** User and password in an address, such as that of a proxy. */
    private static final Pattern WHO = Pattern.compile("(?<=://)[^/@]+(?=@)");

    /** Left out, as Kubo does; {@code *} is any key. */
    private static final List<List<String>> REMOVED = List.of(
            List.of("Identity", "PrivKey"),
            List.of("API", "Authorizations"),
            List.of("AutoTLS", "RegistrationToken"),
            List.of("Pinning", "RemoteServices", "*", "API", "Key"));

    /** Masked where a part of the config is shown; {@code *} is any key. Those in the datastore spec come on top. */
    private static final List<List<String>> MASKED = List.of(
            List.of("Identity", "PrivKey"),
            List.of("API", "Authorizations", "*", "AuthSecret"),
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

    /** Whether a key is who may ask a daemon for what, or a part of that. */
    static boolean isAboutAuthorizations(List<String> key) {
        List<String> start = List.of(AUTHORIZATIONS.split("\\."));
        return key.size() >= start.size()
                && String.join(".", key.subList(0, start.size())).equalsIgnoreCase(AUTHORIZATIONS);
    }

    /** All that no client of a daemon may change, by where it stands. */
    static Map<List<String>, Object> in(Map<String, @Nullable Object> root) {
        Map<List<String>, Object> secrets = new HashMap<>();
        collect(root, List.of(), List.of(), secrets);
        return secrets;
    }

    /** @param place the path, and the numbers of elements of lists on the way */
    private static void collect(
            @Nullable Object at, List<String> path, List<String> place, Map<List<String>, Object> secrets) {
        switch (at) {
            case Map<?, ?> map
            when isAboutAuthorizations(path) -> {
                if (!map.isEmpty()) {
                    secrets.put(place, map);
                }
            }
            case Map<?, ?> map ->
                map.forEach((name, child) ->
                        collect(child, below(path, (String) name), below(place, (String) name), secrets));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    collect(list.get(i), path, below(place, String.valueOf(i)), secrets);
                }
            }
            case null -> {}
            default -> {
                if (isAboutAuthorizations(path) || !at.equals(masked(at, path))) {
                    secrets.put(place, at);
                }
            }
        }
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

    /** What stands at a path, with all secrets masked, at any depth. */
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
            case String text -> masked(text, path);
            default -> isSecret(path) ? MASK : at;
        };
    }

    private static String masked(String text, List<String> path) {
        if (isSecret(path)) {
            return text.isEmpty() ? text : MASK;
        }
        return isInSpec(path) ? WHO.matcher(text).replaceFirst(Matcher.quoteReplacement(MASK)) : text;
    }

    /**
     * A changed config with the old secrets where masks stand.
     *
     * @throws ConfigException when a mask stands where there was no secret
     */
    static Map<String, @Nullable Object> unmasked(
            Map<String, @Nullable Object> changed, Map<String, @Nullable Object> old) throws ConfigException {
        return unmaskedMap(changed, old, List.of());
    }

    /** The same for a whole file that may also leave out what {@code config show} leaves out: that stays. */
    static Map<String, @Nullable Object> completed(
            Map<String, @Nullable Object> changed, Map<String, @Nullable Object> old) throws ConfigException {
        Map<String, @Nullable Object> whole = changed;
        for (List<String> path : REMOVED) {
            whole = withMissing(whole, old, path);
        }
        return unmasked(whole, old);
    }

    private static Map<String, @Nullable Object> withMissing(
            Map<String, @Nullable Object> changed, Map<?, ?> old, List<String> path) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(changed);
        for (Map.Entry<?, ?> entry : old.entrySet()) {
            String name = (String) entry.getKey();
            if (!path.getFirst().equals("*") && !path.getFirst().equals(name)) {
                continue;
            }
            if (path.size() == 1) {
                copy.putIfAbsent(name, entry.getValue());
            } else if (entry.getValue() instanceof Map<?, ?> below && copy.get(name) instanceof Map<?, ?> ours) {
                copy.put(name, withMissing(strings(ours), below, path.subList(1, path.size())));
            }
        }
        return copy;
    }

    private static Map<String, @Nullable Object> strings(Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put((String) key, value));
        return copy;
    }

    private static Map<String, @Nullable Object> unmaskedMap(Map<?, ?> changed, @Nullable Object old, List<String> path)
            throws ConfigException {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : changed.entrySet()) {
            String name = (String) entry.getKey();
            Object before = old instanceof Map<?, ?> map ? map.get(name) : null;
            copy.put(name, unmasked(entry.getValue(), before, below(path, name)));
        }
        return copy;
    }

    private static @Nullable Object unmasked(@Nullable Object at, @Nullable Object old, List<String> path)
            throws ConfigException {
        if (at instanceof Map<?, ?> map) {
            return unmaskedMap(map, old, path);
        }
        if (at instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                copy.add(unmasked(list.get(i), twin(list.get(i), i, old), path));
            }
            return copy;
        }
        if (!(at instanceof String text)
                || !text.contains(MASK)
                || !masked(text, path).equals(text)) {
            return at;
        }
        if (old instanceof String secret
                && !secret.equals(text)
                && masked(secret, path).equals(text)) {
            return secret;
        }
        if (!isSecret(path) && !(isInSpec(path) && WHO.matcher(text).find())) {
            return at;
        }
        throw new ConfigException(String.join(".", path) + (isSecret(path) ? " is" : " has")
                + " ***, which stands for the secret that was there, and there was none");
    }

    /** What an element of a list was before: a mount is known by its mountpoint, anything else by its place. */
    private static @Nullable Object twin(@Nullable Object element, int place, @Nullable Object old) {
        if (!(old instanceof List<?> list)) {
            return null;
        }
        if (element instanceof Map<?, ?> mount && mount.get("mountpoint") instanceof String point) {
            return list.stream()
                    .filter(other -> other instanceof Map<?, ?> map && point.equals(map.get("mountpoint")))
                    .findFirst()
                    .orElse(null);
        }
        return place < list.size() ? list.get(place) : null;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    private static boolean isSecret(List<String> path) {
        return isSpecSecret(path) || MASKED.stream().anyMatch(secret -> matches(secret, path));
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        if (pattern.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            if (!pattern.get(i).equals("*") && !pattern.get(i).equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpecSecret(List<String> path) {
        String name = path.isEmpty() ? "" : path.getLast().toLowerCase(Locale.ROOT);
        return isInSpec(path) && SPEC_SECRETS.stream().anyMatch(name::contains);
    }

    private static boolean isInSpec(List<String> path) {
        return path.size() > 2 && path.get(0).equals("Datastore") && path.get(1).equals("Spec");
    }
}
