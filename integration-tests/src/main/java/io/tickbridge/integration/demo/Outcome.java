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
        out.printf("journal    %s%n", workplace.journal());
        out.printf("logs       %s%n", workplace.directory());
        out.printf("look again linux-gateway/bin/tickbridge replay --journal %s%n", workplace.journal());
        out.printf("page       linux-gateway/bin/tickbridge report %s --out %s%n", workplace.journal(),
                workplace.directory().resolve("day.html"));
        if (journalled == 0) {
            out.println("FAILED: no signal was found");
            return false;
        }
        if (received != journalled) {
            out.printf("FAILED: the journal holds %d signals, the add-on got %d%n", journalled, received);
            return false;
        }
        out.println("OK");
        return true;
    }

    private static String lastLine(final String text) {
        final String stripped = text.strip();
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    private static long number(final Map<String, Object> map, final String key) throws ProcessFailure {
        if (map.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new ProcessFailure("no \"" + key + "\" in " + map);
    }
}
