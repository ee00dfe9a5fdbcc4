namespace Tickbridge.Core
{
    /// <summary>
    /// Tells the gateway what the add-on trades: orders, executions, positions, decisions of the risk gate. They arrive
    /// in the gateway's journal in the order in which they were reported, across lost connections and restarts of the
    /// gateway, each once. Any thread; never blocks for longer than it takes to copy a report.
    /// </summary>
    public sealed class TradeReporter
    {
        private readonly ReportOutbox outbox;

        internal TradeReporter(ReportOutbox outbox)
        {
            this.outbox = outbox;
        }

        /// <summary>What became of the reports so far; NotPermitted, NotJournalled and Lost must be shown.</summary>
        public ReportCounts Counts => outbox.Counts;

        /// <summary>Takes the values of a report, connected or not; the object may then be used again.</summary>
        /// <returns>false: so many wait that this one is lost, and counted</returns>
        public bool Report(Report report) => outbox.Add(report);
    }
}
