namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What a link's listener passes on to trading: call each method from the listener's of the same name. Link thread.
    /// </summary>
    public sealed class SignalIntake
    {
        private readonly ITradingDesk desk;
        private readonly LinkClient link;
        private long timeToLive;

        public SignalIntake(ITradingDesk desk, LinkClient link)
        {
            this.desk = desk;
            this.link = link;
        }

        public void OnConnected(LogonAccepted logon)
        {
            timeToLive = logon.SignalTimeToLive;
            desk.OnLinkUp(logon.Session);
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            desk.OnLinkDown(disconnection.Message);
        }

        /// <summary>
        /// Numbers that the gateway did not account for may have been of a book that it trusts no more: as if the link had
        /// been lost, nothing is trusted until the gateway tells it anew.
        /// </summary>
        public void OnGap(SequenceRange gap)
        {
            if (gap.Reason == GapReason.Unexplained)
            {
                desk.OnLinkDown("frames " + gap.From + " to " + gap.To + " are missing: no book is trusted until the gateway "
                    + "tells of it again");
                desk.OnLinkUp(link.Sequence.Session);
            }
        }

        public void OnSignal(Signal signal)
        {
            InstrumentInfo instrument = link.Reference.Instrument(signal.Venue, signal.Instrument);
            desk.OnSignal(SignalNotice.Of(signal, link.Sequence.Session, link.Market, timeToLive,
                instrument?.Symbol, link.Reference.Rule(signal.Rule)?.Name));
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
            desk.OnInstrument(instrument.Venue, instrument.Instrument, instrument.Symbol);
        }

        public void OnInstrumentState(InstrumentState state)
        {
            if (!state.IsResumed)
            {
                desk.OnInstrumentState(state.Venue, state.Instrument, state.State);
            }
        }
    }
}
