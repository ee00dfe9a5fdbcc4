package io.tickbridge.gateway.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A page that stands alone. Its data is embedded as JSON, which the page's own script turns into tables and charts, so
 * that page and JSON file cannot differ in what they say.
 *
 * <p>A content security policy forbids the page every request, so that a mistake cannot make it depend on a network, and
 * every script but its own three, named by their hashes: a name from the wire that became HTML would run nothing.
 */
public final class StandalonePage {
    /** Apache ECharts as its webjar carries it; the version is the build's. */
    private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";
    private static final String POLICY =
            "default-src 'none'; script-src %s; style-src 'unsafe-inline'; img-src data:";

    private StandalonePage() {
    }

    /**
     * Builds a page. The script finds the data's text in the element {@code data}, and {@code echarts} loaded.
     *
     * @param title  of the window; plain text
     * @param body   HTML of the page's own
     * @param style  CSS of the page's own, after the common one
     * @param script JavaScript of the page's own
     * @param json   the data, one JSON value
     * @return the page
     */
    public static String of(
            final String title, final String body, final String style, final String script, final String json) {
        final String charts = script(PageResource.read(StandalonePage.class, CHARTS));
        final String common = script(PageResource.read(StandalonePage.class, "page.js"));
        final String own = script(script);
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="%s">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <style>
                %s
                %s
                </style>
                </head>
                <body>
                %s
                <script type="application/json" id="data">%s</script>
                <script>%s</script>
                <script>%s</script>
                <script>%s</script>
                </body>
                </html>
                """.formatted(POLICY.formatted(hash(charts) + " " + hash(common) + " " + hash(own)), text(title),
                PageResource.read(StandalonePage.class, "page.css"), style, body, data(json), charts, common, own);
    }

    /**
     * A resource that lies beside a class.
     *
     * @param near the class
     * @param name file name
     * @return its text
     */
    public static String resource(final Class<?> near, final String name) {
        return PageResource.read(near, name);
    }

    /** What a policy allows a script by: the hash of its element's text (Content Security Policy Level 3, 2.3.1). */
    private static String hash(final String script) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Plain text as HTML. */
    static String text(final String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /**
     * JSON as the content of a script element. Such an element ends at the first {@code </script}, and {@code <!--}
     * changes how it is read (HTML, 4.12.1.3); neither can stand where no '<' does, which JSON may always escape.
     */
    static String data(final String json) {
        return json.replace("<", "\\u003c");
    }

    /** JavaScript as the content of a script element. In code a '<' cannot be escaped, in a text the backslash is void. */
    static String script(final String code) {
        if (code.contains("<!--")) {
            throw new IllegalArgumentException("a script with <!-- in it cannot be inlined");
        }
        return code.replaceAll("(?i)</(script)", "<\\\\/$1");
    }
}
