package io.tickbridge.gateway.config;

import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Where each key of one configuration stands, so that whoever finds fault with a value can say where it is. */
public final class Places {
    private final String file;
    private final Map<String, Integer> lines = new HashMap<>();

    Places(final String file) {
        this.file = file;
    }

    void put(final String path, final Node node) {
        node.getStartMark().ifPresent(mark -> lines.putIfAbsent(path, mark.getLine() + 1));
    }

    /** Whether the file has a value at a path. */
    boolean has(final String path) {
        return lines.containsKey(path);
    }

    /**
     * A value's place.
     *
     * @param path of the value, for example {@code feeds[0].lines[1].port}; when the file does not have it, the place
     *             of what should hold it is given
     * @return file and line, {@code gateway.yaml:12}
     */
    public String of(final String path) {
        final Integer line = lines.get(path);
        if (line != null) {
            return file + ":" + line;
        }
        final int parent = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return path.isEmpty() ? file : of(path.substring(0, Math.max(0, parent)));
    }
}
