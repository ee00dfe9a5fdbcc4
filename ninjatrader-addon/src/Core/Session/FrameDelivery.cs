namespace Tickbridge.Core
{
    /// <summary>
    /// Takes the frames of a logged-on connection that carry data: counts, checks their sequence, keeps reference
    /// data and hands them to the listener. One object a message type, so it allocates only for the names in
    /// definitions.
    /// </summary>
    internal sealed class FrameDelivery
    {
        private readonly LinkState state;
        private readonly ILinkListener listener;
        private readonly IClock clock;
        private readonly Signal signal = new Signal();
        private readonly Quote quote = new Quote();
        private readonly Trade trade = new Trade();
        private readonly InstrumentDefinition instrument = new InstrumentDefinition();
        private readonly InstrumentState instrumentState = new InstrumentState();
        private readonly SignalDefinition definition = new SignalDefinition();
        private readonly SequenceGap gap = new SequenceGap();
        private ulong lastResumed;
        private long timeToLive;

        public FrameDelivery(LinkState state, ILinkListener listener, IClock clock)
        {
            this.state = state;
            this.listener = listener;
            this.clock = clock;
        }

        /// <summary>A connection was logged on.</summary>
        public void LoggedOn(LogonAccepted logon)
        {
            lastResumed = logon.LastSequence;
            timeToLive = logon.SignalTimeToLive;
            if (logon.Session != state.Sequence.Session)
            {
                // Maybe another configuration, maybe another machine.
                state.Reference.Clear();
                state.Clock.Reset();
            }
            Report(state.Sequence.LoggedOn(logon.Session, logon.NextSequence));
        }

        /// <summary>
        /// Holds the header's number against what is due. To be called for every frame but SequenceGap, also for those
        /// that are not understood: a later version may sequence messages that we skip.
        /// </summary>
        /// <returns>whether to take the frame; false: it is a duplicate</returns>
        public bool CheckSequence(byte[] buffer, int frame)
        {
            SequenceRange hole;
            bool take = true;
            ulong number = FrameHeader.Sequence(buffer, frame);
            if (FrameHeader.IsSequenced(buffer, frame))
            {
                take = state.Sequence.Sequenced(number, out hole);
            }
            else
            {
                hole = state.Sequence.Unsequenced(number);
            }
            Report(hole);
            if (!take)
            {
                state.PublishSequenceCounts();
            }
            return take;
        }

        /// <summary>Delivers a frame whose sequence was checked.</summary>
        /// <returns>false if it is no data message</returns>
        public bool Deliver(byte[] buffer, int frame, long arrivalTime)
        {
            switch (FrameHeader.TemplateIdOf(buffer, frame))
            {
                case TemplateId.Signal:
                    if (Wrap(signal, buffer, frame, arrivalTime))
                    {
                        DeliverSignal();
                    }
                    return true;
                case TemplateId.Quote:
                    if (Wrap(quote, buffer, frame, arrivalTime))
                    {
                        state.Counters.Increment(LinkCounter.Quotes);
                        state.Counters.Add(LinkCounter.QuotesConflated, quote.Conflated);
                        listener.OnQuote(quote);
                    }
                    return true;
                case TemplateId.Trade:
                    if (Wrap(trade, buffer, frame, arrivalTime))
                    {
                        state.Counters.Increment(LinkCounter.Trades);
                        state.Counters.Add(LinkCounter.TradesSkipped, trade.Skipped);
                        listener.OnTrade(trade);
                    }
                    return true;
                case TemplateId.InstrumentState:
                    if (Wrap(instrumentState, buffer, frame, arrivalTime))
                    {
                        state.Counters.Increment(LinkCounter.InstrumentStates);
                        instrumentState.IsResumed = IsResumed(buffer, frame);
                        state.Reference.Update(instrumentState);
                        listener.OnInstrumentState(instrumentState);
                    }
                    return true;
                case TemplateId.InstrumentDefinition:
                    if (Wrap(instrument, buffer, frame, arrivalTime))
                    {
                        state.Reference.Update(instrument);
                        listener.OnInstrument(instrument);
                    }
                    return true;
                case TemplateId.SignalDefinition:
                    definition.Wrap(buffer, frame, arrivalTime);
                    state.Reference.Update(definition);
                    listener.OnSignalDefinition(definition);
                    return true;
                case TemplateId.SequenceGap:
                    gap.Wrap(buffer, frame, arrivalTime);
                    var range = new SequenceRange(gap.FromSequence, gap.ToSequence, gap.Reason);
                    Report(state.Sequence.Announced(range));
                    Report(range);
                    return true;
                default:
                    return false;
            }
        }

        private bool Wrap(Message message, byte[] buffer, int frame, long arrivalTime)
        {
            message.Wrap(buffer, frame, arrivalTime);
            if (!message.IsUnderstood)
            {
                state.Counters.Increment(LinkCounter.FramesNotUnderstood);
                return false;
            }
            return true;
        }

        private void DeliverSignal()
        {
            signal.IsResumed = signal.Sequence <= lastResumed;
            signal.Timeliness = JudgeAge();
            state.Counters.Increment(LinkCounter.Signals);
            if (signal.IsResumed)
            {
                state.Counters.Increment(LinkCounter.SignalsResumed);
            }
            listener.OnSignal(signal);
        }

        private Timeliness JudgeAge()
        {
            long delay;
            long age;
            long bound;
            if (!state.Clock.TryGetAge(signal.SendTime, signal.ArrivalTime, out delay, out bound))
            {
                state.Counters.Increment(LinkCounter.SignalsOfUnknownAge);
                return Timeliness.Unknown;
            }
            // By the clock as it is now, not as it was when a whole burst of frames arrived.
            state.Clock.TryGetAge(signal.ReceiveTime, clock.Now, out age, out bound);
            if (age < -bound)
            {
                // From the future: a clock was set since the clocks were compared.
                state.Counters.Increment(LinkCounter.SignalsOfUnknownAge);
                return Timeliness.Unknown;
            }
            if (!signal.IsResumed)
            {
                state.Latencies.OneWay.Record(delay);
                state.Latencies.SignalAge.Record(age);
            }
            if (age <= timeToLive)
            {
                return Timeliness.InTime;
            }
            state.Counters.Increment(LinkCounter.SignalsTooLate);
            return Timeliness.TooLate;
        }

        private bool IsResumed(byte[] buffer, int frame) =>
            FrameHeader.IsSequenced(buffer, frame) && FrameHeader.Sequence(buffer, frame) <= lastResumed;

        private void Report(SequenceRange missing)
        {
            if (!missing.IsEmpty)
            {
                if (missing.Reason == GapReason.Unexplained)
                {
                    // A state may have been among them. What the gateway announces lies before its snapshot of all states.
                    state.Reference.Distrust();
                }
                state.PublishSequenceCounts();
                listener.OnGap(missing);
            }
        }
    }
}
