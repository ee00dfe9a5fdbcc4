package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.DiskRoom;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How much of a disk is left alone. */
final class DiskOptions {
    @Option(names = "--keep-free", paramLabel = "SIZE", converter = Size.class,
            description = "What must stay free on the disk that is written to, like 500MiB; a gateway may be journalling there "
                    + "(default: a twentieth of the disk, at least 64MiB and at most 1GiB).")
    private Long keepFree;

    DiskRoom room(final Path path) {
        return keepFree == null ? DiskRoom.of(path) : DiskRoom.of(path, keepFree);
    }

    /** As in the configuration. */
    static final class Size implements ITypeConverter<Long> {
        private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB)");
        private static final Map<String, Integer> SHIFTS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30);

        @Override
        public Long convert(final String value) {
            final Matcher matcher = AMOUNT.matcher(value);
            if (!matcher.matches()) {
                throw new TypeConversionException("\"" + value + "\" is no size: write it like 500MiB or 2GiB");
            }
            return Long.parseLong(matcher.group(1)) << SHIFTS.get(matcher.group(2));
        }
    }
}
