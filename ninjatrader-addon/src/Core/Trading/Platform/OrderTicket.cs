namespace Tickbridge.Core.Trading
{
    /// <summary>An order to submit. Set by initialiser, not changed afterwards.</summary>
    public sealed class OrderTicket
    {
        /// <summary>Longest name that NinjaTrader takes, in characters.</summary>
        public const int NameLimit = 50;

        /// <summary>Above 0, never given twice in a run.</summary>
        public long Handle { get; set; }

        /// <summary>
        /// Tells our orders from others' in the platform, also after a restart: at most NameLimit characters. With an
        /// ATM template the platform may want another name; the handle counts.
        /// </summary>
        public string Name { get; set; }

        public string Account { get; set; }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; set; }

        public OrderPurpose Purpose { get; set; }

        public OrderSide Side { get; set; }

        public OrderKind Kind { get; set; }

        public OrderDuration Duration { get; set; }

        /// <summary>Contracts or shares, above 0.</summary>
        public int Quantity { get; set; }

        /// <summary>In 1e-9 units, on a tick; LinkProtocol.NullPrice where the kind has none.</summary>
        public long LimitPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>In 1e-9 units, on a tick; LinkProtocol.NullPrice where the kind has none.</summary>
        public long StopPrice { get; set; } = LinkProtocol.NullPrice;

        /// <summary>Orders of one group: when one fills, the others are cancelled. Empty: none.</summary>
        public string OcoGroup { get; set; } = "";

        /// <summary>An entry whose stop and target this ATM template makes; null: none.</summary>
        public string AtmTemplate { get; set; }

        /// <summary>
        /// Local clock after which nobody on the way to the market must send it any more, whatever kept it; 0: no matter
        /// when.
        /// </summary>
        public long NotAfter { get; set; }
    }
}
