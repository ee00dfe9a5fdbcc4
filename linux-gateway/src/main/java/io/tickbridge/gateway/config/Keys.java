package io.tickbridge.gateway.config;

import java.util.List;

/** Every key of the configuration file, section by section, in the order of the reference. */
final class Keys {
    static final Key<String> NAME = Key.optional("name", ValueType.text(32), "tickbridge",
            "Name of this gateway: add-ons show it and the journal carries it.");
    static final Key<String> COUNTERS = Key.optional("counters", ValueType.path(), "NAME.counters",
            "File of counters that a running gateway keeps and `tickbridge stat` reads; relative to this file. NAME stands for "
                    + "the gateway's `name`, with `-` for other than letters, digits, `.`, `_` and `-`. Two gateways need two "
                    + "files: a second one is refused. Best on a memory file system such as /dev/shm.");

    /** The receive thread. */
    static final class Receive {
        static final Key<ReceiveConfig.Idle> IDLE = Key.optional("idle", ValueType.oneOf(ReceiveConfig.Idle.class), "yield",
                "What the receive thread does when nothing is there: `spin` for the lowest latency on a core of its own, "
                        + "`yield` where cores are shared, `backoff` to spare the machine (sleeps up to 1 ms).");
        static final Key<Integer> BURST = Key.optional("burst", ValueType.integer(1, 4096), "64",
                "Frames taken from the source in one poll, at most.");

        private Receive() {
        }
    }

    /** Where frames come from. */
    static final class Capture {
        static final Key<CaptureConfig.Source> SOURCE = Key.required("source", ValueType.oneOf(CaptureConfig.Source.class),
                "`pcap` plays a capture file, `udp` receives multicast through the kernel.");
        static final Key<String> FILE = Key.optional("file", ValueType.path(), "",
                "`pcap`: the capture, pcap or pcapng, gzip or not; relative to this file. Required there.");
        static final Key<Double> PACE = Key.optional("pace", ValueType.factor(1_000_000), "0",
                "`pcap`: multiple of the recorded pace, 1 for the original; 0 plays as fast as possible.");
        static final Key<Transport> TRANSPORT = Key.optional("transport", ValueType.oneOf(Transport.class), "auto",
                "`udp`: Netty transport; `auto` takes the first that works of io-uring, epoll, nio, and logs which.");
        static final Key<Long> RECEIVE_BUFFER = Key.optional("receive-buffer", ValueType.size("64KiB", "1GiB"), "16MiB",
                "`udp`: receive buffer of each socket. The kernel's net.core.rmem_max caps it; a warning says so.");

        private Capture() {
        }
    }

    /** The frame filter. */
    static final class Filter {
        static final Key<Boolean> CHECKSUMS = Key.optional("checksums", ValueType.bool(), "true",
                "Verify IPv4 and UDP checksums in user space. Off where the NIC has done it.");
        static final Key<String> SOURCES = Key.list("sources", ValueType.ipv4(),
                "Senders to accept. Empty accepts any sender to a configured group.");

        private Filter() {
        }
    }

    /** Feeds. */
    static final class Feed {
        static final Key<String> NAME = Key.required("name", ValueType.name(32), "Name in logs, counters, `instruments` and `signals`.");
        static final Key<FeedConfig.Protocol> PROTOCOL = Key.required("protocol", ValueType.oneOf(FeedConfig.Protocol.class),
                "What the datagrams carry: CME MDP 3.0 market by price, IEX TOPS 1.6, IEX DEEP 1.0, IEX DEEP+ 1.0, Nasdaq "
                        + "TotalView-ITCH 5.0.");
        static final Key<Integer> REORDER_WINDOW = Key.optional("reorder-window", ValueType.integer(0, 4096), "256",
                "Packets held back at most while an earlier one is missing; when full, the missing one is given up. "
                        + "Must outlast the skew between lines A and B, in packets. Memory is taken at start: 2 KiB each for "
                        + "CME, 9 KiB for IEX and Nasdaq.");
        static final Key<Long> REORDER_TIMEOUT = Key.optional("reorder-timeout", ValueType.duration("0ns", "60s"), "1s",
                "Exchange time after which a missing packet is given up, whatever the window holds.");
        static final Key<Long> REORDER_WAIT = Key.optional("reorder-wait", ValueType.duration("0ns", "60s"), "10ms",
                "Receive time after which a missing packet is given up, whatever the exchange's clock says. Packets that were "
                        + "held longer, since nothing arrived in between, still update books but cause no signal; such events "
                        + "are counted as held too long. Must outlast the skew between lines A and B, in time.");

