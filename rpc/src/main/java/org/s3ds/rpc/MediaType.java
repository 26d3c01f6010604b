package org.s3ds.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A value such as {@code form-data; name="file"; filename="a%20b"}, as in Content-Type and Content-Disposition.
 *
 * @param name what stands before the first semicolon, in lower case
 * @param parameters by their names in lower case
 */
record MediaType(String name, Map<String, String> parameters) {
    private static final String SPECIAL = "()<>@,;:\\\"/[]?=";

    MediaType {
        parameters = Map.copyOf(parameters);
    }

    /** What can be made out; what follows a mistake is left out. */
    static MediaType parse(String text) {
        int semicolon = text.indexOf(';');
        String name = semicolon < 0 ? text : text.substring(0, semicolon);
        Map<String, String> parameters = new HashMap<>();
        if (semicolon >= 0) {
            new Scanner(text, semicolon).readInto(parameters);
        }
        return new MediaType(name.strip().toLowerCase(Locale.ROOT), parameters);
    }

    /** A parameter's value; empty when there is none. */
    String parameter(String key) {
        return parameters.getOrDefault(key, "");
    }

    private static final class Scanner {
        private final String text;
        private int at;

        Scanner(String text, int at) {
            this.text = text;
            this.at = at;
        }

        void readInto(Map<String, String> parameters) {
            while (at < text.length() && text.charAt(at) == ';') {
                at++;
                int equals = text.indexOf('=', at);
                if (equals < 0) {
                    return;
                }
                String key = text.substring(at, equals).strip().toLowerCase(Locale.ROOT);
                at = equals + 1;
                String value = value();
                if (key.endsWith("*")) {
                    parameters.put(key.substring(0, key.length() - 1), extended(value));
                } else {
                    parameters.putIfAbsent(key, value);
                }
            }
        }

        private String value() {
            if (at < text.length() && text.charAt(at) == '"') {
                return quoted();
            }
            int end = text.indexOf(';', at);
            end = end < 0 ? text.length() : end;
            String value = text.substring(at, end).strip();
            at = end;
            return value;
        }

        /** A backslash escapes what is special; before anything else it is one, since Windows has it in paths. */
        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                boolean escapes =
                        text.charAt(at) == '\\' && at + 1 < text.length() && SPECIAL.indexOf(text.charAt(at + 1)) >= 0;
                at += escapes ? 1 : 0;
                value.append(text.charAt(at));
            }
            int next = text.indexOf(';', at);
            at = next < 0 ? text.length() : next;
            return value.toString();
        }

        /** {@code UTF-8''a%20b} of RFC 2231. */
        private static String extended(String value) {
            int quote = value.indexOf('\'', value.indexOf('\'') + 1);
            return new String(
                    Escapes.percents(value.substring(quote + 1).getBytes(UTF_8)).orElse(new byte[0]), UTF_8);
        }
    }
}
