package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.replay.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How fast a journal is replayed: {@code max}, {@code step}, or a factor. */
final class PaceOption implements ITypeConverter<PaceOption.Choice> {
    /** What was chosen, and who is shown the steps. */
    @FunctionalInterface
    interface Choice {
        /** Begins to read the steps, where there are any. */
        Pace with(Consumer<String> out);
    }

    @Override
    public Choice convert(final String value) {
        if (value.equals("max")) {
            return out -> Pace.fastest();
        }
        if (value.equals("step")) {
            return out -> Pace.stepwise(linesOfStandardInput()::poll, out);
        }
        if (value.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") && Double.parseDouble(value) > 0) {
            return out -> Pace.recorded(Double.parseDouble(value), System::nanoTime);
        }
        throw new TypeConversionException("found " + value + ", allowed: max, step, or a factor such as 1, 0.5 or 20");
    }

    /** Read by a thread of its own: a terminal does not say whether a line is there. */
    private static ConcurrentLinkedQueue<String> linesOfStandardInput() {
        final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
        final Thread reader = new Thread(() -> {
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
            } catch (final IOException e) {
                // There will be no more lines.
            }
            lines.add("q");
        }, "steps");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }
}
