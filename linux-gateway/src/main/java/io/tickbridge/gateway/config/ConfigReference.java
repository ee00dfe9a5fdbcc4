package io.tickbridge.gateway.config;

/** Prints the reference of all keys, so that documentation and reader cannot disagree. */
public final class ConfigReference {
    private ConfigReference() {
    }

    /**
     * The reference.
     *
     * @return Markdown, one table a section
     */
    public static String markdown() {
        final StringBuilder out = new StringBuilder(8192);
        out.append("""
                # Configuration

                The gateway reads one YAML file. `tickbridge check-config FILE` says what is wrong with it: file, line, key,
                what was found, what is allowed. Unknown keys are refused. This page is printed by
                `tickbridge check-config --reference`.

                Durations are written with their unit (`250us`, `5ms`, `1s`), sizes too (`64KiB`, `16MiB`).
                """);
        for (final Keys.Group group : Keys.groups()) {
            out.append("\n## ").append(group.path().isEmpty() ? "Top level" : '`' + group.path() + '`').append("\n\n");
            if (!group.path().isEmpty()) {
                out.append(group.purpose()).append("\n\n");
            }
            out.append("| key | allowed | default | what it does |\n|---|---|---|---|\n");
            for (final Key<?> key : group.keys()) {
                out.append("| `").append(key.name()).append("` | ").append(key.type().allowed()).append(" | ")
                        .append(defaultOf(key)).append(" | ").append(key.explanation()).append(" |\n");
            }
        }
        return out.toString();
    }

    private static String defaultOf(final Key<?> key) {
        if (key.isRequired()) {
            return "required";
        }
        return key.defaultText().isEmpty() ? "none" : '`' + key.defaultText() + '`';
    }
}
