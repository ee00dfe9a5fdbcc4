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
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of the file. Values are taken by {@link Key}; {@link #close} refuses what nobody took. Problems are
 * collected, so that a user sees all of them at once.
 */
final class Section {
    private static final int SHOWN = 60; // characters of a wrong value; enough to find it

    private final Problems problems;
    private final String path;
    private final boolean wellFormed;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    /** A section; null or nothing written stands for an empty one. */
    Section(final Problems problems, final String path, final Node node) {
        this.problems = problems;
        this.path = path;
        this.wellFormed = isAbsent(node) || node instanceof MappingNode;
        if (node != null) {
            problems.places().put(path, node);
        }
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(this::put);
        } else if (!wellFormed) {
            problems.add(path, "found " + show(node) + ", allowed: key: value pairs");
        }
    }

    private void put(final NodeTuple tuple) {
        final Node key = tuple.getKeyNode();
        final String name = key instanceof ScalarNode scalar ? scalar.getValue() : show(key);
        problems.places().put(at(name), key);
        if (values.put(name, tuple.getValueNode()) != null) {
            final int line = key.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
            problems.add(at(name), "found again in line " + line + ", a key may be there once");
        }
    }

    /** Whether this is what it should be: a mapping, or nothing. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** Whether the file has a value for a key that was not taken yet. */
    boolean has(final Key<?> key) {
        return !isAbsent(values.get(key.name()));
    }

    /** Whether the file has something for a name that was not taken yet. */
    boolean hasSections(final String name) {
        if (!known.contains(name)) {
            known.add(name);
        }
        return !isAbsent(values.get(name));
    }

    /** The value, or the default, or null when there is neither or the value is wrong (which is noted). */
    <T> T get(final Key<T> key) {
        known.add(key.name());
        final Node node = values.remove(key.name());
        if (isAbsent(node)) {
            // What is no section at all was refused as a whole.
            if (key.isRequired() && wellFormed) {
                refuse(key, "missing, allowed: " + key.type().allowed());
            }
            return key.defaultValue();
        }
        return parse(key.type(), node, at(key.name()));
    }

    /** A list of values of one type; empty when the key is absent. */
    <T> List<T> list(final Key<T> key) {
        known.add(key.name());
        final List<T> result = new ArrayList<>();
        final List<Node> items = items(values.remove(key.name()), key.name());
        for (int i = 0; i < items.size(); i++) {
            final String place = at(key.name()) + "[" + i + "]";
            problems.places().put(place, items.get(i));
            final T value = parse(key.type(), items.get(i), place);
            if (value != null) {
                result.add(value);
            }
        }
        return result;
    }

    /** A section inside this one; an empty one when absent, so that defaults apply. */
    Section section(final String name) {
        hasSections(name);
        return new Section(problems, at(name), values.remove(name));
    }

    /** The sections of a list; empty when absent. */
    List<Section> sections(final String name) {
        hasSections(name);
        final List<Section> result = new ArrayList<>();
        for (final Node node : items(values.remove(name), name)) {
            result.add(new Section(problems, at(name) + "[" + result.size() + "]", node));
        }
        return result;
    }

    /** The sections of a list that must have one at least; that it has none is noted. */
    List<Section> atLeastOne(final String name, final String what) {
        final Node node = values.get(name);
        final List<Section> result = sections(name);
        if (result.isEmpty() && wellFormed && (isAbsent(node) || node instanceof SequenceNode)) {
            problems.add(at(name), (isAbsent(node) ? "missing" : "found an empty list")
                    + ", allowed: a list of at least one " + what);
        }
        return result;
    }

    /** All remaining values as text, in the file's order: for settings that another class checks. */
    Map<String, String> remaining() {
        final Map<String, String> result = new LinkedHashMap<>();
        values.forEach((key, node) -> result.put(key, parse(ValueType.anyText(), node, at(key))));
        values.clear();
        return result;
    }

    /** Notes a problem with a value that is well-formed but does not fit the others. */
    void refuse(final Key<?> key, final String what) {
        refuse(key.name(), what);
    }

    /** The same of a section inside this one, or a list of them. */
    void refuse(final String name, final String what) {
        problems.add(at(name), what);
    }

    /** Refuses keys that nobody asked for. */
    void close() {
        values.keySet().forEach(key ->
                problems.add(at(key), "unknown key, allowed: " + String.join(", ", known)));
    }

    private <T> T parse(final ValueType<T> type, final Node node, final String where) {
        if (node instanceof ScalarNode scalar) {
            try {
                return type.parser().apply(scalar.getValue().strip());
            } catch (final IllegalArgumentException | ArithmeticException e) {
                // Every parser says "not allowed" this way; what is allowed is the type's to say.
            }
        }
        problems.add(where, "found " + show(node) + ", allowed: " + type.allowed());
        return null;
    }

    private List<Node> items(final Node node, final String name) {
        if (isAbsent(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(at(name), "found " + show(node) + ", allowed: a list");
        return List.of();
    }

    /** A key with nothing after it, or with null, counts as absent. */
    private static boolean isAbsent(final Node node) {
        return node == null || node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private static String show(final Node node) {
        if (node instanceof ScalarNode scalar) {
            final String text = scalar.getValue().strip().replaceAll("\\s+", " ");
            return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + '"';
        }
        return node instanceof MappingNode ? "key: value pairs" : "a list";
    }

    private String at(final String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
