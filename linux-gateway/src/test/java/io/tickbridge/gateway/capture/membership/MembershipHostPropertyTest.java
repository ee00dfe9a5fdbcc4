package io.tickbridge.gateway.capture.membership;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.filter.Ipv4Address;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is asked when: each group is reported within the time allowed, by each and every query about it. */
class MembershipHostPropertyTest {
    private static final long TENTH = 100_000_000;
    private static final int FIRST_GROUP = Ipv4Address.parse("224.0.31.1");
    private static final int FIRST_SENDER = Ipv4Address.parse("205.209.1.1");
    private static final int GROUPS = 5;

    private record Asked(long pause, IgmpQuery query) {
    }

    @Provide
    Arbitrary<List<Asked>> questions() {
        final Arbitrary<IgmpQuery> query = Combinators.combine(
                Arbitraries.of(IgmpVersion.class),
                Arbitraries.integers().between(-1, GROUPS), // one that was never joined, all, each
                Arbitraries.integers().between(0, 2).list().ofMaxSize(3),
                Arbitraries.integers().between(0, 300),
                Arbitraries.integers().between(0, 7),
                Arbitraries.integers().between(0, 300)).as(MembershipHostPropertyTest::query);
        return Combinators.combine(Arbitraries.longs().between(0, 40_000_000_000L), query).as(Asked::new).list().ofMaxSize(40);
    }

    private static IgmpQuery query(final IgmpVersion version, final int group, final List<Integer> sources,
            final int tenths, final int robustness, final int interval) {
        final int address = group < 0 || version == IgmpVersion.V1 ? 0 : FIRST_GROUP + group;
        return new IgmpQuery(version, address,
                version == IgmpVersion.V3 && address != 0 ? sources.stream().map(s -> FIRST_SENDER + s).toList() : List.of(),
                version == IgmpVersion.V1 ? 100 * TENTH : tenths * TENTH,
                version == IgmpVersion.V3 ? robustness : 0, version == IgmpVersion.V3 ? interval * 10 * TENTH : 0);
    }

    @Property(tries = 2000)
    void everyGroupIsReportedInTime(@ForAll("questions") final List<Asked> questions, @ForAll final long seed) {
        // Even ones from all senders, odd ones from two of three.
        final List<JoinedGroup> groups = IntStream.range(0, GROUPS).mapToObj(group -> new JoinedGroup(FIRST_GROUP + group,
                group % 2 == 0 ? List.of() : List.of(FIRST_SENDER, FIRST_SENDER + 1))).toList();
        final RecordedReports reports = new RecordedReports();
        final MembershipHost host = new MembershipHost(groups, IgmpVersion.V3, seed, reports);
        host.join(0);
        final long[] deadline = new long[GROUPS]; // joining is told at once
        long now = 0;
        run(host, reports, deadline, now);
        for (final Asked asked : questions) {
            now += asked.pause;
            run(host, reports, deadline, now);
            host.onQuery(asked.query, now);
            for (int group = 0; group < GROUPS; group++) {
                if (concerns(asked.query, groups.get(group))) {
                    deadline[group] = Math.min(deadline[group], now + asked.query.maxResponse());
                }
            }
        }
        run(host, reports, deadline, now + 100 * 10 * TENTH);
        for (int group = 0; group < GROUPS; group++) {
            assertTrue(deadline[group] == Long.MAX_VALUE, "group " + group + " is owed a report since " + deadline[group]);
        }
    }

    private static boolean concerns(final IgmpQuery query, final JoinedGroup group) {
        return query.group() == 0 || query.group() == group.address()
                && (query.sources().isEmpty() || group.sources().isEmpty()
                        || query.sources().stream().anyMatch(group.sources()::contains));
    }

    private static void run(
            final MembershipHost host, final RecordedReports reports, final long[] deadline, final long until) {
        while (host.nextTime() <= until) {
            final long now = host.nextTime();
            host.onTime(now);
            for (final int group : reports.reported) {
                assertTrue(now <= deadline[group - FIRST_GROUP], "late: " + now + " after " + deadline[group - FIRST_GROUP]);
                deadline[group - FIRST_GROUP] = Long.MAX_VALUE;
            }
            reports.take();
            for (int group = 0; group < GROUPS; group++) {
                assertTrue(deadline[group] > now, "group " + group + " was to be reported by " + deadline[group]);
            }
        }
    }
}
