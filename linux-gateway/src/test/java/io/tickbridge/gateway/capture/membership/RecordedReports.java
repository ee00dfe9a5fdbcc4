package io.tickbridge.gateway.capture.membership;

import io.tickbridge.gateway.filter.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Keeps a host's messages as text, with the groups they keep joined. */
final class RecordedReports implements Reports {
    final List<String> messages = new ArrayList<>();
    final List<Integer> reported = new ArrayList<>();
    boolean fails;

    private boolean keep(final String text) {
        if (!fails) {
            messages.add(text);
        }
        return !fails;
    }

    @Override
    public boolean report(final IgmpVersion version, final int group) {
        if (!fails) {
            reported.add(group);
        }
        return keep(version + " " + Ipv4Address.format(group));
    }

    @Override
    public boolean leave(final int group) {
        return keep("leave " + Ipv4Address.format(group));
    }

    @Override
    public boolean records(final List<GroupRecord> records) {
        if (!fails) {
            records.forEach(record -> reported.add(record.group()));
        }
        return keep(records.stream().map(record -> record.type() + " " + Ipv4Address.format(record.group())
                + record.sources().stream().map(Ipv4Address::format).collect(Collectors.toList()))
                .collect(Collectors.joining("; ")));
    }

    /** What came since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(messages);
        messages.clear();
        reported.clear();
        return taken;
    }
}
