package io.tickbridge.gateway.config;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file with every key there is, none at its default, to change one line at a time. */
final class FullConfiguration {
    static final String NAME = "gateway.yaml";
    static final Path BASE = Path.of("/etc/tickbridge");
    private static final String TEXT = """
            name: chicago 1
            counters: run/counters
            receive:
              idle: backoff
              burst: 128
              core: 3
              numa: require
            memory:
              lock: require
            capture:
              source: udp
              file: ../day.pcap
              pace: 2.5
              timestamps: nic
              busy-poll: 50us
              receive-buffer: 1MiB
              dpdk:
                device: net_null0,size=64
                eal-arguments:
                  - --iova-mode=va
                huge-pages: never
                memory: 512MiB
                buffers: 4096
                descriptors: 512
                queues: 2
                promiscuous: true
                all-multicast: false
                steering: false
                timestamps: false
              afxdp:
                queues:
                  - 1
                  - 3
                mode: copy
                attach: generic
                frames: 8192
                frame-size: 2048
                ring: 1024
                need-wakeup: false
                huge-pages: require
                busy-poll: 50us
                busy-poll-budget: 16
              efvi:
                interface: eth2
                vlan: 141
                mode: x2
                rx-ring: 2048
                refill-batch: 32
                event-merge: true
                timestamps: false
                huge-pages: require
                exclusive-queue: true
                join: false
            membership:
              enabled: false
              version: v2
              address: 192.0.2.9
              vlan: 100
            filter:
              checksums: false
              sources:
                - 192.0.2.1
                - 192.0.2.2
            feeds:
              - name: cme
                protocol: cme-mdp3
                market-depth: 10
                orders: true
                max-orders: 100000
                stale-after: 31s
                reorder-window: 64
                reorder-timeout: 250ms
                reorder-wait: 20ms
                lines:
                  - group: 224.0.31.1
                    port: 14310
                    interface: eth0
                  - group: 224.0.32.1
                    port: 15310
                    interface: eth1
                    carries: incremental
              - name: iex
                protocol: iex-deep
                recovery:
                  delay: 2ms
                  timeout: 50ms
                  largest-gap: 5000
                  channel: 310
                  user: trader
                  password: secret
                  servers:
                    - transport: udp
                      host: 23.226.155.162
                      port: 11378
                    - transport: tcp
                      host: 23.226.155.163
                      port: 11378
                lines:
                  - group: 233.215.21.4
                    port: 10378
                    interface: eth0
              - name: itch
                protocol: nasdaq-itch50
                recovery:
                  requests-per-second: 50
                  snapshots:
                    username: SOME01
                    password-file: glimpse.password
                    timeout: 3s
                    pause: 2s
                    attempts: 10
                    buffer: 2MiB
                    servers:
                      - host: 192.0.2.7
                        port: 18300
                lines:
                  - group: 233.54.12.111
                    port: 26477
                    interface: eth0
            instruments:
              - feed: cme
                id: 5
                symbol: ESZ6
                group: ES
                tick: 0.25
                depth: 5
            signals:
              - kind: sweep
                name: two-levels
                instruments:
                  - cme/5
                  - iex/ZIEXT
                parameters:
                  levels: 3
            journal:
              enabled: false
              directory: /var/lib/tickbridge
              ring: 1MiB
              block: 16MiB
              when-full: stop
              min-free: 64MiB
              sync: 500ms
              keep-days: 30
              keep-size: 100GiB
              core: 2
            status:
              listen: 127.0.0.1
              port: 9711
              pages: 8
              examine: 15min
            link:
              enabled: false
              listen: 192.0.2.7
              port: 0
              transport: nio
              key-file: keys/link.key
              heartbeat: 250ms
              logon-timeout: 2s
              signal-time-to-live: 2min
              retain: 1024
              max-peers: 2
              peer-buffer: 128KiB
              quotes: false
              trades: false
              security: tls
              keys: ring
              rights: view
              silence-limit: 700ms
              connections-per-address: 3
              connections-per-second: 10
              frames-per-second: 500
              market: simulated
            """;

    private final List<String> lines = new java.util.ArrayList<>(TEXT.lines().toList());
    private final Map<String, Integer> lineOf = new HashMap<>();

    private record Level(int indent, String path) {
    }

    FullConfiguration() {
        final Deque<Level> levels = new ArrayDeque<>(List.of(new Level(-1, "")));
        final Map<String, Integer> items = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String rest = lines.get(i);
            while (!rest.isBlank()) {
                final int indent = lines.get(i).length() - rest.stripLeading().length();
                rest = rest.stripLeading();
                while (levels.element().indent >= indent) {
                    levels.remove();
                }
                final String parent = levels.element().path;
                final String path;
                if (rest.startsWith("- ")) {
                    path = parent + "[" + (items.merge(parent, 1, Integer::sum) - 1) + "]";
                    rest = rest.substring(2);
                } else {
                    final int colon = rest.indexOf(':');
                    path = parent + (parent.isEmpty() ? "" : ".") + rest.substring(0, Math.max(0, colon));
                    rest = "";
                }
                levels.push(new Level(indent, path));
                lineOf.put(path, i + 1);
            }
        }
    }

    /** Line on which a key, or an entry of a list, stands; from 1. */
    int line(final String path) {
        return lineOf.get(path);
    }

    /** Puts another value, on the same line. What was below it stays, so this is for scalars. */
    FullConfiguration with(final String path, final String value) {
        final int index = line(path) - 1;
        final String key = path.substring(path.lastIndexOf('.') + 1);
        final String old = lines.get(index);
        final String head = path.endsWith("]")
                ? old.substring(0, old.indexOf("- ") + 1) : old.substring(0, old.indexOf(key + ":") + key.length() + 1);
        lines.set(index, head + " " + value);
        return this;
    }

    /** Leaves the key out, in a way that keeps the lines of all others. */
    FullConfiguration without(final String path) {
        return with(path, "");
    }

    /** Adds lines at the end. */
    FullConfiguration plus(final String... more) {
        lines.addAll(List.of(more));
        return this;
    }

    int lastLine() {
        return lines.size();
    }

    GatewayConfig read() {
        return ConfigReader.parse(text(), BASE, NAME);
    }

    /** The file. */
    String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The problems that reading it gives; none when it is accepted. */
    List<String> problems() {
        try {
            read();
            return List.of();
        } catch (final ConfigException e) {
            return e.problems();
        }
    }
}
