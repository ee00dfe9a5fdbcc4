using System;

namespace Tickbridge.Core.Trading
{
    /// <summary>Whether a signal was seen before.</summary>
    public enum SignalNovelty
    {
        New,
        Duplicate,
        /// <summary>A later one of its session was seen before it.</summary>
        OutOfSequence,
        /// <summary>Of another session than the one that the link is in.</summary>
        OtherSession
    }

    /// <summary>
    /// All that the gate judges by, gathered for one signal. Every default is the one that refuses: a fact that nobody
    /// supplied lets nothing pass.
    /// </summary>
    public sealed class GateFacts
    {
        public bool IsAuditWritable { get; set; }
        public bool IsKilled { get; set; } = true;
        public TradingMode Mode { get; set; } = TradingMode.Simulation;
        public bool IsArmed { get; set; }
        public string Account { get; set; } = "";

        /// <summary>The platform says that no real money is in the account.</summary>
        public bool IsSimulationAccount { get; set; }

        /// <summary>That the account is counted in; empty: not known.</summary>
        public string AccountCurrency { get; set; } = "";

        /// <summary>What the gateway lets us do.</summary>
        public PeerRights Rights { get; set; } = PeerRights.View;

        public SignalNovelty Novelty { get; set; } = SignalNovelty.Duplicate;
        public bool IsLinkUp { get; set; }

        /// <summary>What the gateway says that the signal is of.</summary>
        public Market Market { get; set; }
        public bool OrdersConnected { get; set; }
        public bool PricesConnected { get; set; }
        public bool IsReconciled { get; set; }

        /// <summary>null: the signal gives none.</summary>
        public OrderSide? Side { get; set; }

        /// <summary>Number of the gateway's rule that gave the signal, for the text.</summary>
        public int RuleNumber { get; set; }

        /// <summary>The gateway's name of that rule; empty: it has not told it.</summary>
        public string RuleName { get; set; } = "";

        /// <summary>null: the map has no name.</summary>
        public PlatformInstrument Instrument { get; set; }

        /// <summary>The gateway's name, for the text.</summary>
        public string Symbol { get; set; } = "";

        /// <summary>null: the platform does not know the instrument.</summary>
        public ContractSpec Contract { get; set; }

        /// <summary>Wall clock.</summary>
        public DateTime UtcNow { get; set; }

        /// <summary>null: the gateway told none in this connection.</summary>
        public BookState? Book { get; set; }

        /// <summary>The clocks were compared.</summary>
        public bool IsAgeKnown { get; set; }

        /// <summary>Gateway clock minus local clock, ns.</summary>
        public long ClockOffset { get; set; } = long.MaxValue;

        /// <summary>ns</summary>
        public long Age { get; set; }

        /// <summary>The true age is within this of Age, ns.</summary>
        public long AgeBound { get; set; } = long.MaxValue;

        /// <summary>The gateway's own time-to-live was kept.</summary>
        public Timeliness Timeliness { get; set; }

        /// <summary>Age up to which the gateway lets it be traded on, ns.</summary>
        public long TimeToLive { get; set; } = long.MinValue;

        /// <summary>The platform's; null: none.</summary>
        public PlatformQuote Quote { get; set; }

        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long Now { get; set; }

        /// <summary>Bid and offer of the signal, in 1e-9 units.</summary>
        public long SignalBid { get; set; } = LinkProtocol.NullPrice;

        public long SignalAsk { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Contracts or shares of the entry.</summary>
        public int Quantity { get; set; }

        /// <summary>Limit of the entry in 1e-9 units; LinkProtocol.NullPrice: at the market.</summary>
        public long LimitPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Position that could come about in the order's direction without it.</summary>
        public long Exposure { get; set; } = long.MaxValue / 2;

        /// <summary>Position and working entries the other way round, above 0 if there are.</summary>
        public long Opposing { get; set; } = long.MaxValue / 2;

        /// <summary>Loss of the day in the account's currency; above 0 is a loss.</summary>
        public double Loss { get; set; } = double.PositiveInfinity;

        /// <summary>Entries in the second and minute that end now.</summary>
        public int OrdersInSecond { get; set; } = int.MaxValue;

        public int OrdersInMinute { get; set; } = int.MaxValue;
    }
}
