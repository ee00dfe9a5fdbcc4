package io.tickbridge.gateway.replay;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.cme.DefinitionPacket;
import io.tickbridge.gateway.journal.JournalOfDays;
import io.tickbridge.protocol.SignalEncoder;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of signals names instruments as the exchange does, where the configuration does not. */
class DefinedSymbolsTest {
    private static final String CONFIGURATION = """
            capture: {source: pcap, file: day.pcapng}
            filter: {checksums: false}
            feeds:
              - name: cme
                protocol: cme-mdp3
                lines: [{group: 224.0.31.64, port: 14340}, {group: 224.0.31.65, port: 14341, carries: definitions}]
            %s
            signals:
              - {kind: sweep}
            """;
    private static final int IP = 14;
    private static final int UDP = IP + 20;
    private static final int PAYLOAD = UDP + 8;

    @TempDir
    private Path directory;

    private final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalEncoder.BLOCK_LENGTH]);

    @Test
    void aSignalHasTheSymbolOfADefinitionBeforeIt() throws IOException {
        assertEquals(List.of("5602", "ESZ6", "5603"), symbols(CONFIGURATION.formatted(""), 0));
    }

    @Test
    void aDefinitionBeforeTheRangeCounts() throws IOException {
        assertEquals(List.of("ESZ6", "5603"), symbols(CONFIGURATION.formatted(""), 3));
    }

    @Test
    void theConfigurationComesFirst() throws IOException {
        final String named = CONFIGURATION.formatted("instruments:\n  - {feed: cme, id: 5602, symbol: MINI, tick: 0.25}");
        assertEquals(List.of("MINI", "MINI", "5603"), symbols(named, 0));
    }

    @Test
    void aConfigurationThatThisBuildRefusesLeavesTheNumbers() throws IOException {
        assertEquals(List.of("5602", "5602", "5603"), symbols(CONFIGURATION.formatted("nonsense: 1"), 0));
    }

    /** Of a signal, a definition, and two signals, a nanosecond apart; those from a time after midnight. */
    private List<String> symbols(final String configuration, final long from) throws IOException {
        final List<String> lines = new ArrayList<>();
        try (JournalOfDays journal = new JournalOfDays(directory, configuration, LocalDate.of(2026, 3, 2))) {
            final long midnight = journal.midnight();
            signal(journal, 5602, midnight + 1);
            final UnsafeBuffer frame = frame(DefinitionPacket.future(5602, "ESZ6"));
            journal.recorder().onFrame(frame, 0, frame.capacity(), midnight + 2, 1);
            signal(journal, 5602, midnight + 3);
            signal(journal, 5603, midnight + 4);
            journal.write();
            SignalList.print(directory, new RecordRange(Long.MIN_VALUE, Long.MAX_VALUE, midnight + from, Long.MAX_VALUE), lines::add);
        }
        return lines.stream().map(line -> line.split("\t")[3]).toList();
    }

    private void signal(final JournalOfDays journal, final long instrument, final long time) {
        new SignalEncoder().wrap(body, 0).instrument(instrument).rule(1).venue(Venue.CME).exchangeTime(time);
        journal.recorder().onSignal(body, 0, time);
    }

    /** To the group that carries definitions. */
    private static UnsafeBuffer frame(final byte[] payload) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[PAYLOAD + payload.length]);
        frame.putShort(IP - 2, (short) 0x0800, BIG_ENDIAN);
        frame.putByte(IP, (byte) 0x45);
        frame.putShort(IP + 2, (short) (frame.capacity() - IP), BIG_ENDIAN);
        frame.putByte(IP + 8, (byte) 1);
        frame.putByte(IP + 9, (byte) 17);
        frame.putInt(IP + 16, 224 << 24 | 31 << 8 | 65, BIG_ENDIAN);
        frame.putShort(UDP + 2, (short) 14341, BIG_ENDIAN);
        frame.putShort(UDP + 4, (short) (8 + payload.length), BIG_ENDIAN);
        frame.putBytes(PAYLOAD, payload);
        return frame;
    }
}
