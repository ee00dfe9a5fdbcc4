namespace Tickbridge.Host
{
    using Tickbridge.Core;

    /// <summary>A signal as charts, strategies and the window see it. Not changed after it was made.</summary>
    public sealed class BridgeSignal
    {
        /// <summary>Of the link that it came by: after Connect another one may be set otherwise.</summary>
        private readonly LocalClock clock = new LocalClock();

        /// <summary>Session of the gateway: with the number it names the signal for ever.</summary>
        public ulong Session { get; internal set; }

        public ulong Number { get; internal set; }

        /// <summary>The gateway's name of the instrument.</summary>
        public string Symbol { get; internal set; }

        /// <summary>NinjaTrader's name of it; empty: the map has none.</summary>
        public string Instrument { get; internal set; }

        /// <summary>Kind of the rule, for example book-imbalance.</summary>
        public string Rule { get; internal set; }

        public Side Side { get; internal set; }

        /// <summary>Best bid when it fired; NaN: none.</summary>
        public double Bid { get; internal set; }

        /// <summary>Best offer when it fired; NaN: none.</summary>
        public double Ask { get; internal set; }

        public int BidQuantity { get; internal set; }

        public int AskQuantity { get; internal set; }

        /// <summary>What the rule measured, in its unit.</summary>
        public long Value { get; internal set; }

        /// <summary>ns since the Unix epoch.</summary>
        public long ExchangeTime { get; internal set; }

        /// <summary>Local clock when it arrived, ns since the Unix epoch.</summary>
        public long ArrivalTime { get; internal set; }

        /// <summary>Age when it arrived, ns; meaningless unless AgeBound is known.</summary>
        public long Age { get; internal set; }

        /// <summary>The true age was within this of Age, ns; -1: not known.</summary>
        public long AgeBound { get; internal set; }

        /// <summary>What the gateway said that its signals are of: a recording and a simulator look like any day.</summary>
        public Market Market { get; internal set; }

        /// <summary>
        /// It came soon enough, not replayed, and the gateway vouches for the book: it may be acted on, with real money if
        /// Market is Live too.
        /// </summary>
        public bool IsActionable { get; internal set; }

        /// <summary>Replayed after a reconnect.</summary>
        public bool IsResumed { get; internal set; }

        public Timeliness Timeliness { get; internal set; }

        /// <summary>
        /// The oldest it can be now, ns: age at arrival, its bound, and the time since; long.MaxValue: not known.
        /// </summary>
        public long OldestNow => AgeBound < 0
            ? long.MaxValue
            : Age + AgeBound + clock.Now - ArrivalTime;
    }
}
