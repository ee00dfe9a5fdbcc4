package io.tickbridge.integration.exchange;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Nasdaq as a process of its own: TotalView-ITCH over MoldUDP64 on lines A and B on which things go wrong, with re-request
 * and GLIMPSE servers that fail now and then. By itself it trades for some seconds; with {@code --control} it does what it
 * reads on standard input, line by line, and answers each with {@code done}.
 */
@Command(name = "nasdaq", mixinStandardHelpOptions = true,
        description = "Sends a simulated Nasdaq TotalView-ITCH 5.0 feed on lines A and B, re-sends by MoldUDP64, serves GLIMPSE.")
final class NasdaqSimulator implements Callable<Integer> {
    private static final long SECOND = 1_000_000_000L;
    /** A server's failures, over and over; the last ones are none, so that everything heals. */
    private static final List<GlimpseLogin.Manner> LOGINS = List.of(
            GlimpseLogin.Manner.REFUSED, GlimpseLogin.Manner.CUT, GlimpseLogin.Manner.OTHER_DAY,
            GlimpseLogin.Manner.YESTERDAY, GlimpseLogin.Manner.GOOD, GlimpseLogin.Manner.GOOD);
    private static final List<MoldRequests.Manner> REQUESTS = List.of(
            MoldRequests.Manner.GOOD, MoldRequests.Manner.OTHER_SESSION,
            MoldRequests.Manner.GOOD, MoldRequests.Manner.GARBAGE, MoldRequests.Manner.GOOD, MoldRequests.Manner.GOOD);

    @Mixin
    private final WireOptions options = new WireOptions();

    @Option(names = "--request-port", defaultValue = "0",
            description = "UDP port of 127.0.0.1 for re-requests; 0: any, it is printed (default ${DEFAULT-VALUE}).")
    private int requestPort;

    @Option(names = "--glimpse-port", defaultValue = "0",
            description = "TCP port of 127.0.0.1 for GLIMPSE, user TICKBR, password IDGE; 0: any, it is printed "
                    + "(default ${DEFAULT-VALUE}).")
    private int glimpsePort;

    @Option(names = "--rate", defaultValue = "4000", description = "Events a second, on average (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--seconds", defaultValue = "20", description = "How long each day lasts (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--days", defaultValue = "2", description = "How many sessions (default ${DEFAULT-VALUE}).")
    private int days;

    @Option(names = "--truth", paramLabel = "FILE",
            description = "Writes best bid and offer after each event that took one packet: time, stock, bid, size, offer, size.")
    private Path truth;

    @Option(names = "--control", description = "Does what standard input says: trade N, lossless, lossy, blackout N, silence, serve, "
            + "heal, mark N, books, day, quit.")
    private boolean control;

    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile boolean healed;
    private volatile boolean silent;

    @Override
    public Integer call() throws Exception {
        final Instant now = Instant.now();
        try (PrintWriter truths = truth == null ? null : new PrintWriter(Files.newBufferedWriter(truth));
                LiveWire wire = options.open("239.192.8.1:26400", "239.192.8.2:26400", Transport.MOLD_UDP64,
                        now.getEpochSecond() * SECOND + now.getNano())) {
            final NasdaqMarket market = new NasdaqMarket(wire, options.random(), options.laterVersion(), rate, truths);
            try (NasdaqServers servers = new NasdaqServers(market.channel(), requestPort, glimpsePort, this::requestManner,
                    this::loginManner, market::time)) {
                System.out.printf("re-requests udp 127.0.0.1:%d, GLIMPSE tcp 127.0.0.1:%d%n", servers.requestPort(),
                        servers.loginPort());
                market.newDay();
                if (control) {
                    obey(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), market, wire, truths);
                } else {
                    trade(market, wire);
                }
                System.out.printf("simulator: %d datagrams sent, %d packets lost on both lines, %d frames undelivered, "
                        + "%d re-requests, %d logins%n", wire.sent(), wire.lostOnBoth(), wire.undelivered(), servers.requests(),
                        servers.logins());
            }
        } catch (final IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        return CommandLine.ExitCode.OK;
    }

    /** All days, the last one without faults; then the true books. */
    private void trade(final NasdaqMarket market, final LiveWire wire) {
        for (int i = 0; i < days; i++) {
            if (i == days - 1 && days > 1) {
                wire.heal();
                healed = true;
            }
            if (i > 0) {
                market.newDay();
            }
            market.trade(rate * seconds);
            market.mark(1);
        }
        market.printBooks();
        market.endDay();
    }

    /** Until it says quit, or has nothing more to say. */
    private void obey(final BufferedReader in, final NasdaqMarket market, final LiveWire wire, final PrintWriter truths)
            throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            final String[] words = line.split(" ");
            final int number = words.length > 1 ? Integer.parseInt(words[1]) : 1;
            switch (words[0]) {
                case "trade" -> market.trade(number);
                case "lossless" -> wire.heal();
                case "lossy" -> wire.follow(options.plan());
                case "blackout" -> market.blackOut(number);
                case "silence" -> silent = true;
                case "serve" -> silent = false;
                case "heal" -> healed = true;
                case "mark" -> market.mark(number);
                case "books" -> market.printBooks();
                case "day" -> market.newDay();
                default -> throw new IOException("no command " + line);
            }
            if (truths != null) {
                truths.flush();
            }
            System.out.println("done");
        }
    }

    private MoldRequests.Manner requestManner() {
        return silent ? MoldRequests.Manner.SILENT : healed ? MoldRequests.Manner.GOOD
                : REQUESTS.get(requests.getAndIncrement() % REQUESTS.size());
    }

    private GlimpseLogin.Manner loginManner() {
        return healed ? GlimpseLogin.Manner.GOOD : LOGINS.get(logins.getAndIncrement() % LOGINS.size());
    }
}
