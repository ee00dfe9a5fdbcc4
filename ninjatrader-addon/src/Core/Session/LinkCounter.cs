namespace Tickbridge.Core
{
    /// <summary>What the link counts, since it was made.</summary>
    public enum LinkCounter
    {
        BytesReceived,
        FramesReceived,
        /// <summary>Frames of an unknown type, venue or side: of a later version. Skipped.</summary>
        FramesNotUnderstood,
        Signals,
        /// <summary>Of them replayed after a reconnect.</summary>
        SignalsResumed,
        /// <summary>Of them older than the time-to-live.</summary>
        SignalsTooLate,
        /// <summary>Of them before the clocks had been compared, or after one of them was set.</summary>
        SignalsOfUnknownAge,
        Quotes,
        /// <summary>Quotes that the gateway replaced by a later one, because we were slow.</summary>
        QuotesConflated,
        Trades,
        /// <summary>Trades that the gateway did not send, because we were slow.</summary>
        TradesSkipped,
        InstrumentStates,
        /// <summary>Sequenced frames that came a second time. Not taken.</summary>
        Duplicates,
        /// <summary>Ranges of missing frames that the gateway did not account for: a defect of one side.</summary>
        Holes,
        FramesInHoles,
        /// <summary>Ranges of missing frames that the gateway announced.</summary>
        Gaps,
        /// <summary>Frames in them, as far as their end is known.</summary>
        FramesInGaps,
        ConnectAttempts,
        Logons,
        /// <summary>Connections that ended after logon, other than by Stop.</summary>
        Disconnects,
        Rejections,
        MalformedFrames,
        /// <summary>Frames that were not sealed, or altered, left out or played again on their way.</summary>
        BrokenSeals,
        ListenerFailures
    }
}
