package io.tickbridge.gateway.capture.membership;

import io.tickbridge.gateway.capture.CaptureException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends a host's messages out of one port, and says once when that stops working and when it works again. */
final class IgmpSender implements Reports {
    private static final Logger LOG = LoggerFactory.getLogger(IgmpSender.class);

    private final int port;
    private final IgmpFrame frame;
    private final FrameSender sender;
    private final MembershipCounts counts;
    private boolean isFailing;
    private boolean isLast;

    IgmpSender(final int port, final ReportSource source, final FrameSender sender, final MembershipCounts counts) {
        this.port = port;
        this.frame = new IgmpFrame(source);
        this.sender = sender;
        this.counts = counts;
    }

    @Override
    public boolean report(final IgmpVersion version, final int group) {
        frame.report(version, group);
        return send();
    }

    @Override
    public boolean leave(final int group) {
        frame.leave(group);
        return send();
    }

    @Override
    public boolean records(final List<GroupRecord> records) {
        final List<GroupRecord> left = new ArrayList<>();
        records.forEach(record -> split(record, left));
        boolean sent = true;
        for (int done = 0; done < left.size();) {
            done += frame.records(left.subList(done, left.size()));
            sent &= send();
        }
        return sent;
    }

    /** A record with more senders than a message holds becomes several (RFC 3376, section 4.2.16). */
    private static void split(final GroupRecord record, final List<GroupRecord> into) {
        int from = 0;
        do {
            final int to = Math.min(record.sources().size(), from + IgmpFrame.MOST_SOURCES);
            into.add(new GroupRecord(record.type(), record.group(), record.sources().subList(from, to)));
            from = to;
        } while (from < record.sources().size());
    }

    /**
     * What follows are the last messages. One that cannot be sent is counted and no more: nothing is tried again, and a
     * device that is gone, which is why the gateway ends, has been reported already.
     */
    void last() {
        isLast = true;
    }

    private boolean send() {
        try {
            sender.send(port, frame.buffer(), 0, frame.length());
        } catch (final CaptureException e) {
            counts.sendFailed();
            if (!isFailing && !isLast) {
                LOG.warn("group membership cannot be reported, so that a switch may stop delivering; it is tried again every "
                        + "second: {}", e.getMessage());
            }
            isFailing = true;
            return false;
        }
        counts.reportSent();
        if (isFailing) {
            LOG.info("group membership is reported again");
        }
        isFailing = false;
        return true;
    }
}
