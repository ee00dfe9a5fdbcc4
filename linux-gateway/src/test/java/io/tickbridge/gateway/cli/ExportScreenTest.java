package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** Progress on a terminal, and where there is none. */
class ExportScreenTest {
    private static String shown(final boolean isTerminal) {
        final StringWriter err = new StringWriter();
        try (ExportScreen screen = new ExportScreen(new PrintWriter(err, true), isTerminal)) {
            for (int record = 1; record <= 200; record++) {
                screen.onProgress(record, 200);
            }
            screen.onNotice("2026-11-22 is written");
        }
        return err.toString();
    }

    @Test
    void aTerminalHasABarThatEndsFullAndLinesAboveIt() {
        final String shown = shown(true);
        assertTrue(shown.contains("\r\u001b[Kexport: 2026-11-22 is written"), shown);
        final String last = shown.substring(shown.lastIndexOf('\r'));
        assertTrue(last.startsWith("\rexport 100% [====") && last.contains("200/200 records"), last);
        assertTrue(last.endsWith(System.lineSeparator()), "what comes next has a line of its own");
    }

    @Test
    void elsewhereThereIsALineEachTenth() {
        assertEquals(11, shown(false).lines().count());
        assertTrue(shown(false).startsWith("export: 10 %, 20 of 200 records"), shown(false));
    }
}
