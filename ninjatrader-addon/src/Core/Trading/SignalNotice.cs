namespace Tickbridge.Core.Trading
{
    /// <summary>A signal's values, taken from the message on the link thread. Not changed afterwards.</summary>
    public sealed class SignalNotice
    {
        /// <summary>Session of the gateway: with the number it names the signal for ever.</summary>
        public ulong Session { get; set; }

        /// <summary>Signal.Number.</summary>
        public ulong Number { get; set; }

        /// <summary>Number of the frame that brought it, in its session.</summary>
        public ulong Sequence { get; set; }

        public Venue Venue { get; set; }

        /// <summary>What the gateway said that its signals are of, on the connection that brought this one.</summary>
        public Market Market { get; set; }

        /// <summary>The gateway's key of the instrument.</summary>
        public ulong Instrument { get; set; }

        /// <summary>The gateway's name of it; empty: it told none.</summary>
        public string Symbol { get; set; } = "";

        public Side Side { get; set; }

        /// <summary>Signal.Rule.</summary>
        public int Rule { get; set; }

        /// <summary>The gateway's name of that rule; empty: it has not told it.</summary>
        public string RuleName { get; set; } = "";

        /// <summary>In 1e-9 units.</summary>
        public long BidPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>In 1e-9 units.</summary>
        public long AskPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Signal.Value.</summary>
        public long Value { get; set; }

        /// <summary>Gateway clock, ns since the Unix epoch.</summary>
        public long ReceiveTime { get; set; }

        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long ArrivalTime { get; set; }

        public bool IsResumed { get; set; }

        public Timeliness Timeliness { get; set; }

        /// <summary>LogonAccepted.SignalTimeToLive of the connection that brought it, ns.</summary>
        public long TimeToLive { get; set; }

        /// <summary>Takes the values of a message. Link thread.</summary>
        /// <param name="signal">the message</param>
        /// <param name="session">SequenceTracker.Session</param>
        /// <param name="market">LinkClient.Market</param>
        /// <param name="timeToLive">LogonAccepted.SignalTimeToLive, ns</param>
        /// <param name="symbol">of the reference data; null: not known</param>
        /// <param name="ruleName">of the reference data; null: not known</param>
        public static SignalNotice Of(Signal signal, ulong session, Market market, long timeToLive,
            string symbol, string ruleName) => new SignalNotice
        {
            Session = session,
            Market = market,
            Number = signal.Number,
            Sequence = signal.Sequence,
            Venue = signal.Venue,
            Instrument = signal.Instrument,
            Symbol = symbol ?? "",
            Side = signal.Side,
            Rule = signal.Rule,
            RuleName = ruleName ?? "",
            BidPrice = signal.BidPrice,
            AskPrice = signal.AskPrice,
            Value = signal.Value,
            ReceiveTime = signal.ReceiveTime,
            ArrivalTime = signal.ArrivalTime,
            IsResumed = signal.IsResumed,
            Timeliness = signal.Timeliness,
            TimeToLive = timeToLive
        };
    }
}
