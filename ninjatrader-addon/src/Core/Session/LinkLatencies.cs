namespace Tickbridge.Core
{
    /// <summary>How old signals are when they come. Known to within the clock estimate's bound.</summary>
    public sealed class LinkLatencies
    {
        /// <summary>From the gateway writing a signal's frame to its bytes arriving here, ns.</summary>
        public DurationHistogram OneWay { get; } = new DurationHistogram();

        /// <summary>
        /// From the gateway receiving the market data that caused a signal to the signal being handed to the
        /// listener, ns. Without resumed signals, which waited for the connection.
        /// </summary>
        public DurationHistogram SignalAge { get; } = new DurationHistogram();
    }
}
