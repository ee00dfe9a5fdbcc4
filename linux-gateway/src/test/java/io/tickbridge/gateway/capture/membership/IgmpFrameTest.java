package io.tickbridge.gateway.capture.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.gateway.capture.file.PcapWriter;
import io.tickbridge.gateway.filter.Ipv4Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames as tshark reads them, with every checksum verified. */
class IgmpFrameTest {
    private static final int A = Ipv4Address.parse("239.129.31.1"); // second octet's high bit is not in the Ethernet address
    private static final int B = Ipv4Address.parse("224.0.32.1");
    private static final int SENDER = Ipv4Address.parse("205.209.1.1");
    private static final ReportSource UNTAGGED =
            ReportSource.of("02:00:00:00:be:ef", Ipv4Address.parse("192.0.2.9"), 0);
    private static final ReportSource TAGGED = ReportSource.of("02:00:00:00:be:ef", 0, 4094);

    @TempDir
    private Path directory;

    private String tshark(final ReportSource source, final String... arguments) throws IOException, InterruptedException {
        final boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, "tshark")));
        if ("1".equals(System.getenv("TICKBRIDGE_REQUIRE_ALL"))) {
            assertTrue(there, "TICKBRIDGE_REQUIRE_ALL is set, and this is missing: tshark");
        }
        assumeTrue(there, "skipped: this is missing: tshark");
        final Path file = directory.resolve("igmp.pcap");
        try (PcapWriter writer = PcapWriter.create(file)) {
            final IgmpSender sender = new IgmpSender(0, source,
                    (port, buffer, offset, length) -> writer.write(buffer, offset, length, 1), new MembershipCounts());
            everyMessage(sender);
        }
        final Process process = new ProcessBuilder(Stream.concat(Stream.of("tshark", "-r", file.toString(),
                "-o", "ip.check_checksum:TRUE"), Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return out;
    }

    private static void everyMessage(final Reports reports) {
        reports.report(IgmpVersion.V1, A);
        reports.report(IgmpVersion.V2, A);
        reports.leave(A);
        for (final GroupRecord.Type type : GroupRecord.Type.values()) {
            reports.records(List.of(new GroupRecord(type, A, List.of()), new GroupRecord(type, B, List.of(SENDER, SENDER + 1))));
        }
    }

    @Test
    void areWellFormedByTsharksJudgement() throws Exception {
        for (final ReportSource source : List.of(UNTAGGED, TAGGED)) {
            assertEquals("", tshark(source, "-Y",
                    "_ws.malformed || _ws.expert || ip.checksum.status != \"Good\" || igmp.checksum.status != \"Good\""));
            assertEquals(9, tshark(source, "-Y", "igmp && ip.ttl == 1 && ip.opt.ra == 0 && ip.dsfield == 0xc0 && ip.flags.df == 1 "
                    + "&& eth.src == 02:00:00:00:be:ef").lines().count());
            // Whoever looks for what is wrong should find what is: the same filter with one good thing called bad.
            assertEquals(9, tshark(source, "-Y", "ip.checksum.status == \"Good\"").lines().count());
        }
    }

    @Test
    void carryWhatTheyShould() throws Exception {
        final String[] names = ("eth.dst -e ip.src -e ip.dst -e igmp.type -e igmp.maddr -e igmp.num_grp_recs -e igmp.record_type "
                + "-e igmp.num_src -e igmp.saddr").split(" -e ");
        final String[] arguments = Stream.concat(Stream.of("-T", "fields", "-E", "separator=;"),
                Stream.of(names).flatMap(name -> Stream.of("-e", name))).toArray(String[]::new);
        assertEquals("""
                01:00:5e:01:1f:01;192.0.2.9;239.129.31.1;0x12;239.129.31.1;;;;
                01:00:5e:01:1f:01;192.0.2.9;239.129.31.1;0x16;239.129.31.1;;;;
                01:00:5e:00:00:02;192.0.2.9;224.0.0.2;0x17;239.129.31.1;;;;
                """ + IntStream.rangeClosed(1, 6).mapToObj(code ->
                "01:00:5e:00:00:16;192.0.2.9;224.0.0.22;0x22;239.129.31.1,224.0.32.1;2;%1$d,%1$d;0,2;205.209.1.1,205.209.1.2\n"
                        .formatted(code)).reduce("", String::concat), tshark(UNTAGGED, arguments));
    }

    @Test
    void areTaggedWhereTheyShould() throws Exception {
        assertEquals(9, tshark(TAGGED, "-Y", "vlan.id == 4094 && ip.src == 0.0.0.0").lines().count());
        assertEquals(0, tshark(UNTAGGED, "-Y", "vlan").lines().count());
    }

    @Test
    void areAsManyAsTheRecordsNeed() throws Exception {
        final List<Integer> many = IntStream.range(0, 1000).mapToObj(i -> SENDER + i).toList();
        final MembershipCounts counts = new MembershipCounts();
        final int[] longest = new int[1];
        final IgmpSender sender = new IgmpSender(0, TAGGED, (port, buffer, offset, length) -> {
            longest[0] = Math.max(longest[0], length);
        }, counts);
        sender.records(List.of(new GroupRecord(GroupRecord.Type.ALLOW, A, many)));
        assertEquals(3, counts.reports()); // 365 a message
        assertEquals(14 + 4 + 1500, longest[0]);
        sender.records(IntStream.range(0, 300).mapToObj(i -> new GroupRecord(GroupRecord.Type.TO_EXCLUDE, A + i, List.of()))
                .toList());
        assertEquals(3 + 2, counts.reports()); // 183 a message
    }
}
