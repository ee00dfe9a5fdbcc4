package io.tickbridge.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Prints the reference of all keys, so that documentation and reader cannot disagree. */
public final class ConfigReference {
    private static final String EXAMPLE = "example.yaml";

    private ConfigReference() {
    }

    /**
     * The reference.
     *
     * @return Markdown: a table for each section, and a whole example at the end
     */
    public static String markdown() {
        final StringBuilder out = new StringBuilder(16_384);
        out.append("""
                # Configuration

                The gateway reads one YAML file. `tickbridge check-config FILE` says all that is wrong with it: file, line,
                key, what was found, what is allowed. Unknown keys are refused. This page is printed by
                `tickbridge check-config --reference`; a whole [example](#example) stands at its end.

                Durations are written with their unit (`250us`, `5ms`, `1s`), sizes too (`64KiB`, `16MiB`). `[]` stands for
                each entry of a list. A key with nothing after it counts as left out.

                What the gateway needs of memory is taken outside the Java heap: `reorder-window` of every feed, `journal.ring`,
                `link.retain`, and two of `link.peer-buffer` for each of `link.max-peers`. The launcher allows 1 GiB of it
                altogether; a configuration that could take more is refused, with the largest of them named, before anything
                starts. `TICKBRIDGE_JAVA_OPTS=-XX:MaxDirectMemorySize=2g` allows more.
                """);
        Keys.groups().forEach(group -> append(out, group));
        out.append("\n## Example\n\n```yaml\n").append(example()).append("```\n");
        return out.toString();
    }

    /**
     * A whole configuration for one live channel with two lines, commented.
     *
     * @return YAML
     */
    public static String example() {
        try (InputStream in = ConfigReference.class.getResourceAsStream(EXAMPLE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(final StringBuilder out, final Keys.Group group) {
        out.append("\n## ").append(group.path().isEmpty() ? "Top level" : '`' + group.path() + '`').append("\n\n");
        if (!group.path().isEmpty()) {
            out.append(group.purpose()).append("\n\n");
        }
        out.append("| key | allowed | default | what it does |\n|---|---|---|---|\n");
        for (final Key<?> key : group.keys()) {
            out.append("| `").append(key.name()).append("` | ").append(key.allowed()).append(" | ")
                    .append(defaultOf(key)).append(" | ").append(key.explanation()).append(" |\n");
        }
    }

    private static String defaultOf(final Key<?> key) {
        if (key.isRequired()) {
            return "required";
        }
        return key.defaultText().isEmpty() ? "none" : '`' + key.defaultText() + '`';
    }
}
