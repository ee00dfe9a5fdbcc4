package io.tickbridge.gateway.capture.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.filter.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a host says when, by the rules of RFC 3376 and, to older queriers, of RFC 2236 and RFC 1112. */
class MembershipHostTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int A = Ipv4Address.parse("224.0.31.1");
    private static final int B = Ipv4Address.parse("224.0.32.1");
    private static final int SENDER = Ipv4Address.parse("205.209.1.1");
    private static final int OTHER_SENDER = Ipv4Address.parse("205.209.1.2");
    private static final JoinedGroup OF_ALL = new JoinedGroup(A, List.of());
    private static final JoinedGroup OF_ONE = new JoinedGroup(B, List.of(SENDER));

    private final RecordedReports reports = new RecordedReports();
    private final MembershipHost host = host(IgmpVersion.V3, OF_ALL, OF_ONE);

    private MembershipHost host(final IgmpVersion highest, final JoinedGroup... groups) {
        return new MembershipHost(List.of(groups), highest, 1, reports);
    }

    private static IgmpQuery query(final IgmpVersion version, final int group, final Integer... sources) {
        return new IgmpQuery(version, group, List.of(sources), 10 * SECOND,
                version == IgmpVersion.V3 ? 2 : 0, version == IgmpVersion.V3 ? 125 * SECOND : 0);
    }

    /** Sends what is due up to a time, each at its own; returns it. */
    private List<String> until(final MembershipHost one, final long end) {
        while (one.nextTime() <= end) {
            one.onTime(one.nextTime());
        }
        return reports.take();
    }

    private void joinQuietly() {
        host.join(0);
        until(host, 3 * SECOND);
    }

    @Test
    void joiningIsToldTwiceWithinASecond() {
        final String joined = "TO_EXCLUDE 224.0.31.1[]; ALLOW 224.0.32.1[205.209.1.1]";
        host.join(0);
        assertEquals(List.of(joined), until(host, 0));
        final List<String> again = until(host, SECOND);
        assertEquals(2, String.join("; ", again).split("; ").length, again::toString);
        assertTrue(String.join("; ", again).contains("TO_EXCLUDE 224.0.31.1[]"), again::toString);
        assertEquals(List.of(), until(host, 50 * SECOND));
    }

    /** RFC 3376, section 4.1.6: a variable that does not fit the field is sent as 0, and the default holds. */
    @Test
    void aQuerierWithoutRobustnessPutsTheDefaultBack() {
        host.onQuery(query(IgmpVersion.V3, 0), 0); // not heard: nothing is joined
        joinQuietly();
        host.onQuery(new IgmpQuery(IgmpVersion.V3, 0, List.of(), 10 * SECOND, 5, 125 * SECOND), 10 * SECOND);
        until(host, 20 * SECOND);
        host.onQuery(new IgmpQuery(IgmpVersion.V3, 0, List.of(), 10 * SECOND, 0, 125 * SECOND), 30 * SECOND);
        until(host, 40 * SECOND);
        host.leave(50 * SECOND);
        assertEquals(2, reports.take().size(), "leaves are repeated as often as the variable says");
    }

    /** Versions 1 and 2 have no such field: what an earlier querier said stays. */
    @Test
    void anOlderQueryLeavesTheRobustnessAlone() {
        joinQuietly();
        host.onQuery(new IgmpQuery(IgmpVersion.V3, 0, List.of(), 10 * SECOND, 3, 125 * SECOND), 10 * SECOND);
        host.onQuery(query(IgmpVersion.V2, A), 30 * SECOND);
        until(host, 45 * SECOND);
        host.leave(50 * SECOND);
        assertEquals(3, reports.take().size());
    }

    @Test
    void saysNothingBeforeItJoins() {
        host.onQuery(query(IgmpVersion.V3, 0), 0);
        host.onTime(SECOND);
        host.leave(SECOND);
        assertEquals(List.of(), reports.take());
    }

    @Test
    void answersAGeneralQueryWithEverything() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V3, 0), 10 * SECOND);
        assertEquals(List.of("IS_EXCLUDE 224.0.31.1[]; IS_INCLUDE 224.0.32.1[205.209.1.1]"), until(host, 20 * SECOND));
    }

    @Test
    void answersForAGroupAloneAndNotForOthers() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V3, A), 10 * SECOND);
        assertEquals(List.of("IS_EXCLUDE 224.0.31.1[]"), until(host, 20 * SECOND));
        host.onQuery(query(IgmpVersion.V3, Ipv4Address.parse("224.0.33.1")), 20 * SECOND);
        assertEquals(List.of(), until(host, 30 * SECOND));
    }

    @Test
    void answersForTheSendersAskedAboutThatAreWanted() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V3, B, SENDER, OTHER_SENDER), 10 * SECOND);
        assertEquals(List.of("IS_INCLUDE 224.0.32.1[205.209.1.1]"), until(host, 20 * SECOND));
        host.onQuery(query(IgmpVersion.V3, B, OTHER_SENDER), 20 * SECOND);
        assertEquals(List.of(), until(host, 30 * SECOND), "an unwanted sender");
        host.onQuery(query(IgmpVersion.V3, A, OTHER_SENDER), 30 * SECOND);
        assertEquals(List.of("IS_INCLUDE 224.0.31.1[205.209.1.2]"), until(host, 40 * SECOND), "all are wanted");
    }

    @Test
    void gathersQuestionsAboutOneGroupInOneAnswer() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V3, A, SENDER), 10 * SECOND);
        host.onQuery(query(IgmpVersion.V3, A, OTHER_SENDER), 10 * SECOND);
        assertEquals(List.of("IS_INCLUDE 224.0.31.1[205.209.1.1, 205.209.1.2]"), until(host, 20 * SECOND));
        host.onQuery(query(IgmpVersion.V3, A, SENDER), 20 * SECOND);
        host.onQuery(query(IgmpVersion.V3, A), 20 * SECOND);
        assertEquals(List.of("IS_EXCLUDE 224.0.31.1[]"), until(host, 30 * SECOND), "the whole group takes senders in");
    }

    @Test
    void leavingIsToldAsOftenAsTheQuerierIsRobust() {
        joinQuietly();
        host.onQuery(new IgmpQuery(IgmpVersion.V3, 0, List.of(), SECOND, 3, 125 * SECOND), 10 * SECOND);
        until(host, 20 * SECOND);
        host.leave(20 * SECOND);
        final String left = "TO_INCLUDE 224.0.31.1[]; BLOCK 224.0.32.1[205.209.1.1]";
        assertEquals(List.of(left, left, left), reports.take());
        host.onQuery(query(IgmpVersion.V3, 0), 21 * SECOND);
        assertEquals(List.of(), until(host, 22 * SECOND), "it is gone");
    }

    @Test
    void speaksVersionTwoWhileItsQuerierDoes() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V2, 0), 10 * SECOND);
        final List<String> answers = new ArrayList<>(until(host, 20 * SECOND));
        answers.sort(null);
        assertEquals(List.of("V2 224.0.31.1", "V2 224.0.32.1"), answers);
        // 2 times 125 s and the answer's 10 s, from the last query (RFC 3376, section 8.12).
        assertEquals(IgmpVersion.V2, host.version(270 * SECOND - 1));
        assertEquals(IgmpVersion.V3, host.version(270 * SECOND));
        host.onQuery(query(IgmpVersion.V3, A), 30 * SECOND);
        assertEquals(List.of("V2 224.0.31.1"), until(host, 40 * SECOND), "another querier's newer question");
        host.leave(40 * SECOND);
        assertEquals(List.of("leave 224.0.31.1", "leave 224.0.32.1", "leave 224.0.31.1", "leave 224.0.32.1"), reports.take());
    }

    @Test
    void speaksVersionOneWhileItsQuerierDoes() {
        joinQuietly();
        host.onQuery(query(IgmpVersion.V1, 0), 10 * SECOND);
        final List<String> answers = new ArrayList<>(until(host, 20 * SECOND));
        answers.sort(null);
        assertEquals(List.of("V1 224.0.31.1", "V1 224.0.32.1"), answers);
        host.leave(21 * SECOND);
        assertEquals(List.of(), reports.take(), "version 1 has no leave");
    }

    @Test
    void joinsInVersionTwoWhenToldTo() {
        final MembershipHost old = host(IgmpVersion.V2, OF_ALL);
        old.join(0);
        assertEquals(List.of("V2 224.0.31.1", "V2 224.0.31.1"), until(old, 10 * SECOND));
        old.onQuery(query(IgmpVersion.V3, 0), 10 * SECOND);
        assertEquals(List.of("V2 224.0.31.1"), until(old, 20 * SECOND));
    }

    @Test
    void reportsUnaskedWhereNobodyAsks() {
        joinQuietly();
        final String all = "IS_EXCLUDE 224.0.31.1[]; IS_INCLUDE 224.0.32.1[205.209.1.1]";
        assertEquals(List.of(all, all), until(host, 120 * SECOND));
        host.onQuery(query(IgmpVersion.V3, 0), 130 * SECOND);
        assertEquals(List.of(all), until(host, 370 * SECOND), "while somebody asks, only answers");
    }

    @Test
    void triesAgainUntilItIsSent() {
        reports.fails = true;
        host.join(0);
        until(host, 5 * SECOND);
        reports.fails = false;
        assertEquals(2, until(host, 8 * SECOND).stream().filter(text -> text.contains("224.0.31.1")).count(),
                "joining is told twice all the same");
        reports.fails = true;
        host.onQuery(query(IgmpVersion.V3, B, SENDER), 10 * SECOND);
        until(host, 25 * SECOND);
        reports.fails = false;
        assertEquals(List.of("IS_INCLUDE 224.0.32.1[205.209.1.1]"), until(host, 27 * SECOND));
    }

    @Test
    void aMissedQueryIsAnsweredWithEverything() {
        joinQuietly();
        host.onMissedQuery(10 * SECOND);
        assertEquals(List.of("IS_EXCLUDE 224.0.31.1[]; IS_INCLUDE 224.0.32.1[205.209.1.1]"), until(host, 11 * SECOND));
    }
}
