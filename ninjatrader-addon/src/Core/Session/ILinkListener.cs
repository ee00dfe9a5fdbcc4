namespace Tickbridge.Core
{
    /// <summary>
    /// Hears what the link brings. Every method is called on the link's own thread, one after the other; what takes
    /// long belongs on another thread, because meanwhile nothing is received. Message objects are valid only until
    /// the method returns. An exception is counted, kept in LinkClient.LastListenerFailure, and disturbs nothing.
    /// </summary>
    public interface ILinkListener
    {
        /// <summary>Logged on; the gateway proved that it holds the key. Reference data follows.</summary>
        void OnConnected(LogonAccepted logon);

        /// <summary>An attempt to connect ended, or a connection did. No instrument may be trusted now.</summary>
        void OnDisconnected(Disconnection disconnection);

        /// <summary>The gateway refused the logon. OnDisconnected follows.</summary>
        void OnRejected(RejectReason reason, string text);

        /// <summary>A signal. Act on it only if its Timeliness is InTime and its instrument is trusted.</summary>
        void OnSignal(Signal signal);

        void OnQuote(Quote quote);

        void OnTrade(Trade trade);

        void OnInstrument(InstrumentDefinition instrument);

        void OnInstrumentState(InstrumentState state);

        void OnSignalDefinition(SignalDefinition definition);

        /// <summary>Sequenced frames are missing and will not come.</summary>
        void OnGap(SequenceRange gap);
    }
}
