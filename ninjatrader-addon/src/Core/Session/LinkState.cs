namespace Tickbridge.Core
{
    /// <summary>What outlives one connection: kept by the client, changed by the session that stands.</summary>
    internal sealed class LinkState
    {
        public LinkState(int reportCapacity)
        {
            Reports = new ReportOutbox(reportCapacity, LogonProof.NewNumber());
        }

        public ReportOutbox Reports { get; }

        /// <summary>What the connection that stands said its signals are of. Link thread.</summary>
        public Market Market { get; set; }

        public SequenceTracker Sequence { get; } = new SequenceTracker();

        public ClockSynchroniser Clock { get; } = new ClockSynchroniser();

        public ReferenceData Reference { get; } = new ReferenceData();

        public LinkCounters Counters { get; } = new LinkCounters();

        public LinkLatencies Latencies { get; } = new LinkLatencies();

        /// <summary>Copies the tracker's counts to where other threads may read them.</summary>
        public void PublishSequenceCounts()
        {
            Counters.Set(LinkCounter.Duplicates, Sequence.Duplicates);
            Counters.Set(LinkCounter.Holes, Sequence.Holes);
            Counters.Set(LinkCounter.FramesInHoles, Sequence.FramesInHoles);
            Counters.Set(LinkCounter.Gaps, Sequence.Gaps);
            Counters.Set(LinkCounter.FramesInGaps, Sequence.FramesInGaps);
        }
    }
}
