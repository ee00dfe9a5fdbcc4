package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.signal.SignalListener;

/** Builds a pipeline from the text that a journal carries. */
@FunctionalInterface
public interface ReplayPipelineFactory {

    /**
     * Builds one pipeline, in the state in which a gateway starts.
     *
     * @param configurationText whole configuration file, as it was when the run started
     * @param signals           takes every signal the pipeline finds
     * @return a pipeline of its own for one run
     * @throws RuntimeException when this build refuses the configuration; its message is shown to the user
     */
    ReplayPipeline create(String configurationText, SignalListener signals);
}
