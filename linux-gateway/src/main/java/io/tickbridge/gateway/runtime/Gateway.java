package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.ops.CountersFile;
import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.ops.StatusPublisher;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway process, from configuration to clean stop. */
public final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int STATUS_PERIOD = 20; // ms between looks at the clock by the thread that publishes counters

    private final GatewayConfig config;
    private final String configText;
    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final List<AutoCloseable> opened = new ArrayList<>();

    private Gateway(final GatewayConfig config, final String configText) {
        this.config = config;
        this.configText = configText;
    }
}
