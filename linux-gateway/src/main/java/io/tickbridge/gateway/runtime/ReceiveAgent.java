package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.util.function.IntSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * The duty cycle of the receive thread: a burst of frames through the pipeline, then the link's I/O, so that a signal is
 * written by the thread that found it.
 */
public final class ReceiveAgent implements Agent {
    private final PacketSource source;
    private final Pipeline pipeline;
    private final IntSupplier linkWork;
    private final SignalLatency latency;
    private final Gate gate;
    private final int burstLimit;
    private boolean open;

    /** Decides when the source may be polled for the first time. */
    @FunctionalInterface
    public interface Gate {
        /** Always open. */
        Gate OPEN = () -> true;

        /**
         * Asked each cycle until it says yes.
         *
         * @return true when frames may come
         */
        boolean isOpen();
    }

    /**
     * A cycle.
     *
     * @param source     polled; closed with this agent
     * @param pipeline   takes the frames
     * @param linkWork   the link's {@code doWork()}
     * @param latency    told when signals are on their way; null where receive times are not this machine's
     * @param gate       holds the source back
     * @param burstLimit frames a burst
     */
    public ReceiveAgent(
            final PacketSource source, final Pipeline pipeline, final IntSupplier linkWork, final SignalLatency latency,
            final Gate gate, final int burstLimit) {
        this.source = source;
        this.pipeline = pipeline;
        this.linkWork = linkWork;
        this.latency = latency;
        this.gate = gate;
        this.burstLimit = burstLimit;
    }

    @Override
    public int doWork() {
        int work = 0;
        if (open) {
            work = source.poll(pipeline, burstLimit);
            if (work == 0 && source.isExhausted()) {
                pipeline.onEndOfInput();
                linkWork.getAsInt();
                throw new AgentTerminationException("end of " + source.describe());
            }
        } else {
            open = gate.isOpen();
        }
        work += linkWork.getAsInt();
        if (latency != null) {
            latency.onBurstSent();
        }
        return work;
    }

    @Override
    public void onClose() {
        source.close();
    }

    @Override
    public String roleName() {
        return "receive";
    }
}
