package io.tickbridge.gateway.capture.membership;

import java.util.List;

/** Where a host's messages go. Each says whether it was sent. */
interface Reports {

    /** A version 1 or 2 membership report, to the group itself. */
    boolean report(IgmpVersion version, int group);

    /** A version 2 leave message. */
    boolean leave(int group);

    /** Version 3 reports, as many as the records need. */
    boolean records(List<GroupRecord> records);
}
