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

        public void OnSignal(Signal signal)
        {
            InstrumentInfo instrument = link.Reference.Instrument(signal.Venue, signal.Instrument);
            desk.OnSignal(SignalNotice.Of(signal, link.Sequence.Session, link.Market, timeToLive,
                instrument?.Symbol));
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
