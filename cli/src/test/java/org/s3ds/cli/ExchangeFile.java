package org.s3ds.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.s3ds.node.repo.Json;

/**
 * {@code cli-exchanges.json}: commands recorded with Kubo 0.42.0, in their order, and the files they were given.
 *
 * @param inputs file names, with what the files hold as the JSON says it
 * @param savedValues what {@code $NAME} stands for in a command line
 * @param exchanges the commands
 */
record ExchangeFile(Map<?, ?> inputs, Map<?, ?> savedValues, List<Exchange> exchanges) {
    ExchangeFile {
        exchanges = List.copyOf(exchanges);
    }

    static ExchangeFile load() throws IOException {
        return load("cli-exchanges.json");
    }

    /** Another file of this form. */
    static ExchangeFile load(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ExchangeFile.class.getResourceAsStream(name))) {
            Map<?, ?> root = (Map<?, ?>) Objects.requireNonNull(Json.parse(in.readAllBytes(), name));
            List<Exchange> exchanges = new ArrayList<>();
            for (Object command : (List<?>) at(root, "commands", List.class)) {
                exchanges.add(exchange(exchanges.size(), (Map<?, ?>) command));
            }
            return new ExchangeFile(at(root, "inputs", Map.class), at(root, "savedValues", Map.class), exchanges);
        }
    }

    private static Exchange exchange(int number, Map<?, ?> command) {
        return new Exchange(
                number,
                words(at(command, "argv", List.class)),
                at(command, "exit", Number.class).intValue(),
                text(command, "stdout"),
                text(command, "stdoutSha256"),
                text(command, "stderr").orElse(""),
                text(command, "stdin"));
    }

    private static List<String> words(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static <T> T at(Map<?, ?> map, String name, Class<T> type) {
        return Objects.requireNonNull(type.cast(map.get(name)), name);
    }

    private static Optional<String> text(Map<?, ?> map, String name) {
        return Optional.ofNullable(map.get(name)).map(String::valueOf);
    }

    /** The words of a command with their {@code $NAME}s replaced. */
    String[] words(Exchange exchange) {
        return exchange.words().stream().map(this::replaced).toArray(String[]::new);
    }

    private String replaced(String word) {
        String text = word;
        // long names first: $TREE1 is not $TREE followed by a 1
        for (Object name : savedValues.keySet().stream()
                .sorted((a, b) -> b.toString().length() - a.toString().length())
                .toList()) {
            text = text.replace("$" + name, String.valueOf(savedValues.get(name)));
        }
        return text;
    }

    /** Makes the files in a folder. */
    void layInputs(Path folder) throws Exception {
        for (Map.Entry<?, ?> input : inputs.entrySet()) {
            Path file = folder.resolve(input.getKey().toString());
            Files.createDirectories(file.getParent());
            lay(file, (Map<?, ?>) input.getValue());
        }
    }

    private static void lay(Path file, Map<?, ?> content) throws Exception {
        if (content.get("symlink") instanceof String target) {
            Files.createSymbolicLink(file, Path.of(target));
        } else if (content.containsKey("text") || content.containsKey("stream")) {
            Files.write(file, content(content));
        } else {
            Files.createDirectory(file);
        }
    }

    /** The bytes that a file of recordings describes: as text, or by what they are made from. */
    static byte[] content(Map<?, ?> content) throws Exception {
        if (content.get("base64") instanceof String coded) {
            return Base64.getDecoder().decode(coded);
        }
        return content.get("stream") instanceof String seed
                ? stream(seed, at(content, "size", Number.class).intValue())
                : at(content, "text", String.class).getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 of seed and counter, one after the other, cut to size. */
    private static byte[] stream(String seed, int size) throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        ByteBuffer bytes = ByteBuffer.allocate(size + sha.getDigestLength());
        for (long counter = 0; bytes.position() < size; counter++) {
            sha.update(seed.getBytes(StandardCharsets.UTF_8));
            bytes.put(
                    sha.digest(ByteBuffer.allocate(Long.BYTES).putLong(counter).array()));
        }
        return Arrays.copyOf(bytes.array(), size);
    }
}
