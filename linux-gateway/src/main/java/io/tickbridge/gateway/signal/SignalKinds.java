package io.tickbridge.gateway.signal;

import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Every kind of signal on the class path: the built-in ones and the user's own. Cold path. */
public final class SignalKinds {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    private final Map<String, SignalKind> kinds = new TreeMap<>();

    private SignalKinds() {
    }

    /**
     * Finds all kinds on the gateway's class path.
     *
     * @return the kinds by name
     * @throws SignalConfigException when one cannot be loaded or two share a name
     */
    public static SignalKinds load() {
        return load(SignalKinds.class.getClassLoader());
    }

    /**
     * Finds all kinds that a class loader sees.
     *
     * @param loader where to look
     * @return the kinds by name
     * @throws SignalConfigException when one cannot be loaded or two share a name
     */
    public static SignalKinds load(final ClassLoader loader) {
        try {
            return of(ServiceLoader.load(SignalKind.class, loader));
        } catch (final ServiceConfigurationError | LinkageError e) {
            throw new SignalConfigException("signals: an extension on the class path cannot be loaded: "
                    + e.getMessage() + "; check its jar and its META-INF/services/" + SignalKind.class.getName(), e);
        }
    }

    /** Exactly these kinds. */
    static SignalKinds of(final Iterable<SignalKind> kinds) {
        final SignalKinds found = new SignalKinds();
        kinds.forEach(found::add);
        return found;
    }

    /**
     * The kind of a name.
     *
     * @param name       as configured
     * @param ruleNumber of the rule that asks, for the error
     * @return the kind
     */
    SignalKind kind(final String name, final int ruleNumber) {
        final SignalKind kind = kinds.get(name);
        if (kind == null) {
            throw new SignalConfigException("signals, rule " + ruleNumber + ": found unknown kind \"" + name
                    + "\"; allowed: " + String.join(", ", kinds.keySet()));
        }
        return kind;
    }

    private static String nameOf(final SignalKind kind) {
        try {
            return kind.name();
        } catch (final RuntimeException | Error e) {
            MachineFailure.rethrow(e);
            throw new SignalConfigException("signals: " + kind.getClass().getName() + " failed to say its name: " + e, e);
        }
    }

    private void add(final SignalKind kind) {
        final String name = nameOf(kind);
        if (name == null || !NAME.matcher(name).matches()) {
            throw new SignalConfigException("signals: " + kind.getClass().getName() + " names itself \"" + name
                    + "\"; allowed: 1 to 32 of the characters a-z, 0-9 and '-'");
        }
        final SignalKind other = kinds.putIfAbsent(name, kind);
        if (other != null) {
            throw new SignalConfigException("signals: two kinds are named \"" + name + "\": "
                    + other.getClass().getName() + " and " + kind.getClass().getName() + "; rename or remove one");
        }
    }
}
