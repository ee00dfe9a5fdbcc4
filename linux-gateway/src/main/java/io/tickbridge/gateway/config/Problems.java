package io.tickbridge.gateway.config;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Problems found in one file, each with its place. */
final class Problems {
    private final String file;
    private final List<String> found = new ArrayList<>();

    Problems(final String file) {
        this.file = file;
    }

    /** Notes one problem; a null node means the file as a whole. */
    void add(final Node node, final String path, final String what) {
        final String line = node == null
                ? ""
                : node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
        found.add(file + line + ": " + (path.isEmpty() ? "" : path + ": ") + what);
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new ConfigException(found);
        }
    }

    static String show(final Node node) {
        if (node instanceof ScalarNode scalar) {
            return '"' + scalar.getValue() + '"';
        }
        return node instanceof MappingNode ? "key: value pairs" : "a list";
    }
}
