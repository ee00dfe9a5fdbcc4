package io.tickbridge.gateway.capture.burst;

import com.kenai.jffi.Library;
import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jnr.ffi.LibraryLoader;
import jnr.ffi.mapper.FunctionMapper;

/**
 * Finds a backend's library and binds it: the one in the jar, or the one in the directory that the system property
 * {@code tickbridge.native} names. A library is loaded once and stays: some backends set up the whole process, and a second
 * copy would not know of it.
 */
final class BackendLibrary {
    /** TB_SOURCE_ABI of the {@code tb_source.h} that this package was written for. */
    static final int ABI = 2;
    static final String DIRECTORY = "tickbridge.native";

    private static final Map<Object, BackendFunctions> LOADED = new ConcurrentHashMap<>();

    private BackendLibrary() {
    }

    /**
     * The functions of a backend.
     *
     * @throws CaptureException when its library is absent, cannot be loaded, or is of another version; names the library
     *                          and the packages to install
     */
    static BackendFunctions of(final Backend backend) {
        final String directory = System.getProperty(DIRECTORY);
        if (directory != null) {
            return at(backend, Path.of(directory, backend.file()).toAbsolutePath());
        }
        return LOADED.computeIfAbsent(backend, key -> carried(backend));
    }

    /** The same, from a file. */
    static BackendFunctions at(final Backend backend, final Path file) {
        if (!Files.isReadable(file)) {
            throw absent(backend, "no readable " + file + ", where -D" + DIRECTORY + " says it is");
        }
        return LOADED.computeIfAbsent(file, key -> load(backend, file));
    }

    /** From the jar, by way of a file that nobody else can write to and that is gone when it is loaded. */
    private static BackendFunctions carried(final Backend backend) {
        final String resource = "/native/linux-" + architecture() + '/' + backend.file();
        Path file = null;
        try (InputStream in = BackendLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw absent(backend, "this build of the gateway has no " + resource.substring(1));
            }
            file = Files.createTempFile("tickbridge-", "-" + backend.file());
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return load(backend, file);
        } catch (final IOException e) {
            throw new CaptureException(backend.label() + ": cannot unpack " + backend.file() + ": " + e.getMessage()
                    + "; let -Djava.io.tmpdir name a directory with some space", e);
        } finally {
            delete(file);
        }
    }

    private static void delete(final Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (final IOException e) {
                file.toFile().deleteOnExit();
            }
        }
    }

    private static CaptureException absent(final Backend backend, final String where) {
        return new CaptureException(backend.label() + " cannot be used: " + where + "; install what building it needs ("
                + backend.buildPackages() + ") and build again, the build says what it leaves out and why", null);
    }

    private static BackendFunctions load(final Backend backend, final Path file) {
        // Asked first, and not through the binding: its own message tells of every directory that it searched.
        final Library library = Library.openLibrary(file.toString(), Library.NOW | Library.LOCAL);
        if (library == null) {
            throw new CaptureException(backend.label() + " cannot be used: " + backend.file() + " does not load: "
                    + Library.getLastError() + "; install what it needs: " + backend.runPackages()
                    + ", or where the directory is mounted noexec let -Djava.io.tmpdir name another", null);
        }
        if (library.getSymbolAddress("tb_source_abi") == 0) {
            throw stale(backend, "it has no tb_source_abi");
        }
        final LibraryLoader<BackendFunctions> loader = LibraryLoader.create(BackendFunctions.class);
        final FunctionMapper names = (name, context) -> "tb_source_"
                + name.codePoints().mapToObj(c -> Character.isUpperCase(c)
                        ? "_" + Character.toString(Character.toLowerCase(c)) : Character.toString(c))
                .reduce("", String::concat);
        // A function is looked up when it is first called: of another version, only the number is asked for.
        final BackendFunctions functions = loader.mapper(names).load(file.toString());
        if (functions.abi() != ABI) {
            throw stale(backend, "its interface is number " + functions.abi());
        }
        return functions;
    }

    private static CaptureException stale(final Backend backend, final String found) {
        return new CaptureException(backend.label() + " cannot be used: " + backend.file() + " was built for another version "
                + "of the gateway: " + found + ", wanted number " + ABI + "; build it again (" + backend.buildPackages()
                + ") or leave -D" + DIRECTORY + " out", null);
    }

    /** As {@code uname -m} says it, and the build. */
    private static String architecture() {
        final String name = System.getProperty("os.arch");
        return Stream.of("amd64", "x86_64").anyMatch(name::equals) ? "x86_64" : name;
    }
}
