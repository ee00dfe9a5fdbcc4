package io.tickbridge.gateway.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of the file. Values are taken by {@link Key}; {@link #close} refuses what nobody took. Problems are
 * collected, so that a user sees all of them at once.
 */
final class Section {
    private final Problems problems;
    private final String path;
    private final Node self;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    Section(final Problems problems, final String path, final Node node) {
        this.problems = problems;
        this.path = path;
        this.self = node;
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::put);
        } else if (node != null && !isNull(node)) {
            problems.add(node, path, "found " + Problems.show(node) + ", allowed: key: value pairs");
        }
    }

    private void put(final NodeTuple tuple) {
        final String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
        if (values.put(key, tuple.getValueNode()) != null) {
            problems.add(tuple.getKeyNode(), at(key), "the key is there twice");
        }
    }

    /** The value, or the default, or null when there is neither or the value is wrong (which is noted). */
    <T> T get(final Key<T> key) {
        known.add(key.name());
        final Node node = values.remove(key.name());
        if (node == null || isNull(node)) {
            if (key.isRequired()) {
                problems.add(self, at(key.name()), "missing, allowed: " + key.type().allowed());
            }
            return key.defaultValue();
        }
        return parse(key.type(), node, at(key.name()));
    }

    /** A list of values of one type; empty when the key is absent. */
    <T> List<T> list(final Key<T> key) {
        known.add(key.name());
        final List<T> result = new ArrayList<>();
        for (final Node node : items(values.remove(key.name()), at(key.name()))) {
            final T value = parse(key.type(), node, at(key.name()) + "[" + result.size() + "]");
            if (value != null) {
                result.add(value);
            }
        }
        return result;
    }

    /** A section inside this one; an empty one when absent, so that defaults apply. */
    Section section(final String name) {
        known.add(name);
        return new Section(problems, at(name), values.remove(name));
    }

    /** The sections of a list; empty when absent. */
    List<Section> sections(final String name) {
        known.add(name);
        final List<Section> result = new ArrayList<>();
        for (final Node node : items(values.remove(name), at(name))) {
            result.add(new Section(problems, at(name) + "[" + result.size() + "]", node));
        }
        return result;
    }

    /** All remaining values as text, in the file's order: for settings that another class checks. */
    Map<String, String> remaining() {
        final Map<String, String> result = new LinkedHashMap<>();
        values.forEach((key, node) -> result.put(key, parse(ValueType.text(), node, at(key))));
        values.clear();
        return result;
    }

    /** Notes a problem with a value that is well-formed but does not fit the others. */
    void refuse(final String key, final String what) {
        problems.add(self, at(key), what);
    }

    /** Refuses keys that nobody asked for. */
    void close() {
        values.forEach((key, node) ->
                problems.add(node, at(key), "unknown key, allowed: " + String.join(", ", known)));
    }

    private <T> T parse(final ValueType<T> type, final Node node, final String where) {
        if (node instanceof ScalarNode scalar) {
            try {
                return type.parser().apply(scalar.getValue().strip());
            } catch (final IllegalArgumentException | ArithmeticException e) {
                // Every parser says "not allowed" this way; what is allowed is the type's to say.
            }
        }
        problems.add(node, where, "found " + Problems.show(node) + ", allowed: " + type.allowed());
        return null;
    }

    private List<Node> items(final Node node, final String where) {
        if (node == null || isNull(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(node, where, "found " + Problems.show(node) + ", allowed: a list");
        return List.of();
    }

    private static boolean isNull(final Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && scalar.getValue().isEmpty();
    }

    private String at(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
