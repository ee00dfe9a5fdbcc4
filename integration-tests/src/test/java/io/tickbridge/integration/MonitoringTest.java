package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert rules, their cases and the dashboard's queries, judged by Prometheus' own tool. */
final class MonitoringTest {
    private static final Path MONITORING = Installation.root().resolve("vps-deploy/monitoring");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
    private static final Pattern CASE = Pattern.compile("- name: (\\w+) (fires|does not)\\b");

    @TempDir
    private Path directory;

    @BeforeAll
    static void require() {
        Requirement.program("promtool");
    }

    @Test
    void rulesAndTheirCasesHold() throws Exception {
        promtool("check", "config", "prometheus.yml");
        promtool("check", "rules", "tickbridge-rules.yml");
        promtool("test", "rules", "tickbridge-rules.test.yml");
    }

    @Test
    void everyAlertIsTriedBothWays() throws Exception {
        final Set<String> wanted = new TreeSet<>();
        all(ALERT, "tickbridge-rules.yml").forEach(alert -> {
            wanted.add(alert.group(1) + " fires");
            wanted.add(alert.group(1) + " does not");
        });
        assertTrue(wanted.size() > 30, wanted::toString);
        final Set<String> cases = new TreeSet<>();
        all(CASE, "tickbridge-rules.test.yml").forEach(one -> cases.add(one.group(1) + " " + one.group(2)));
        assertEquals(wanted, cases);
        final String text = Files.readString(MONITORING.resolve("tickbridge-rules.test.yml"));
        for (final String one : text.split("(?m)^ {2}- name: ")) {
            final boolean fires = one.startsWith("Tickbridge") && one.lines().findFirst().orElseThrow().endsWith(" fires");
            assertEquals(fires, one.contains("exp_labels:"), one);
        }
    }

    /** Grafana's variables stand for an interval and for names; what is left must be a query that Prometheus understands. */
    @Test
    void theDashboardsQueriesAreQueries() throws Exception {
        final Map<String, Object> dashboard = JSON.std.mapFrom(Files.readString(MONITORING.resolve("tickbridge-dashboard.json")));
        final List<String> queries = new ArrayList<>();
        final Set<Object> numbers = new HashSet<>();
        for (final Object panel : (List<?>) dashboard.get("panels")) {
            final Map<?, ?> fields = (Map<?, ?>) panel;
            assertTrue(numbers.add(fields.get("id")), "two panels have the number " + fields.get("id"));
            if (!"row".equals(fields.get("type"))) {
                final List<?> targets = (List<?>) fields.get("targets");
                assertTrue(!targets.isEmpty(), () -> fields + " shows nothing");
                targets.forEach(target -> queries.add(String.valueOf(((Map<?, ?>) target).get("expr"))));
            }
        }
        assertTrue(queries.size() > 20, queries::toString);
        final StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        for (int i = 0; i < queries.size(); i++) {
            rules.append("      - record: query:").append(i).append("\n        expr: '")
                    .append(queries.get(i).replace("$__rate_interval", "1m").replace("$instance", ".*").replace("'", "''")).append("'\n");
        }
        final Path file = Files.writeString(directory.resolve("queries.yml"), rules);
        promtool("check", "rules", file.toString());
        // A query that is none must be found out.
        Files.writeString(file, rules + "      - record: query:broken\n        expr: 'rate(tickbridge_ready['\n");
        assertEquals(1, run("check", "rules", file.toString()).exit());
    }

    private List<Matcher> all(final Pattern pattern, final String file) throws Exception {
        final List<Matcher> found = new ArrayList<>();
        Files.readString(MONITORING.resolve(file)).lines().forEach(line -> {
            final Matcher matcher = pattern.matcher(line);
            if (matcher.find()) {
                found.add(matcher);
            }
        });
        return found;
    }

    private void promtool(final String... arguments) throws Exception {
        final Launcher.Result result = run(arguments);
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    private Launcher.Result run(final String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("sh", "-c", "cd \"$0\" && exec promtool \"$@\"", MONITORING.toString()));
        command.addAll(List.of(arguments));
        return Launcher.run(directory, Map.of(), command);
    }
}
