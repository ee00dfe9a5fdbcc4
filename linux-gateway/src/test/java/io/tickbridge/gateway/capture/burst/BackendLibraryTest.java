package io.tickbridge.gateway.capture.burst;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Building a library, finding it, and refusing one that does not fit. */
class BackendLibraryTest {
    @TempDir
    private static Path directory;

    private static NativeBuild.Outcome build;

    @BeforeAll
    static void build() {
        build = NativeBuild.run(directory, Map.of());
    }

    private static String refusal(final Path library) {
        return assertThrows(CaptureException.class, () -> BackendLibrary.at(Backend.AFXDP, library)).getMessage();
    }

    @Test
    void buildLeavesOutWhatItCannotBuildAndSaysWhatToInstall() {
        assertEquals(0, build.status());
        assertEquals(List.of("receive backend absent is not built: libnosuch >= 22.11 (pkg-config) is missing; "
                + "apt-get install libnosuch-dev"), build.lines());
    }

    @Test
    void buildFailsInsteadWhereEverythingIsRequired() {
        assertNotEquals(0, NativeBuild.run(directory, Map.of("TICKBRIDGE_REQUIRE_ALL", "1")).status());
    }

    @Test
    void buildLeavesAloneWhatIsUpToDate() throws IOException {
        final Path library = NativeBuild.library(directory, "memory");
        final Object key = Files.readAttributes(library, java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        NativeBuild.run(directory, Map.of());
        assertEquals(key, Files.readAttributes(library, java.nio.file.attribute.BasicFileAttributes.class).fileKey());
        NativeBuild.run(directory, Map.of("TICKBRIDGE_MARCH", "native"));
        assertNotEquals(key, Files.readAttributes(library, java.nio.file.attribute.BasicFileAttributes.class).fileKey());
    }

    @Test
    void aLibraryIsLoadedOnce() {
        final Path library = NativeBuild.library(directory, "memory");
        assertEquals(BackendLibrary.ABI, BackendLibrary.at(Backend.AFXDP, library).abi());
        assertSame(BackendLibrary.at(Backend.AFXDP, library), BackendLibrary.at(Backend.AFXDP, library));
    }

    @Test
    void theSystemPropertyNamesTheDirectory() throws IOException {
        Files.copy(NativeBuild.library(directory, "memory"), directory.resolve("libtickbridge_afxdp.so"));
        System.setProperty(BackendLibrary.DIRECTORY, directory.toString());
        try {
            assertEquals(BackendLibrary.ABI, BackendLibrary.of(Backend.AFXDP).abi());
            assertEquals("ef_vi cannot be used: no readable " + directory.resolve("libtickbridge_efvi.so")
                    + ", where -Dtickbridge.native says it is; install what building it needs (gcc, and the headers of OpenOnload)"
                    + " and build again, the build says what it leaves out and why",
                    assertThrows(CaptureException.class, () -> BurstSource.requireLibrary(Backend.EFVI)).getMessage());
        } finally {
            System.clearProperty(BackendLibrary.DIRECTORY);
        }
    }

    @Test
    void anotherInterfaceNumberIsRefused() {
        assertEquals("AF_XDP cannot be used: libtickbridge_afxdp.so was built for another version of the gateway: its interface "
                + "is number 99, wanted number " + BackendLibrary.ABI + "; build it again (libxdp-dev libbpf-dev clang gcc) "
                + "or leave -Dtickbridge.native out", refusal(NativeBuild.library(directory, "stale")));
    }

    @Test
    void aLibraryWithoutTheInterfaceIsRefused() {
        final String message = refusal(directory.resolve("receive-backends/needy/libvanished.so"));
        assertTrue(message.startsWith("AF_XDP cannot be used: libtickbridge_afxdp.so was built for another version")
                && message.contains("tb_source_abi"), message);
    }

    @Test
    void whatItNeedsInTurnIsNamed() {
        final String message = refusal(NativeBuild.library(directory, "needy"));
        assertTrue(message.startsWith("AF_XDP cannot be used: libtickbridge_afxdp.so does not load: libvanished.so.7: ")
                && message.contains("install what it needs: libxdp1 libbpf1"), message);
    }
}
