package io.tickbridge.integration.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * What the demonstration showed, and whether it held.
 *
 * @param workplace where everything lies
 * @param counters  the gateway's last
 */
record Outcome(Workplace workplace, Map<String, Long> counters) {

    /** Replays the journal, prints the summary, and says whether all of it agrees. */
    boolean printAndJudge(final PrintStream out) throws ProcessFailure, IOException {
        workplace.run("replay", "replay --verify",
                Installation.tickbridge("replay", "--journal", workplace.journal().toString(), "--verify", "--json"));
        final Map<String, Object> replay = JSON.std.mapFrom(lastLine(workplace.log("replay")));
        final Map<String, Object> addOn = workplace.addOnSummary();
        final long journalled = number(replay, "signals");
        final long received = number(addOn, "signals");
        out.printf("%nreplay     %d frames, %d signals: every byte equal%n", number(replay, "frames"), journalled);
        out.printf("add-on     %d signals received, %d missing%n",
                received, number(addOn, "framesInHoles") + number(addOn, "framesInGaps"));
        final Figures figures = new Figures(counters, Map.of(), Map.of(), 1);
        out.printf("withheld   %d evaluations of books in doubt: %d halted, %d in a gap%n",
                figures.withheld(), figures.withheld("not-trading"), figures.withheld("sequence-gap"));
        final boolean trades = addOn.get("trading") instanceof Map<?, ?>;
        final long fills = trades ? printTrading(out, (Map<?, ?>) addOn.get("trading")) : 0;
        out.printf("journal    %s%n", workplace.journal());
        out.printf("logs       %s%n", workplace.directory());
        printCommands(out, trades);
        if (journalled == 0) {
            out.println("FAILED: no signal was found");
            return false;
        }
        if (received != journalled) {
            out.printf("FAILED: the journal holds %d signals, the add-on got %d%n", journalled, received);
            return false;
        }
        if (trades && fills == 0) {
            out.println("FAILED: the add-on was to trade, and no order was filled");
            return false;
        }
        out.println("OK");
        return true;
    }

    /** Returns how many fills there were. */
    private static long printTrading(final PrintStream out, final Map<?, ?> trading) throws ProcessFailure {
        final long fills = number(trading, "executions");
        out.printf("orders     %d entries on the simulated account %s, %d fills with their exits; %d signals refused by a limit%n",
                number(trading, "ordersSent"), trading.get("account"), fills, number(trading, "signalsRefused"));
        return fills;
    }

    /** What one can go on with: why each signal fired, SQL, the page. */
    private void printCommands(final PrintStream out, final boolean trades) {
        final String tickbridge = "linux-gateway/bin/tickbridge ";
        out.printf("look again %sreplay --journal %s%n", tickbridge, workplace.journal());
        out.printf("signals    %sreplay --journal %s --signals%n", tickbridge, workplace.journal());
        out.printf("ask        %squery %s \"%s\"%n", tickbridge, workplace.journal(), trades
                ? "SELECT role, state, refused_by, count(*) AS n, avg(slippage_ticks) FROM transaction_costs GROUP BY ALL ORDER BY n DESC"
                : "SELECT symbol, rule_name, count(*) AS n FROM signals GROUP BY ALL ORDER BY n DESC");
        out.printf("page       %sreport %s --out %s%n", tickbridge, workplace.journal(), workplace.directory().resolve("day.html"));
    }

    private static String lastLine(final String text) {
        final String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    private static long number(final Map<?, ?> map, final String key) throws ProcessFailure {
        if (map.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new ProcessFailure("no \"" + key + "\" in " + map);
    }
}
