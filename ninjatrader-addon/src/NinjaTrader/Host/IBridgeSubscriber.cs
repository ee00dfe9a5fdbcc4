namespace Tickbridge.Host
{
    /// <summary>
    /// A chart or strategy that follows one instrument. Link thread: it must return at once, so what takes long or
    /// touches NinjaTrader is handed on (TriggerCustomEvent). What it throws is noted and disturbs nobody.
    /// </summary>
    public interface IBridgeSubscriber
    {
        /// <summary>NinjaTrader's name of the instrument.</summary>
        string Instrument { get; }

        void OnSignal(BridgeSignal signal);
    }
}
