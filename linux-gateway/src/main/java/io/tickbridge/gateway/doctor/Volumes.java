package io.tickbridge.gateway.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room there is on file systems. */
@FunctionalInterface
public interface Volumes {
    /** This machine's. */
    Volumes MACHINE = directory -> {
        try {
            return OptionalLong.of(Files.getFileStore(existing(directory)).getUsableSpace());
        } catch (final IOException e) {
            return OptionalLong.empty();
        }
    };

    /**
     * Room for this process.
     *
     * @param directory where; what is not made yet counts as its nearest parent
     * @return bytes; empty when that cannot be told
     */
    OptionalLong free(Path directory);

    private static Path existing(final Path directory) {
        Path place = directory.toAbsolutePath();
        while (!Files.exists(place) && place.getParent() != null) {
            place = place.getParent();
        }
        return place;
    }
}
