package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.LogonAcceptedDecoder;
import io.tickbridge.protocol.LogoutDecoder;
import io.tickbridge.protocol.SignalDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session recorded from the wire, as Wireshark's own tshark reads it by tickbridge.lua, beside what the add-on read. */
class LinkDissectionTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int SEALED = 2; // SPECIFICATION.md, section 3: bit 1 of the flags

    @TempDir
    private Path directory;
    private Path capture;

    @Test
    void aRecordedSessionIsReadAsTheAddOnReadIt() throws IOException, InterruptedException {
        Requirement.program("tshark");
        Requirement.root();
        try (LinkHarness link = new LinkHarness(directory)) {
            final TestAddOn addOn = recorded(link, () -> session(link));
            assertEquals(addOn.frames.stream().map(frame -> frame.template() + "," + Long.toUnsignedString(frame.sequence()) + ","
                    + frame.header().sendTime() + "," + frame.bytes().capacity()).toList(), fromTheGateway(link.port));
            assertEquals(signals(addOn), dissect(link.port, "tickbridge.templateId == 20",
                    "tickbridge.Signal.number", "tickbridge.Signal.bidPrice", "tickbridge.Signal.value"));
            assertEquals(List.of("2", "6", "7", "5"), dissect(link.port, "tcp.dstport == " + link.port, "tickbridge.templateId"));
            assertEquals(List.of(), dissect(link.port, "tickbridge.malformed || tcp.analysis.lost_segment", "frame.number"));
        }
    }

    @Test
    void theTagOfEachSealedFrameIsShown() throws IOException, InterruptedException {
        Requirement.program("tshark");
        Requirement.root();
        try (LinkHarness link = LinkHarness.sealing(directory)) {
            final TestAddOn addOn = recorded(link, () -> sealedSession(link));
            assertEquals(0, addOn.wrongTags());
            assertEquals(addOn.frames.stream().filter(frame -> (frame.header().flags() & SEALED) != 0)
                    .map(frame -> frame.template() + "," + tag(frame)).toList(),
                    dissect(link.port, "tickbridge.tag && tcp.srcport == " + link.port, "tickbridge.templateId", "tickbridge.tag"));
            assertEquals(addOn.frames.stream().map(frame -> Integer.toString(frame.template())).toList(),
                    dissect(link.port, "tcp.srcport == " + link.port, "tickbridge.templateId"));
            assertEquals(List.of(), dissect(link.port, "tickbridge.malformed || tcp.analysis.lost_segment", "frame.number"));
        }
    }

    private TestAddOn recorded(final LinkHarness link, final Supplier<TestAddOn> session)
            throws IOException, InterruptedException {
        capture = directory.resolve("session.pcap");
        final Process recorder = record(link.port);
        try {
            final TestAddOn addOn = session.get();
            awaitRecorded(link.port, addOn.frames.size());
            return addOn;
        } finally {
            recorder.destroy();
            recorder.waitFor();
        }
    }

    /** Each step is waited for, so that no segment carries sealed and other frames at once: fields are told by segment. */
    private static TestAddOn sealedSession(final LinkHarness link) {
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.sealingLogon(LinkHarness.KEY, "recorded", 3));
        link.until(() -> addOn.has(LogonAcceptedDecoder.TEMPLATE_ID));
        for (int i = 0; i < 20; i++) {
            link.signal();
        }
        link.until(() -> addOn.all(SignalDecoder.TEMPLATE_ID).size() == 20);
        addOn.send(addOn.sealed(TestAddOn.logout()));
        link.until(addOn::isEnded);
        return addOn;
    }

    private static String tag(final TestAddOn.Frame frame) {
        final byte[] tag = new byte[Link.TAG_LENGTH];
        frame.bytes().getBytes(frame.bytes().capacity() - tag.length, tag);
        return HexFormat.of().formatHex(tag);
    }

    /** All that a usual session has: logon, what is known, a change of a book, signals, heartbeats, a probe, logout. */
    private static TestAddOn session(final LinkHarness link) {
        final TestBook book = new TestBook(11).top(-250_000_000, 7, 0, 9);
        link.server.onInstrument(book);
        final TestAddOn addOn = link.challenged();
        addOn.send(addOn.logon(LinkHarness.KEY, "recorded", 0, 0));
        link.until(() -> addOn.has(LogonAcceptedDecoder.TEMPLATE_ID));
        link.server.onStateChange(book, BookState.TRUSTED, 1000);
        link.server.onBookEvent(book, 1001);
        for (int i = 0; i < 20; i++) {
            link.signal();
        }
        link.until(() -> addOn.all(SignalDecoder.TEMPLATE_ID).size() == 20);
        addOn.send(TestAddOn.heartbeat(1));
        link.clock.advance(SECOND);
        link.settle(addOn);
        link.until(() -> addOn.has(6));
        addOn.send(TestAddOn.logout());
        link.until(addOn::isEnded);
        assertTrue(!addOn.has(LogoutDecoder.TEMPLATE_ID), "who logs out is not logged out");
        return addOn;
    }

    private static List<String> signals(final TestAddOn addOn) {
        return addOn.all(SignalDecoder.TEMPLATE_ID).stream().map(frame -> {
            final SignalDecoder signal = new SignalDecoder().wrapAndApplyHeader(frame.bytes(), 0, frame.header());
            return signal.number() + "," + signal.bidPrice() + "," + signal.value();
        }).toList();
    }

    private Process record(final int port) throws IOException {
        final Process recorder = new ProcessBuilder("tshark", "-q", "-i", "lo", "-f", "tcp port " + port, "-F", "pcap", "-w", capture.toString())
                .redirectErrorStream(true).start();
        final BufferedReader said = recorder.inputReader();
        // dumpcap names its file once it has opened the interface.
        String line = said.readLine();
        while (line != null && !line.contains("File:")) {
            line = said.readLine();
        }
        assertTrue(line != null, "tshark ended before it captured");
        return recorder;
    }

    /** What is captured comes to the file some time later. */
    private void awaitRecorded(final int port, final int frames) throws IOException, InterruptedException {
        final long begun = System.nanoTime();
        int recorded = 0;
        while (recorded < frames && System.nanoTime() - begun < 60 * SECOND) {
            recorded = fromTheGateway(port).size();
        }
        assertEquals(frames, recorded, "frames recorded");
    }

    private List<String> fromTheGateway(final int port) throws IOException, InterruptedException {
        return dissect(port, "tcp.srcport == " + port, "tickbridge.templateId", "tickbridge.sequence", "tickbridge.sendTime",
                "tickbridge.frameLength");
    }

    /** The fields of each frame of the link, comma between them; a segment with several frames is several. */
    private List<String> dissect(final int port, final String filter, final String... fields) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-X", "lua_script:" + script(), "-d",
                "tcp.port==" + port + ",tickbridge", "-r", capture.toString(), "-Y", filter, "-T", "fields", "-E", "separator=|", "-E",
                "occurrence=a", "-E", "aggregator=;"));
        List.of(fields).forEach(field -> command.addAll(List.of("-e", field)));
        final Path errors = directory.resolve("tshark.txt");
        final Process tshark = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        final List<String> lines = tshark.inputReader().lines().toList();
        assertEquals(0, tshark.waitFor(), Files.readString(errors)); // an unknown field gives nothing, as a field that is not there does
        return lines.stream().filter(line -> !line.replace("|", "").isEmpty()).flatMap(line -> {
            final String[][] columns = Arrays.stream(line.split("\\|")).map(column -> column.split(";")).toArray(String[][]::new);
            return IntStream.range(0, columns[0].length).mapToObj(row ->
                    String.join(",", Arrays.stream(columns).map(column -> column[row]).toList()));
        }).toList();
    }

    private static Path script() {
        final Path script = Path.of(System.getProperty("tickbridge.root", ".."), "bridge-protocol", "tickbridge.lua").toAbsolutePath();
        assertTrue(Files.isReadable(script), script::toString);
        return script;
    }
}
