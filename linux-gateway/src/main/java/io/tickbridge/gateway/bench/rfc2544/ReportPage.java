package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.page.StandalonePage;

/** A run as one HTML file with tables and charts. */
public final class ReportPage {
    private ReportPage() {
    }

    /**
     * Builds the page.
     *
     * @param json the run, as {@link ReportJson} has it
     * @return HTML
     */
    public static String of(final String json) {
        return StandalonePage.of("Tickbridge: RFC 2544", StandalonePage.resource(ReportPage.class, "report.html"), "",
                StandalonePage.resource(ReportPage.class, "report.js"), json);
    }
}