        static final Key<Integer> MARKET_DEPTH = Key.optional("market-depth", ValueType.integer(0, 64), "0",
                "CME: levels that the exchange maintains on each side of a base book, 10 for most futures. 0: not known; then "
                        + "only levels count that the exchange has named, which is safe and a little slower to be complete.");
        static final Key<Integer> MAX_ORDERS = Key.optional("max-orders", ValueType.integer(4096, 1 << 25), "8388608",
                "IEX DEEP+ and Nasdaq: live orders at most; what comes beyond is refused, and its book is not trusted any more. Memory is taken "
                        + "as orders come: about 55 B for each, 100 B while it doubles.");
        static final Key<Long> STALE_AFTER = Key.optional("stale-after", ValueType.duration("100ms", "60min"), "45s",
                "Silence after which add-ons are told that the feed's books are stale. CME sends a heartbeat every 30 s, IEX "
                        + "and Nasdaq every second.");

        private Feed() {
        }
    }

    /** Lines of a feed. */
    static final class Line {
        static final Key<String> GROUP = Key.required("group", ValueType.ipv4(),
                "Destination address of the line; multicast (224.0.0.0 to 239.255.255.255) with `capture.source: udp`.");
        static final Key<Integer> PORT = Key.required("port", ValueType.integer(1, 65_535), "Destination UDP port.");
        static final Key<FeedConfig.Carries> CARRIES = Key.optional("carries", ValueType.oneOf(FeedConfig.Carries.class),
                "incremental", "CME: which of the channel's feeds. `snapshot` lets books heal that a late start or lost packets "
                        + "left in doubt; `definitions` brings names, tick sizes, groups and depths. At least one line is "
                        + "`incremental`.");
        static final Key<String> INTERFACE = Key.optional("interface", ValueType.text(), "",
                "Network interface on which the group is joined. Required with `capture.source: udp`.");

        private Line() {
        }
    }

    /** Asking for what no line delivered. */
    static final class Recovery {
        static final Key<Long> DELAY = Key.optional("delay", ValueType.duration("0ns", "10s"), "1ms",
                "How long a hole is left to the other line before a server is asked.");
        static final Key<Long> TIMEOUT = Key.optional("timeout", ValueType.duration("1ms", "60s"), "100ms",
                "Silence after which the next server is asked for the rest.");
        static final Key<Integer> LARGEST_GAP = Key.optional("largest-gap", ValueType.integer(1, 10_000_000), "10000",
                "Messages that are asked for at most in one hole; a larger one is not asked for.");

        private Recovery() {
        }
    }

    /** Servers that re-send. */
    static final class RecoveryServer {
        static final Key<FeedConfig.ServerTransport> TRANSPORT = Key.required("transport",
                ValueType.oneOf(FeedConfig.ServerTransport.class),
                "How it is asked. IEX: `udp` answers up to 1,000 messages a request, `tcp` any number.");
        static final Key<String> HOST = Key.required("host", ValueType.ipv4(),
                "Its address. With `filter.sources` it need not be listed there.");
        static final Key<Integer> PORT = Key.required("port", ValueType.integer(1, 65_535), "Its port.");

        private RecoveryServer() {
        }
    }

