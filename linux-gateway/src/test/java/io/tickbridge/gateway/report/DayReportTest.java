package io.tickbridge.gateway.report;

import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scratch. */
class DayReportTest {
    @TempDir
    private Path directory;

    @Test
    void scratch() throws IOException {
        final Path journal = Path.of("/tmp/wt-report/journal");
        if (!Files.exists(journal)) {
            SampleDay.write(journal);
        }
        final Path tables = Path.of("/tmp/wt-report/tables");
        TableExport.write(journal, tables, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        final long start = System.nanoTime();
        DayReport.write(new DayReport.Source("day", tables, journal, null, List.of()), Path.of("/tmp/wt-report/report.html"),
                line -> { });
        try (io.tickbridge.gateway.page.DevTools tools = io.tickbridge.gateway.page.DevTools.start(directory)) {
            for (final String look : List.of("light", "dark", "phone")) {
                tools.screen(look.equals("phone") ? 390 : 1200, 900, look.equals("phone"), !look.equals("light"));
                tools.show(Path.of("/tmp/wt-report/report.html"));
                Files.write(Path.of("/tmp/wt-report/" + look + ".png"), tools.picture());
                java.util.logging.Logger.getGlobal().info(look + " " + tools.value("document.documentElement.scrollWidth") + tools.complaints() + tools.requests());
            }
        } catch (final InterruptedException e) {
            throw new IOException(e);
        }
        java.util.logging.Logger.getGlobal().info("ms " + (System.nanoTime() - start) / 1000000);
    }
}
