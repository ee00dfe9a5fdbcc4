namespace Tickbridge.Core
{
    /// <summary>What became of the reports to the gateway, since the link was made. Immutable.</summary>
    public struct ReportCounts
    {
        public ReportCounts(long waiting, long journalled, long notPermitted, long notJournalled, long lost)
        {
            Waiting = waiting;
            Journalled = journalled;
            NotPermitted = notPermitted;
            NotJournalled = notJournalled;
            Lost = lost;
        }

        /// <summary>Not yet settled: on their way, or kept until there is a connection.</summary>
        public long Waiting { get; }

        /// <summary>In the gateway's journal.</summary>
        public long Journalled { get; }

        /// <summary>Refused, because this add-on may only view. Must be shown.</summary>
        public long NotPermitted { get; }

        /// <summary>Taken by a gateway that keeps no journal. Must be shown.</summary>
        public long NotJournalled { get; }

        /// <summary>Found no room and will never arrive. Must be shown.</summary>
        public long Lost { get; }
    }
}