    /** Instruments known beforehand. */
    static final class Instrument {
        static final Key<String> FEED = Key.required("feed", ValueType.name(32), "Name of the feed it trades on.");
        static final Key<String> ID = Key.required("id", ValueType.text(), "CME: SecurityID, a decimal number; IEX, Nasdaq: the symbol.");
        static final Key<String> SYMBOL = Key.optional("symbol", ValueType.text(24), "",
                "Name shown to people. The id where absent.");
        static final Key<String> GROUP = Key.optional("group", ValueType.word(6), "",
                "CME security group. With it, a halt of another group does not stop this "
                        + "instrument's signals.");
        static final Key<Long> TICK = Key.optional("tick", ValueType.price(), "0",
                "Smallest price step, in quoted units. 0: not known.");

        static final Key<Integer> DEPTH = Key.optional("depth", ValueType.integer(0, 64), "0",
                "CME: as the feed's `market-depth`, for this instrument. 0: the feed's.");

        private Instrument() {
        }
    }

    /** Signal rules. */
    static final class Signal {
        static final Key<String> KIND = Key.required("kind", ValueType.text(),
                "Which signal: a name from SIGNALS.md, or that of a class of your own.");
        static final Key<String> INSTRUMENTS = Key.list("instruments", ValueType.text(),
                "`feed/id`, or `\"*\"` for every instrument. None means `\"*\"`.");

        private Signal() {
        }
    }

    /** The journal. */
    static final class Journal {
        static final Key<Boolean> ENABLED = Key.optional("enabled", ValueType.bool(), "true", "Whether anything is journalled.");
        static final Key<String> DIRECTORY = Key.optional("directory", ValueType.path(), "journal",
                "Where the journal lies; relative to this file. Created when absent.");
        static final Key<Long> RING = Key.optional("ring", ValueType.powerOfTwoSize("128KiB", "256MiB"), "16MiB",
                "Memory between the receive thread and the journal's own. When full, records are lost, counted, and the "
                        + "hole is journalled; file sources wait instead.");
        static final Key<Long> BLOCK = Key.optional("block", ValueType.size("8MiB", "4GiB"), "64MiB",
                "Step by which the journal's file grows.");

        private Journal() {
        }
    }

    /** The link. */
    static final class Link {
        static final Key<Boolean> ENABLED = Key.optional("enabled", ValueType.bool(), "true", "Whether add-ons may connect.");
        static final Key<String> LISTEN = Key.optional("listen", ValueType.ipv4(), "127.0.0.1", "Address to listen on.");
        static final Key<Integer> PORT = Key.optional("port", ValueType.integer(0, 65_535), "7411",
                "TCP port; 0 lets the system choose, and the log says which.");
        static final Key<Transport> TRANSPORT = Key.optional("transport", ValueType.oneOf(Transport.class), "auto",
                "Netty transport, as `capture.transport`. Under OpenOnload io-uring is refused.");
        static final Key<String> KEY_FILE = Key.optional("key-file", ValueType.path(), "link.key",
                "File with the pre-shared key: at least 64 hexadecimal digits; relative to this file.");
        static final Key<Long> HEARTBEAT = Key.optional("heartbeat", ValueType.duration("10ms", "60s"), "1s",
                "Between heartbeats, both ways. A peer silent for three of them is cut off.");
        static final Key<Long> LOGON_TIMEOUT = Key.optional("logon-timeout", ValueType.duration("100ms", "60s"), "5s",
                "Time a new connection has to log on.");
        static final Key<Long> TIME_TO_LIVE = Key.optional("signal-time-to-live", ValueType.duration("1ms", "60min"), "5s",
                "Age up to which a signal missed while disconnected is still delivered on resumption.");
        static final Key<Integer> RETAIN = Key.optional("retain", ValueType.powerOfTwo(16, 1 << 20), "65536",
                "Sequenced frames kept for resumption; 128 B of memory each.");
        static final Key<Integer> MAX_PEERS = Key.optional("max-peers", ValueType.integer(1, 1024), "8",
                "Add-ons logged on at once. Connections that have not logged on take none of these places: 64 of them are kept, "
                        + "then the oldest makes room.");
        static final Key<Long> PEER_BUFFER = Key.optional("peer-buffer", ValueType.size("64KiB", "256MiB"), "4MiB",
                "What may wait for one slow peer before it is cut off. Quotes conflate long before. Each of `max-peers` takes "
                        + "twice as much memory.");
        static final Key<Boolean> QUOTES = Key.optional("quotes", ValueType.bool(), "true", "Send top-of-book quotes.");
        static final Key<Boolean> TRADES = Key.optional("trades", ValueType.bool(), "true", "Send trades.");

