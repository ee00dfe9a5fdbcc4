package io.tickbridge.gateway.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Nothing in a page's data can end its script, and nothing in the page asks the network. */
class StandalonePageTest {
    private static final String HOSTILE = "{\"a\":\"</script><!--<script>&\\\"\"}";

    @Test
    void dataCannotEndTheScriptThatHoldsIt() {
        final String page = StandalonePage.of("A & <b>", "<p>body</p>", "p{}", "var x = 1 < 2;", HOSTILE);

        assertTrue(page.contains("<title>A &amp; &lt;b&gt;</title>"));
        assertTrue(page.contains("{\"a\":\"\\u003c/script>\\u003c!--\\u003cscript>&\\\"\"}"));
        assertEquals(4, page.split("<script", -1).length - 1, "data, charts, common script, own script");
        assertEquals(4, page.split("</script>", -1).length - 1);
    }

    @Test
    void aScriptsTextsCannotEndIt() {
        assertEquals("'<\\/script>' + '<\\/SCRIPT>'", StandalonePage.script("'</script>' + '</SCRIPT>'"));
        assertThrows(IllegalArgumentException.class, () -> StandalonePage.script("'<!--'"));
    }

    @Test
    void carriesTheChartLibraryAndForbidsItselfTheNetwork() {
        final String page = StandalonePage.of("t", "", "", "", "{}");

        assertTrue(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
        assertTrue(page.length() > 900_000, "the chart library is inside: " + page.length());
        assertFalse(page.contains(" src=\"http"), "something is fetched");
        assertFalse(page.contains("<link"), "something is fetched");
    }
}
