package io.tickbridge.gateway.capture.membership;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A host's state on one port: which groups it has joined, which answers are due when, and which version its querier
 * speaks (RFC 3376, sections 5 and 7.2.1). Times are given, in ns of any clock that does not step; delays come from a
 * seeded generator. Single-threaded.
 *
 * <p>Three liberties, each on the side of answering once too often. Answers that are due survive a change of version,
 * where section 7.2.1 cancels them. Others' reports suppress none of ours (RFC 2236, section 3), since a switch that
 * watches reports does not pass them on, and wants each port's own (RFC 4541, section 2.1.1). And where no query has come
 * for a minute, because there is no querier or the port's filters keep queries away, the groups are reported anyhow:
 * switches forget a group after some four minutes (RFC 3376, section 8.4).
 */
final class MembershipHost {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1000 * MILLISECOND;
    private static final int ROBUSTNESS = 2; // RFC 3376, section 8.1
    private static final long QUERY_INTERVAL = 125 * SECOND; // section 8.2
    private static final long OLD_REPORT_INTERVAL = 10 * SECOND; // RFC 2236, section 8.10
    private static final long REPORT_INTERVAL = SECOND; // section 8.11
    private static final long RETRY = SECOND;
    private static final long UNASKED = 60 * SECOND;
    /** Drawn delays end this much before the time allowed, for the thread that sends looks only now and then. */
    private static final long MARGIN = 100 * MILLISECOND;

    private final List<Group> groups;
    private final IgmpVersion highest;
    private final Reports reports;
    private final SplittableRandom random;
    private boolean joined;
    private int robustness = ROBUSTNESS;
    private long queryInterval = QUERY_INTERVAL;
    private long version1Until = Long.MIN_VALUE;
    private long version2Until = Long.MIN_VALUE;
    private long allDue = NEVER;
    private long unaskedDue = NEVER;

    /** A group, its answers that are due, and how often its joining is still to be told. */
    private static final class Group {
        private final JoinedGroup joined;
        private final Set<Integer> asked = new TreeSet<>();
        private long due = NEVER;
        private long tellDue = NEVER;
        private int tellings;

        private Group(final JoinedGroup joined) {
            this.joined = joined;
        }

        private boolean hasSources() {
            return !joined.sources().isEmpty();
        }

        private GroupRecord record(final GroupRecord.Type ofSources, final GroupRecord.Type ofAll) {
            return new GroupRecord(hasSources() ? ofSources : ofAll, joined.address(), joined.sources());
        }
    }

    /**
     * A host that has joined nothing yet.
     *
     * @param groups  what it is to join
     * @param highest version that it speaks when the querier does
     * @param seed    of its delays; another for each host, or all answer at once
     * @param reports takes its messages
     */
    MembershipHost(
            final List<JoinedGroup> groups, final IgmpVersion highest, final long seed, final Reports reports) {
        this.groups = groups.stream().map(Group::new).toList();
        this.highest = highest;
        this.reports = reports;
        this.random = new SplittableRandom(seed);
    }

    /** Joins: told at the next {@link #onTime}, and again as often as the robustness variable says (section 5.1). */
    void join(final long now) {
        joined = true;
        unaskedDue = now + UNASKED;
        groups.forEach(group -> {
            group.tellings = robustness;
            group.tellDue = now;
        });
    }

    /** Takes a query: draws when to answer (section 5.2). */
    void onQuery(final IgmpQuery query, final long now) {
        if (!joined) {
            return;
        }
        if (query.version() == IgmpVersion.V3) {
            // Section 4.1.6: 0 says that the querier's does not fit into the field, and stands for the default.
            robustness = query.robustness() > 0 ? query.robustness() : ROBUSTNESS;
        }
        if (query.queryInterval() > 0) {
            queryInterval = query.queryInterval();
        }
        if (query.group() == 0) {
            unaskedDue = now + Math.max(UNASKED, 2 * queryInterval);
            notice(query, now);
        }
        if (query.group() != 0) {
            groups.stream().filter(group -> group.joined.address() == query.group())
                    .forEach(group -> ask(group, query.sources(), now + delay(query.maxResponse())));
        } else if (version(now) == IgmpVersion.V3) {
            allDue = Math.min(allDue, now + delay(query.maxResponse()));
        } else {
            // One message a group: spread them (RFC 2236, section 3).
            groups.forEach(group -> ask(group, List.of(), now + delay(query.maxResponse())));
        }
    }

    /** An older querier is spoken to in its version until it has been silent for long (sections 7.2.1 and 8.12). */
    private void notice(final IgmpQuery query, final long now) {
        final long until = now + robustness * queryInterval + query.maxResponse();
        if (query.version() == IgmpVersion.V1) {
            version1Until = until;
        } else if (query.version() == IgmpVersion.V2) {
            version2Until = until;
        }
    }