        private Link() {
        }
    }

    private Keys() {
    }

    /** A section of the reference: its path in the file, what it is for, and its keys. */
    record Group(String path, String purpose, List<Key<?>> keys) {
    }

    static List<Group> groups() {
        return List.of(
                new Group("", "Top level.", List.of(NAME, COUNTERS)),
                new Group("receive", "The receive thread.", List.of(Receive.IDLE, Receive.BURST)),
                new Group("capture", "Where frames come from.", List.of(Capture.SOURCE, Capture.FILE, Capture.PACE,
                        Capture.TRANSPORT, Capture.RECEIVE_BUFFER)),
                new Group("filter", "The frame filter. The groups let through are those of the feeds' lines.",
                        List.of(Filter.CHECKSUMS, Filter.SOURCES)),
                new Group("feeds[]", "One entry a feed, at least one: a stream of packets with one sequence.", List.of(
                        Feed.NAME, Feed.PROTOCOL, Feed.MARKET_DEPTH, Feed.MAX_ORDERS, Feed.STALE_AFTER, Feed.REORDER_WINDOW, Feed.REORDER_TIMEOUT,
                        Feed.REORDER_WAIT)),
                new Group("feeds[].lines[]", "One entry a line, at least one; the first is line A.", List.of(
                        Line.GROUP, Line.PORT, Line.INTERFACE, Line.CARRIES)),
                new Group("feeds[].recovery", "IEX: gap fill. Servers are asked for what is missing on all lines, with a live source "
                        + "and where at least one is named. What they send is journalled as frames of a line of its own. "
                        + "The answer is of use while the feed waits for it, so `reorder-wait` must outlast `delay` and the way "
                        + "there and back, and `reorder-window` what arrives meanwhile.",
                        List.of(Recovery.DELAY, Recovery.TIMEOUT, Recovery.LARGEST_GAP)),
                new Group("feeds[].recovery.servers[]", "One entry a server, in the order in which they are asked.",
                        List.of(RecoveryServer.TRANSPORT, RecoveryServer.HOST, RecoveryServer.PORT)),
                new Group("instruments[]", "What is known of an instrument before the exchange says it. May be left out.",
                        List.of(Instrument.FEED, Instrument.ID, Instrument.SYMBOL, Instrument.GROUP, Instrument.TICK, Instrument.DEPTH)),
                new Group("signals[]", "One entry a signal rule; its number is its place, from 1. Its own settings stand "
                        + "under `parameters`, see SIGNALS.md.", List.of(Signal.KIND, Signal.INSTRUMENTS)),
                new Group("journal", "The record of everything.", List.of(Journal.ENABLED, Journal.DIRECTORY, Journal.RING,
                        Journal.BLOCK)),
                new Group("link", "The connection to add-ons.", List.of(Link.ENABLED, Link.LISTEN, Link.PORT,
                        Link.TRANSPORT, Link.KEY_FILE, Link.HEARTBEAT, Link.LOGON_TIMEOUT, Link.TIME_TO_LIVE, Link.RETAIN,
                        Link.MAX_PEERS, Link.PEER_BUFFER, Link.QUOTES, Link.TRADES)));
    }
}
