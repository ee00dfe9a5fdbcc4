package io.tickbridge.gateway.config;

import java.util.List;

/** A configuration that cannot be used. Its message lists every problem found, one a line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * A configuration with problems.
     *
     * @param problems each one whole: file, line, key path, what was found, what is allowed
     */
    public ConfigException(final List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems, one by one.
     *
     * @return at least one
     */
    public List<String> problems() {
        return problems;
    }
}