    private void ask(final Group group, final List<Integer> sources, final long due) {
        if (allDue <= due) {
            return; // rule 1: everything is told by then
        }
        if (group.due == NEVER) {
            group.asked.clear();
            group.asked.addAll(sources);
        } else if (sources.isEmpty() || group.asked.isEmpty()) {
            group.asked.clear(); // rule 4: about the whole group
        } else {
            group.asked.addAll(sources); // rule 5
        }
        group.due = Math.min(group.due, due);
    }

    private long delay(final long maxResponse) {
        final long most = maxResponse - Math.min(maxResponse / 2, MARGIN);
        return most <= 0 ? 0 : 1 + random.nextLong(most);
    }

    /** Sends what is due. */
    void onTime(final long now) {
        if (!joined) {
            return;
        }
        if (now >= unaskedDue) {
            unaskedDue = now + UNASKED;
            allDue = Math.min(allDue, now);
        }
        tell(now);
        if (now >= allDue) {
            allDue = sendAll(now) ? NEVER : now + RETRY;
        }
        for (final Group group : groups) {
            if (now >= group.due) {
                group.due = answer(group, now) ? NEVER : now + RETRY;
            }
        }
    }

    /** Tells of the groups joined, as state changes (section 5.1). */
    private void tell(final long now) {
        final List<Group> due = groups.stream().filter(group -> now >= group.tellDue).toList();
        if (due.isEmpty()) {
            return;
        }
        final boolean sent = send(due, now, group -> group.record(GroupRecord.Type.ALLOW, GroupRecord.Type.TO_EXCLUDE));
        final long interval = version(now) == IgmpVersion.V3 ? REPORT_INTERVAL : OLD_REPORT_INTERVAL;
        for (final Group group : due) {
            group.tellings -= sent ? 1 : 0;
            if (group.tellings == 0) {
                group.tellDue = NEVER;
            } else {
                group.tellDue = now + (sent ? 1 + random.nextLong(interval) : RETRY);
            }
        }
    }

    private boolean sendAll(final long now) {
        return send(groups, now, group -> group.record(GroupRecord.Type.IS_INCLUDE, GroupRecord.Type.IS_EXCLUDE));
    }

    private boolean answer(final Group group, final long now) {
        if (group.asked.isEmpty() || version(now) != IgmpVersion.V3) {
            return send(List.of(group), now,
                    one -> one.record(GroupRecord.Type.IS_INCLUDE, GroupRecord.Type.IS_EXCLUDE));
        }
        // Section 5.2, the table: of the senders asked about, those wanted.
        final List<Integer> wanted = new ArrayList<>(group.asked);
        if (group.hasSources()) {
            wanted.retainAll(new HashSet<>(group.joined.sources()));
        }
        return wanted.isEmpty() || reports.records(
                List.of(new GroupRecord(GroupRecord.Type.IS_INCLUDE, group.joined.address(), wanted)));
    }

    private boolean send(
            final List<Group> which, final long now, final Function<Group, GroupRecord> record) {
        final IgmpVersion version = version(now);
        if (version == IgmpVersion.V3) {
            return which.isEmpty() || reports.records(which.stream().map(record).toList());
        }
        return all(which, group -> reports.report(version, group.joined.address()));
    }

    /** Leaves at once; there will be no later time to repeat it in, so it is repeated now. */
    void leave(final long now) {
        if (!joined) {
            return;
        }
        joined = false;
        final IgmpVersion version = version(now);
        for (int i = 0; i < robustness; i++) {
            if (version == IgmpVersion.V3) {
                if (!groups.isEmpty()) {
                    reports.records(groups.stream().map(group -> new GroupRecord(
                            group.hasSources() ? GroupRecord.Type.BLOCK : GroupRecord.Type.TO_INCLUDE,
                            group.joined.address(), group.joined.sources())).toList());
                }
            } else if (version == IgmpVersion.V2) {
                all(groups, group -> reports.leave(group.joined.address()));
            }
        }
    }

    private static boolean all(final List<Group> groups, final Predicate<Group> send) {
        boolean sent = true;
        for (final Group group : groups) {
            sent &= send.test(group);
        }
        return sent;
    }

    /** The version spoken now: the querier's, up to the highest. */
    IgmpVersion version(final long now) {
        if (now < version1Until) {
            return IgmpVersion.V1;
        }
        return now < version2Until || highest == IgmpVersion.V2 ? IgmpVersion.V2 : IgmpVersion.V3;
    }

    /** A query came that could not be kept: everything is told soon, whatever it asked. */
    void onMissedQuery(final long now) {
        if (joined) {
            allDue = Math.min(allDue, now + delay(REPORT_INTERVAL));
        }
    }

    /** When {@link #onTime} has something to do next, ns; the largest number for never. */
    long nextTime() {
        return groups.stream().mapToLong(group -> Math.min(group.due, group.tellDue))
                .reduce(Math.min(allDue, unaskedDue), Math::min);
    }
}
