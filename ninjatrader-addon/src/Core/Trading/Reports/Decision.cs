namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What became of one signal, and why. Set by initialiser, not changed afterwards.
    /// </summary>
    public sealed class Decision
    {
        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long Time { get; set; }

        /// <summary>Session of the gateway that sent the signal.</summary>
        public ulong Session { get; set; }

        /// <summary>Signal.Number.</summary>
        public ulong SignalNumber { get; set; }

        /// <summary>Number of the frame that brought it, in its session.</summary>
        public ulong SignalSequence { get; set; }

        /// <summary>Signal.Rule.</summary>
        public int SignalRule { get; set; }

        public Venue Venue { get; set; }

        /// <summary>The gateway's key of the instrument.</summary>
        public ulong InstrumentKey { get; set; }

        /// <summary>The platform's name; the gateway's symbol where there is none.</summary>
        public string Instrument { get; set; } = "";

        public string Account { get; set; } = "";

        public TradingMode Mode { get; set; }

        /// <summary>The side wanted; null: the signal gave none.</summary>
        public OrderSide? Side { get; set; }

        public int Quantity { get; set; }

        /// <summary>In 1e-9 units; LinkProtocol.NullPrice: at the market.</summary>
        public long Price { get; set; } = LinkProtocol.NullPrice;

        /// <summary>
        /// Every rule passed. In a dry run that means: it would have been sent; then IsSent is false.
        /// </summary>
        public bool IsPassed { get; set; }

        /// <summary>An order was submitted for it.</summary>
        public bool IsSent { get; set; }

        /// <summary>Handle of the entry order; 0: none.</summary>
        public long Handle { get; set; }

        /// <summary>Beginning of the names of all orders that came of it; empty: none did.</summary>
        public string OrderLabel { get; set; } = "";

        /// <summary>The rule that refused; None: none did.</summary>
        public RiskRule RefusedBy { get; set; }

        /// <summary>What that rule measured, in the unit of the rule.</summary>
        public long Measured { get; set; }

        /// <summary>What it allows, in the same unit.</summary>
        public long Limit { get; set; }

        /// <summary>The unit of both: ticks, ns, contracts, orders, cents; empty: they say nothing.</summary>
        public string Unit { get; set; } = "";

        /// <summary>Age of the signal when decided, ns; meaningless unless AgeBound is known.</summary>
        public long Age { get; set; }

        /// <summary>The true age is within this of Age, ns; -1: not known.</summary>
        public long AgeBound { get; set; } = -1;

        /// <summary>One line for people.</summary>
        public string Text { get; set; } = "";
    }
}
