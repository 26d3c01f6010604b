package org.s3ds.node.unixfs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which files are left out of an add, in the syntax of gitignore: {@code *}, {@code ?}, {@code [a-z]}, {@code **},
 * {@code !} to take back, a final {@code /} for directories alone, a {@code /} elsewhere to bind the pattern to the
 * folder that is added. The last rule that fits decides. (Kubo compares names alone: there a rule with a {@code /}
 * before its end hides nothing, and what it was meant to hide is published.)
 */
public final class IgnoreRules {
    /** Rules that leave nothing out. */
    public static final IgnoreRules NONE = new IgnoreRules(List.of());

    private final List<Rule> rules;

    private IgnoreRules(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads rules.
     *
     * @param lines one rule a line; blank lines and lines that begin with {@code #} are none
     */
    public static IgnoreRules parse(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            Rule.parse(line).ifPresent(rules::add);
        }
        return new IgnoreRules(List.copyOf(rules));
    }

    /**
     * Whether a file is left out.
     *
     * @param path its path below the folder that is added, with {@code /} between names
     * @param directory whether it is a directory
     */
    public boolean ignores(String path, boolean directory) {
        for (Rule rule : rules.reversed()) {
            if (rule.fits(path, directory)) {
                return !rule.takesBack;
            }
        }
        return false;
    }

    private record Rule(Pattern pattern, boolean takesBack, boolean directoriesOnly) {
        static Optional<Rule> parse(String line) {
            String text = withoutTrailingSpaces(line);
            if (text.isEmpty() || text.startsWith("#")) {
                return Optional.empty();
            }
            boolean takesBack = text.startsWith("!");
            text = takesBack ? text.substring(1) : text;
            boolean directoriesOnly = text.endsWith("/");
            text = directoriesOnly ? text.substring(0, text.length() - 1) : text;
            return compile(text).map(pattern -> new Rule(pattern, takesBack, directoriesOnly));
        }

        boolean fits(String path, boolean directory) {
            return (directory || !directoriesOnly) && pattern.matcher(path).matches();
        }

        private static String withoutTrailingSpaces(String line) {
            int end = line.length();
            while (end > 0 && Character.isWhitespace(line.charAt(end - 1)) && !escaped(line, end - 1)) {
                end--;
            }
            return line.substring(0, end);
        }

        private static boolean escaped(String line, int at) {
            return at > 0 && line.charAt(at - 1) == '\\';
        }

        /** Git passes over a pattern that cannot be read; so do we. */
        private static Optional<Pattern> compile(String glob) {
            boolean bound = glob.indexOf('/') >= 0;
            String body = glob.startsWith("/") ? glob.substring(1) : glob;
            try {
                return body.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Pattern.compile((bound ? "" : "(?:.*/)?") + new Glob(body).regex(), Pattern.DOTALL));
            } catch (PatternSyntaxException e) {
                return Optional.empty();
            }
        }
    }

    /** A gitignore pattern on its way to a regular expression. */
    private static final class Glob {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;

        Glob(String glob) {
            this.glob = glob;
        }

        String regex() {
            while (at < glob.length()) {
                step();
            }
            return regex.toString();
        }

        private void step() {
            char c = glob.charAt(at);
            switch (c) {
                case '*' -> star();
                case '?' -> add("[^/]", 1);
                case '[' -> range();
                case '\\' -> {
                    at++;
                    literal(at < glob.length() ? glob.charAt(at) : '\\');
                }
                default -> literal(c);
            }
        }

        private void star() {
            boolean begins = at == 0 || glob.charAt(at - 1) == '/';
            if (begins && glob.startsWith("**/", at)) {
                add("(?:.*/)?", 3);
            } else if (begins && glob.substring(at).equals("**")) {
                add(".+", 2);
            } else {
                add("[^/]*", 1);
            }
        }

        private void range() {
            int end = glob.indexOf(']', at + 2);
            if (end < 0) {
                literal('[');
                return;
            }
            String inside = glob.substring(at + 1, end);
            boolean not = inside.startsWith("!") || inside.startsWith("^");
            String members = (not ? inside.substring(1) : inside)
                    .replace("[", "\\[")
                    .replace("&", "\\&")
                    .replace("^", "\\^");
            add((not ? "[^/" : "[") + members + "]", end + 1 - at);
        }

        private void literal(char c) {
            add(Pattern.quote(String.valueOf(c)), 1);
        }

        private void add(String expression, int length) {
            regex.append(expression);
            at += length;
        }
    }
}
