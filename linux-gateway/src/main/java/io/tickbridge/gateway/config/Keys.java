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
        static final Key<Integer> CORE = Key.optional("core", ValueType.integer(0, 4095), "",
                "Core that the receive thread runs on, and no other thread of this process. Best one that the machine keeps "
                        + "free (isolcpus, nohz_full), on the network interface's NUMA node. None: wherever the scheduler puts it.");
        static final Key<PlacementConfig.Numa> NUMA = Key.optional("numa", ValueType.oneOf(PlacementConfig.Numa.class), "warn",
                "What to do when `core` and a network interface are on different NUMA nodes, so that every packet crosses between "
                        + "them: `warn` or refuse to start (`require`). Needs `core`.");

        private Receive() {
        }
    }

    /** Memory of the process. */
    static final class Memory {
        static final Key<PlacementConfig.MemoryLock> LOCK = Key.optional("lock",
                ValueType.oneOf(PlacementConfig.MemoryLock.class), "auto",
                "Whether memory is locked, so that none of it is ever paged out. `auto`: with live sources, when the process "
                        + "may, otherwise a warning; `require`: refuses to start when it may not. What is there at start is "
                        + "brought in at once, what comes later when first touched. Needs `LimitMEMLOCK=infinity` in the "
                        + "systemd unit, or the same of limits.conf, or CAP_IPC_LOCK.");

        private Memory() {
        }
    }

    /** Group membership of sources that bypass the kernel. */
    static final class Membership {
        static final Key<Boolean> ENABLED = Key.optional("enabled", ValueType.bool(), "true",
                "Whether the gateway itself joins the lines' groups (IGMP) where its source bypasses the kernel, which then "
                        + "sends no reports. Without it a switch must be told by hand to deliver them.");
        static final Key<MembershipConfig.Version> VERSION = Key.optional("version",
                ValueType.oneOf(MembershipConfig.Version.class), "v3",
                "Highest IGMP version spoken; an older querier is answered in its own. `v3` names `filter.sources` to the "
                        + "network, where there are any.");
        static final Key<String> ADDRESS = Key.optional("address", ValueType.ipv4(), "0.0.0.0",
                "IPv4 address that reports come from: best the one that the port has in its network. 0.0.0.0 is allowed by "
                        + "RFC 3376 and enough for snooping switches, but some routers ignore it.");
        static final Key<Integer> VLAN = Key.optional("vlan", ValueType.integer(0, 4094), "0",
                "VLAN that reports are tagged with, on a trunk port; 0 sends them without a tag.");

        private Membership() {
        }
    }

    /** Where frames come from. */
    static final class Capture {
        static final Key<CaptureConfig.Source> SOURCE = Key.required("source", ValueType.oneOf(CaptureConfig.Source.class),
                "`pcap` plays a capture file, `udp` receives multicast through the kernel; past the kernel go `dpdk`, `afxdp` "
                        + "(AF_XDP sockets) and `efvi` (Solarflare and AMD adapters), each where its library was built.");
        static final Key<String> FILE = Key.optional("file", ValueType.path(), "",
                "`pcap`: the capture, pcap or pcapng, gzip or not; relative to this file. Required there.");
        static final Key<Double> PACE = Key.optional("pace", ValueType.factor(1_000_000), "0",
                "`pcap`: multiple of the recorded pace, 1 for the original; 0 plays as fast as possible.");
        static final Key<Long> RECEIVE_BUFFER = Key.optional("receive-buffer", ValueType.size("64KiB", "1GiB"), "16MiB",
                "`udp`: receive buffer of each socket. The kernel's net.core.rmem_max caps it unless the gateway has "
                        + "CAP_NET_ADMIN; a warning says so.");
        static final Key<ReceiveTimestamps> TIMESTAMPS = Key.optional("timestamps", ValueType.oneOf(ReceiveTimestamps.class),
                "burst", "`udp`: whose clock receive times are read from. `burst`: the gateway's own, once a burst, which never "
                        + "steps. `kernel`: the wall clock, when the kernel took each frame from the NIC's driver. `nic`: the "
                        + "NIC's, where its stamping was switched on (hwstamp_ctl -i INTERFACE -r 1) and its clock set to the "
                        + "wall clock's time (phc2sys); a frame that comes without has the kernel's. Counted as fallback times.");
        static final Key<Long> BUSY_POLL = Key.optional("busy-poll", ValueType.duration("0us", "10ms"), "0us",
                "`udp`: time for which the kernel may poll the NIC's queue when a socket is asked for data, instead of waiting "
                        + "for its interrupt; whole microseconds. More than net.core.busy_read needs CAP_NET_ADMIN. 0us "
                        + "leaves it to net.core.busy_read.");

        private Capture() {
        }
    }

    /** A DPDK port. */
    static final class Dpdk {
        static final Key<String> DEVICE = Key.optional("device", ValueType.text(), "",
                "PCI address (`0000:03:00.0`) of a NIC bound to vfio-pci, or a DPDK software device with its arguments "
                        + "(`net_af_packet0,iface=eth0`, `net_pcap0,rx_pcap=FILE`). Required with `capture.source: dpdk`.");
        static final Key<String> EAL_ARGUMENTS = Key.list("eal-arguments", ValueType.text(),
                "Further arguments of DPDK's environment abstraction layer, one an entry (`--iova-mode=va`).");
        static final Key<DpdkConfig.HugePages> HUGE_PAGES = Key.optional("huge-pages",
                ValueType.oneOf(DpdkConfig.HugePages.class), "auto",
                "`auto` takes huge pages when enough are free and says so when not, `require` refuses to start without, "
                        + "`never` leaves them to others.");
        static final Key<Long> MEMORY = Key.optional("memory", ValueType.size("0B", "64GiB"), "0B",
                "Memory for DPDK, on huge pages or not. 0: what the packet buffers need.");
        static final Key<Integer> BUFFERS = Key.optional("buffers", ValueType.integer(0, 1 << 24), "0",
                "Packet buffers, about 2.4 KB each. 0: what descriptors and bursts need, and for a looped capture file one "
                        + "more a packet.");
        static final Key<Integer> DESCRIPTORS = Key.optional("descriptors", ValueType.integer(32, 32_768), "1024",
                "Receive descriptors of each queue: packets that the NIC can store while the gateway is busy. A driver may "
                        + "round or cap it; the log says so.");
        static final Key<Integer> QUEUES = Key.optional("queues", ValueType.integer(1, 16), "1",
                "Receive queues, polled in turn by the receive thread. More than one only where traffic must be spread.");
        static final Key<Boolean> PROMISCUOUS = Key.optional("promiscuous", ValueType.bool(), "false",
                "Take every frame on the wire, not only those addressed to the port.");
        static final Key<Boolean> ALL_MULTICAST = Key.optional("all-multicast", ValueType.bool(), "true",
                "Take every multicast frame. The frame filter takes the configured groups out of them.");
        static final Key<Boolean> STEERING = Key.optional("steering", ValueType.bool(), "true",
                "Let the NIC itself pick the groups of the feeds' lines out, where it can (rte_flow). Where it cannot, the "
                        + "log says so and the frame filter does it.");
        static final Key<Boolean> TIMESTAMPS = Key.optional("timestamps", ValueType.bool(), "true",
                "Take receive times from the NIC's clock where it offers them.");

        private Dpdk() {
        }
    }

    /** AF_XDP sockets. */
    static final class AfXdp {
        static final Key<Integer> QUEUES = Key.list("queues", ValueType.integer(0, 65_535),
                "Receive queues of each interface, numbered from 0 (`ethtool -l`). None means all. Frames for a line that come in "
                        + "on another queue are counted as lost.");
        static final Key<AfXdpConfig.Mode> MODE = Key.optional("mode", ValueType.oneOf(AfXdpConfig.Mode.class), "auto",
                "`zero-copy` lets the NIC write into the sockets' memory, `copy` has the kernel copy each frame once, `auto` "
                        + "takes zero-copy where the driver offers it and says so where not.");
        static final Key<AfXdpConfig.Attach> ATTACH = Key.optional("attach", ValueType.oneOf(AfXdpConfig.Attach.class), "auto",
                "Where the XDP program runs: `native` in the driver, `generic` behind it (any driver, slower), `auto` natively "
                        + "where the driver can, and says so where not.");
        static final Key<Integer> FRAMES = Key.optional("frames", ValueType.powerOfTwo(64, 1 << 20), "4096",
                "Frames of memory for each queue. Locked: LimitMEMLOCK, or the capability CAP_IPC_LOCK.");
        static final Key<Integer> FRAME_SIZE = Key.optional("frame-size", ValueType.powerOfTwo(2048, 4096), "4096",
                "Bytes of one frame of memory. 4096 takes an MTU up to 3818, 2048 up to 1770.");
        static final Key<Integer> RING = Key.optional("ring", ValueType.powerOfTwo(64, 1 << 16), "2048",
                "Frames that may wait in each queue to be polled, at most `frames`. When full, frames are lost and counted.");
        static final Key<Boolean> NEED_WAKEUP = Key.optional("need-wakeup", ValueType.bool(), "true",
                "Let the driver sleep when it has no free frame; the gateway then wakes it. Off, it spins.");
        static final Key<DpdkConfig.HugePages> HUGE_PAGES = Key.optional("huge-pages",
                ValueType.oneOf(DpdkConfig.HugePages.class), "auto",
                "Whether frames lie on huge pages of 2 MiB: `auto` where enough are free, and says so where not; `require` "
                        + "refuses to start without; `never` leaves them to others.");
        static final Key<Long> BUSY_POLL = Key.optional("busy-poll", ValueType.duration("0us", "1s"), "0us",
                "Time for which the kernel polls the device in one call of the receive thread, instead of in an interrupt, whole "
                        + "microseconds. 0: off. Takes effect with the interface's `napi_defer_hard_irqs` and "
                        + "`gro_flush_timeout` set.");
        static final Key<Integer> BUSY_POLL_BUDGET = Key.optional("busy-poll-budget", ValueType.integer(1, 65_535), "64",
                "Packets that such a call takes at most.");

        private AfXdp() {
        }
    }

    /** A Solarflare NIC. */
    static final class EfVi {
        static final Key<String> INTERFACE = Key.optional("interface", ValueType.text(15), "",
                "Network interface of the NIC: the physical one, no VLAN, bond or bridge. All lines come in on it. Required with "
                        + "`capture.source: efvi`.");
        static final Key<Integer> VLAN = Key.optional("vlan", ValueType.integer(0, 4094), "0",
                "VLAN in which the groups come; the NIC filters by it, or the backend where it cannot. 0: none.");
        static final Key<EfViConfig.Mode> MODE = Key.optional("mode", ValueType.oneOf(EfViConfig.Mode.class), "auto",
                "`x2` (also SFN7000 and SFN8000) and `x3` refuse a NIC of the other kind, `auto` takes either.");
        static final Key<Integer> RX_RING = Key.optional("rx-ring", ValueType.powerOfTwo(512, 32_768), "1024",
                "X2: receive descriptors, 2 KiB of buffer each: frames that the NIC can store while the gateway is busy.");
        static final Key<Integer> REFILL_BATCH = Key.optional("refill-batch", ValueType.powerOfTwo(8, 256), "16",
                "X2: descriptors given back to the NIC at once. More: fewer writes to the NIC; fewer: a fuller ring.");
        static final Key<Boolean> EVENT_MERGE = Key.optional("event-merge", ValueType.bool(), "false",
                "X2: let the NIC report several frames with one event: more throughput, more latency.");
        static final Key<Boolean> TIMESTAMPS = Key.optional("timestamps", ValueType.bool(), "true",
                "Take receive times from the NIC's clock. `sfptpd` keeps it in sync; the log says while it is not.");
        static final Key<DpdkConfig.HugePages> HUGE_PAGES = Key.optional("huge-pages",
                ValueType.oneOf(DpdkConfig.HugePages.class), "auto",
                "X2: receive buffers on huge pages: `auto` where enough are free, `require` or do not start, `never`.");
        static final Key<Boolean> EXCLUSIVE_QUEUE = Key.optional("exclusive-queue", ValueType.bool(), "false",
                "X3: take a receive queue that no other program shares. The NIC has few; without one the start is refused.");
        static final Key<Boolean> JOIN = Key.optional("join", ValueType.bool(), "true",
                "Let the kernel join the groups on the interface (with `vlan`, on INTERFACE.VLAN), so that switches deliver them.");

        private EfVi() {
        }
    }

    /** The frame filter. */
    static final class Filter {
        static final Key<Boolean> CHECKSUMS = Key.optional("checksums", ValueType.bool(), "true",
                "Verify IPv4 and UDP checksums in user space. Off only for captures whose checksums are known to be wrong.");
        static final Key<String> SOURCES = Key.list("sources", ValueType.ipv4(),
                "Senders to accept. Empty accepts any sender to a configured group. With `dpdk` they are named to the network "
                        + "(IGMP version 3); `udp`, `afxdp` and `efvi` join groups of any sender, whatever stands here, and "
                        + "frames of others are dropped by the filter.");

        private Filter() {
        }
    }

    /** Feeds. */
    static final class Feed {
        static final Key<String> NAME = Key.required("name", ValueType.name(32), "Name in logs, counters, `instruments` and `signals`.");
        static final Key<FeedConfig.Protocol> PROTOCOL = Key.required("protocol", ValueType.oneOf(FeedConfig.Protocol.class),
                "What the datagrams carry: CME MDP 3.0, IEX TOPS 1.6, IEX DEEP 1.0, IEX DEEP+ 1.0, Nasdaq "
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
        static final Key<Boolean> ORDERS = Key.optional("orders", ValueType.bool(), "false",
                "CME: keep books of single orders too, with each order's place in the queue. Needs the channel's market by order. "
                        + "After a loss they are not known before a snapshot: give the feed lines with `carries: snapshot-orders`.");
        static final Key<Integer> MAX_ORDERS = Key.optional("max-orders", ValueType.integer(4096, 1 << 25), "8388608",
                "IEX DEEP+, Nasdaq, and CME with `orders`: live orders at most; what comes beyond is refused, and its book is not "
                        + "trusted any more. Memory is taken as orders come: about 60 B for each, 115 B while it doubles.");
        static final Key<Long> STALE_AFTER = Key.optional("stale-after", ValueType.duration("100ms", "60min"), "45s",
                "Silence after which add-ons are told that the feed's books are stale. CME sends a heartbeat every 30 s, IEX "
                        + "and Nasdaq every second.");

        private Feed() {
        }
    }

    /** A channel of CME's, in place of lines. */
    static final class Channel {
        static final Key<String> FILE = Key.required("file", ValueType.path(),
                "CME's list of channels and their groups, `config.xml` as CME publishes it; relative to this file.");
        static final Key<String> ID = Key.required("id", ValueType.text(8), "The channel's id in that file, 310 for example.");
        static final Key<String> INTERFACE_A = Key.optional("interface-a", ValueType.text(), "",
                "Network interface on which lines A are joined. Required with `capture.source: udp`.");
        static final Key<String> INTERFACE_B = Key.optional("interface-b", ValueType.text(), "",
                "The same of lines B.");

        private Channel() {
        }
    }

    /** Lines of a feed. */
    static final class Line {
        static final Key<String> GROUP = Key.required("group", ValueType.ipv4(),
                "Destination address of the line; multicast (224.0.0.0 to 239.255.255.255) with `capture.source: udp`.");
        static final Key<Integer> PORT = Key.required("port", ValueType.integer(1, 65_535), "Destination UDP port.");
        static final Key<FeedConfig.Carries> CARRIES = Key.optional("carries", ValueType.oneOf(FeedConfig.Carries.class),
                "incremental", "CME: which of the channel's feeds. `snapshot` lets books heal that a late start or lost packets "
                        + "left in doubt, `snapshot-orders` the books of single orders; `definitions` brings names, tick sizes, groups and depths. At least one line is "
                        + "`incremental`.");
        static final Key<String> INTERFACE = Key.optional("interface", ValueType.text(), "",
                "Network interface on which the group is joined. Required with `capture.source: udp` and `afxdp`.");

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
                "Messages (CME: packets) that are asked for at most in one hole; a larger one is not asked for. CME allows 2,000, "
                        + "and no more is asked for there whatever stands here: snapshots heal what is larger.");
        static final Key<Integer> CHANNEL = Key.optional("channel", ValueType.integer(0, 65_535), "0",
                "CME: number of the channel, as servers are to be told it. Required with servers.");
        static final Key<String> USER = Key.optional("user", ValueType.word(32), "CME",
                "CME: name to log on with.");
        static final Key<String> PASSWORD = Key.optional("password", ValueType.word(32), "CME",
                "CME: goes with it. It is sent in clear, and recorded in the journal with all of the configuration.");
        static final Key<Integer> REQUESTS_PER_SECOND = Key.optional("requests-per-second", ValueType.integer(1, 1_000_000),
                Integer.toString(FeedConfig.Recovery.USUAL_REQUESTS),
                "Requests that are sent at most in a second; the next one waits its turn.");

        private Recovery() {
        }
    }

    /** Servers that re-send. */
    static final class RecoveryServer {
        static final Key<FeedConfig.ServerTransport> TRANSPORT = Key.required("transport",
                ValueType.oneOf(FeedConfig.ServerTransport.class),
                "How it is asked. IEX: `udp` answers up to 1,000 messages a request, `tcp` any number. CME: `tcp`. Nasdaq: `udp`, "
                        + "a packet a request.");
        static final Key<String> HOST = Key.required("host", ValueType.ipv4(),
                "Its address. With `filter.sources` it need not be listed there.");
        static final Key<Integer> PORT = Key.required("port", ValueType.integer(1, 65_535), "Its port.");

        private RecoveryServer() {
        }
    }

    /** Asking for all books. */
    static final class Snapshots {
        static final Key<String> USERNAME = Key.optional("username", ValueType.word(6), "",
                "The user name of the login. Required with servers.");
        static final Key<String> PASSWORD_FILE = Key.optional("password-file", ValueType.path(), "",
                "File that holds the password of the login, up to 10 characters, and nothing else; relative to this file. Required "
                        + "with servers. It is a file of its own because this one is recorded in the journal.");
        static final Key<Long> TIMEOUT = Key.optional("timeout", ValueType.duration("100ms", "60s"), "5s",
                "Silence after which the next server is asked. Servers send a heartbeat every second.");
        static final Key<Long> PAUSE = Key.optional("pause", ValueType.duration("0ns", "10min"), "1s",
                "Time between one attempt and the next.");
        static final Key<Integer> ATTEMPTS = Key.optional("attempts", ValueType.integer(1, 1_000_000), "60",
                "Attempts in a row that may fail; after them nobody is asked any more until the next session begins.");
        static final Key<Long> BUFFER = Key.optional("buffer", ValueType.size("1MiB", "1GiB"), "64MiB",
                "Packets that are kept while a snapshot is on its way, to be applied on top. When more arrive the snapshot is of no "
                        + "use, and the next one is asked for. Memory is taken at start.");

        private Snapshots() {
        }
    }

    /** Servers that have snapshots. */
    static final class SnapshotServer {
        static final Key<String> HOST = Key.required("host", ValueType.ipv4(),
                "Its address. With `filter.sources` it need not be listed there.");
        static final Key<Integer> PORT = Key.required("port", ValueType.integer(1, 65_535), "Its TCP port.");

        private SnapshotServer() {
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
        static final Key<String> NAME = Key.optional("name", ValueType.name(32), "",
                "By which add-ons know it, in their setting `rules` too; the kind when not set. Two rules of one name they cannot tell "
                        + "apart.");
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
        static final Key<JournalConfig.WhenFull> WHEN_FULL = Key.optional("when-full",
                ValueType.oneOf(JournalConfig.WhenFull.class), "stop-signals",
                "What the gateway does when the journal can go no further, because the disk is full or broken or the files are gone. "
                        + "`stop-signals`: sends no more signals, tells add-ons that books are NOT_JOURNALLED, and receives on. "
                        + "`stop-journal`: goes on as if there were none. `stop`: ends with exit code 1. Counted and logged each way.");
        static final Key<Long> MIN_FREE = Key.optional("min-free", ValueType.size("16MiB", "4096GiB"), "16MiB",
                "Space on its disk that the journal leaves free. It counts as full below that; a start needs twice as much.");
        static final Key<Long> SYNC = Key.optional("sync", ValueType.duration("10ms", "60min"), "",
                "How often what was written is forced to disk (fsync), by a thread of its own. None: never, the kernel writes it back "
                        + "within half a minute; a killed process loses nothing of it, a machine that loses power may.");
        static final Key<Integer> KEEP_DAYS = Key.optional("keep-days", ValueType.integer(1, 36_500), "",
                "Days (UTC) of which files are kept, today included; older files are deleted. None: all.");
        static final Key<Long> KEEP_SIZE = Key.optional("keep-size", ValueType.size("64MiB", "1048576GiB"), "",
                "Space that the files may take together; the oldest are deleted beyond that, never today's. None: no bound.");
        static final Key<Integer> CORE = Key.optional("core", ValueType.integer(0, 4095), "",
                "Core that the journal thread runs on, and no other thread of this process; not that of the receive thread. "
                        + "None: any core but that one.");

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
                "Netty transport; `auto` takes the first that works of epoll, io-uring, nio, and logs which. Under OpenOnload "
                        + "io-uring is refused.");
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
        static final Key<LinkSecurity.Mode> SECURITY = Key.optional("security", ValueType.oneOf(LinkSecurity.Mode.class), "auto",
                "`tls`: both ends show certificates (`tickbridge keys`), everything is encrypted. `hmac`: both ends prove at logon "
                        + "that they hold a key, and each frame carries a tag that shows that it is theirs, as they sent it and none "
                        + "before; nothing is encrypted. `plain`: they prove it at logon alone; for a wire that nobody else can "
                        + "reach, whose address `listen` must name then, for 0.0.0.0 is refused. `auto` is `plain` on 127.0.0.0/8 and `tls` elsewhere.");
        static final Key<String> KEYS = Key.optional("keys", ValueType.path(), "keys",
                "Directory of `tickbridge keys`: certificates, add-ons by name, their rights; relative to this file.");
        static final Key<LinkSecurity.Rights> RIGHTS = Key.optional("rights", ValueType.oneOf(LinkSecurity.Rights.class), "trade",
                "What add-ons may do that use `key-file` and have no entry of their own in `keys`. Reports of trading from one "
                        + "that may only `view` are refused.");
        static final Key<Long> SILENCE_LIMIT = Key.optional("silence-limit", ValueType.duration("10ms", "10min"), "",
                "Silence after which either side ends the connection; three heartbeats when not set.");
        static final Key<Integer> PER_ADDRESS = Key.optional("connections-per-address", ValueType.integer(1, 1024), "16",
                "Connections from one address at once; more are closed at once.");
        static final Key<Integer> CONNECTION_RATE = Key.optional("connections-per-second", ValueType.integer(1, 100_000), "100",
                "New connections in a second; more are closed at once, before anything is computed for them. An address from which an "
                        + "add-on has logged on has as many for itself.");
        static final Key<Integer> FRAME_RATE = Key.optional("frames-per-second", ValueType.integer(10, 1_000_000), "20000",
                "Frames from one add-on in a second; one that sends more is logged out.");
        static final Key<LinkConfig.Market> MARKET = Key.optional("market", ValueType.oneOf(LinkConfig.Market.class), "live",
                "What add-ons are told that the signals are of. `live`: the exchange sends what is received. `simulated`: somebody "
                        + "else does, a simulator or a player of captures: then no add-on trades a live account on it. With "
                        + "`capture.source: pcap` they are told `recorded`, whatever stands here.");

        private Link() {
        }
    }

    /** The operations endpoint. */
    static final class Status {
        static final Key<String> LISTEN = Key.optional("listen", ValueType.ipv4(), "127.0.0.1",
                "Address to listen on. Whoever reaches it reads everything and is asked for nothing, so leave it on loopback, behind "
                        + "an SSH tunnel or a proxy that asks. On loopback only a browser that names the machine as such is answered.");
        static final Key<Integer> PORT = Key.optional("port", ValueType.integer(0, 65_535), "0",
                "TCP port of the status page (`/`), of what Prometheus scrapes (`/metrics`) and of `/health`; 0 serves none of them.");
        static final Key<Integer> PAGES = Key.optional("pages", ValueType.integer(1, 64), "8",
                "Status pages open at once; one more is told so. A page that does not take its figures misses some, and is "
                        + "closed after ten seconds; nothing waits for it.");
        static final Key<Long> EXAMINE = Key.optional("examine", ValueType.duration("1min", "1440min"), "15min",
                "How often the machine is examined as `tickbridge doctor` does, beside once at start and when the page asks.");

        private Status() {
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
                new Group("receive", "The receive thread.", List.of(Receive.IDLE, Receive.BURST, Receive.CORE,
                        Receive.NUMA)),
                new Group("memory", "Memory of the process.", List.of(Memory.LOCK)),
                new Group("capture", "Where frames come from. Keys and sections of other sources than the chosen one may stand in the "
                        + "file: they are checked, and not used, so that changing `source` alone switches. `check-config` names "
                        + "them in a note.", List.of(Capture.SOURCE, Capture.FILE, Capture.PACE,
                        Capture.RECEIVE_BUFFER, Capture.TIMESTAMPS, Capture.BUSY_POLL)),
                new Group("capture.dpdk", "`capture.source: dpdk`.", List.of(Dpdk.DEVICE, Dpdk.EAL_ARGUMENTS, Dpdk.HUGE_PAGES,
                        Dpdk.MEMORY, Dpdk.BUFFERS, Dpdk.DESCRIPTORS, Dpdk.QUEUES, Dpdk.PROMISCUOUS, Dpdk.ALL_MULTICAST,
                        Dpdk.STEERING, Dpdk.TIMESTAMPS)),
                new Group("capture.afxdp", "`capture.source: afxdp`. The interfaces are those of the feeds' lines.", List.of(
                        AfXdp.QUEUES, AfXdp.MODE, AfXdp.ATTACH, AfXdp.FRAMES, AfXdp.FRAME_SIZE, AfXdp.RING, AfXdp.NEED_WAKEUP,
                        AfXdp.HUGE_PAGES, AfXdp.BUSY_POLL, AfXdp.BUSY_POLL_BUDGET)),
                new Group("capture.efvi", "`capture.source: efvi`.", List.of(EfVi.INTERFACE, EfVi.VLAN, EfVi.MODE, EfVi.RX_RING,
                        EfVi.REFILL_BATCH, EfVi.EVENT_MERGE, EfVi.TIMESTAMPS, EfVi.HUGE_PAGES, EfVi.EXCLUSIVE_QUEUE,
                        EfVi.JOIN)),
                new Group("membership", "Group membership, for sources that bypass the kernel.", List.of(Membership.ENABLED,
                        Membership.VERSION, Membership.ADDRESS, Membership.VLAN)),
                new Group("filter", "The frame filter. The groups let through are those of the feeds' lines.",
                        List.of(Filter.CHECKSUMS, Filter.SOURCES)),
                new Group("feeds[]", "One entry a feed, at least one: a stream of packets with one sequence.", List.of(
                        Feed.NAME, Feed.PROTOCOL, Feed.MARKET_DEPTH, Feed.ORDERS, Feed.MAX_ORDERS, Feed.STALE_AFTER, Feed.REORDER_WINDOW, Feed.REORDER_TIMEOUT,
                        Feed.REORDER_WAIT)),
                new Group("feeds[].lines[]", "One entry a line, at least one; the first is line A.", List.of(
                        Line.GROUP, Line.PORT, Line.INTERFACE, Line.CARRIES)),
                new Group("feeds[].channel", "In place of `lines`, for CME: increments, definitions and snapshots of a channel, lines A "
                        + "and B, as CME's own file has them; snapshots of orders too with `orders: true`. What is recorded "
                        + "in the journal has the groups themselves, so that a replay does not need the file.",
                        List.of(Channel.FILE, Channel.ID, Channel.INTERFACE_A, Channel.INTERFACE_B)),
                new Group("feeds[].recovery", "IEX: gap fill; CME: TCP replay, whose servers take turns; Nasdaq: re-requests. Servers are "
                        + "asked for what is missing on all lines, with a live source "
                        + "and where at least one is named. What they send is journalled as frames of a line of its own. "
                        + "The answer is of use while the feed waits for it, so `reorder-wait` must outlast `delay` and the way "
                        + "there and back, and `reorder-window` what arrives meanwhile.",
                        List.of(Recovery.DELAY, Recovery.TIMEOUT, Recovery.LARGEST_GAP, Recovery.REQUESTS_PER_SECOND,
                                Recovery.CHANNEL, Recovery.USER, Recovery.PASSWORD)),
                new Group("feeds[].recovery.servers[]", "One entry a server, in the order in which they are asked; "
                        + "Nasdaq: the one that answered last is asked first.",
                        List.of(RecoveryServer.TRANSPORT, RecoveryServer.HOST, RecoveryServer.PORT)),
                new Group("feeds[].recovery.snapshots", "Nasdaq: GLIMPSE. After a start in mid-session, and after a loss that nobody made "
                        + "good, all books are made anew from what a server sends, with a live source and where at least one is "
                        + "named. It is journalled as frames of a line of its own.",
                        List.of(Snapshots.USERNAME, Snapshots.PASSWORD_FILE, Snapshots.TIMEOUT, Snapshots.PAUSE,
                                Snapshots.ATTEMPTS, Snapshots.BUFFER)),
                new Group("feeds[].recovery.snapshots.servers[]", "One entry a server, asked in turn.",
                        List.of(SnapshotServer.HOST, SnapshotServer.PORT)),
                new Group("instruments[]", "What is known of an instrument before the exchange says it. May be left out.",
                        List.of(Instrument.FEED, Instrument.ID, Instrument.SYMBOL, Instrument.GROUP, Instrument.TICK, Instrument.DEPTH)),
                new Group("signals[]", "One entry a signal rule; its number is its place, from 1. Its own settings stand "
                        + "under `parameters`, see SIGNALS.md.", List.of(Signal.KIND, Signal.NAME, Signal.INSTRUMENTS)),
                new Group("journal", "The record of everything.", List.of(Journal.ENABLED, Journal.DIRECTORY, Journal.RING,
                        Journal.BLOCK, Journal.WHEN_FULL, Journal.MIN_FREE, Journal.SYNC, Journal.KEEP_DAYS, Journal.KEEP_SIZE,
                        Journal.CORE)),
                new Group("link", "The connection to add-ons.", List.of(Link.ENABLED, Link.LISTEN, Link.PORT,
                        Link.TRANSPORT, Link.KEY_FILE, Link.HEARTBEAT, Link.LOGON_TIMEOUT, Link.TIME_TO_LIVE, Link.RETAIN,
                        Link.MAX_PEERS, Link.PEER_BUFFER, Link.QUOTES, Link.TRADES, Link.SECURITY, Link.KEYS, Link.RIGHTS,
                        Link.SILENCE_LIMIT, Link.PER_ADDRESS, Link.CONNECTION_RATE, Link.FRAME_RATE, Link.MARKET)),
                new Group("status", "How a running gateway is watched: a page for people, metrics for Prometheus. Served by a thread of "
                        + "its own.", List.of(Status.LISTEN, Status.PORT, Status.PAGES, Status.EXAMINE)));
    }
}
