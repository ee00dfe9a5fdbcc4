package io.tickbridge.gateway.config;

import java.util.HashSet;
import java.util.List;

/** Reads {@code capture.afxdp}, and what only shows when its keys are looked at together. */
final class AfXdpReader {
    private AfXdpReader() {
    }

    static AfXdpConfig read(final Section section) {
        final List<Integer> queues = List.copyOf(section.list(Keys.AfXdp.QUEUES));
        final AfXdpConfig.Mode mode = section.get(Keys.AfXdp.MODE);
        final AfXdpConfig.Attach attach = section.get(Keys.AfXdp.ATTACH);
        final int frames = Absent.or(section.get(Keys.AfXdp.FRAMES), 0);
        final Integer frameSize = section.get(Keys.AfXdp.FRAME_SIZE);
        final Integer ring = section.get(Keys.AfXdp.RING);
        if (new HashSet<>(queues).size() < queues.size()) {
            section.refuse(Keys.AfXdp.QUEUES, "found " + queues + ", allowed: each queue once");
        }
        if (mode == AfXdpConfig.Mode.ZERO_COPY && attach == AfXdpConfig.Attach.GENERIC) {
            section.refuse(Keys.AfXdp.ATTACH, "found \"generic\", allowed with `mode: zero-copy`: auto, native");
        }
        if (frames > 0 && ring != null && ring > frames) {
            section.refuse(Keys.AfXdp.RING, "found \"" + ring + "\", allowed: at most `frames`, which is " + frames);
        }
        final AfXdpConfig config = new AfXdpConfig(queues, mode, attach, frames, Absent.or(frameSize, 0), Absent.or(ring, 0),
                Boolean.TRUE.equals(section.get(Keys.AfXdp.NEED_WAKEUP)), section.get(Keys.AfXdp.HUGE_PAGES),
                Absent.or(section.get(Keys.AfXdp.BUSY_POLL), 0), Absent.or(section.get(Keys.AfXdp.BUSY_POLL_BUDGET), 0));
        section.close();
        return config;
    }
}
