namespace Tickbridge.Core.Trading
{
    /// <summary>A fill. Set by initialiser, not changed afterwards.</summary>
    public sealed class ExecutionReport
    {
        /// <summary>The platform's id, unique in an account: a second one with the same id is the same fill.</summary>
        public string ExecutionId { get; set; }

        /// <summary>The order; 0 where the platform cannot say.</summary>
        public long Handle { get; set; }

        public string Account { get; set; }

        /// <summary>The platform's name.</summary>
        public string Instrument { get; set; }

        public OrderSide Side { get; set; }

        /// <summary>Contracts or shares, above 0.</summary>
        public int Quantity { get; set; }

        /// <summary>In 1e-9 units.</summary>
        public long Price { get; set; }

        /// <summary>Commission and fees in the account's currency; above 0 is a cost.</summary>
        public double Cost { get; set; }

        /// <summary>The platform took the fill back (a bust).</summary>
        public bool IsRemoved { get; set; }

        /// <summary>Carried over from an earlier day, told at start: no fill of today.</summary>
        public bool IsStartOfDay { get; set; }

        /// <summary>When it happened, ns since the Unix epoch.</summary>
        public long Time { get; set; }

        /// <summary>The same fill, of another order.</summary>
        internal ExecutionReport Of(long handle)
        {
            var same = (ExecutionReport)MemberwiseClone();
            same.Handle = handle;
            return same;
        }

        /// <summary>A part of it, with its share of the cost.</summary>
        internal ExecutionReport Part(int quantity)
        {
            var part = (ExecutionReport)MemberwiseClone();
            part.Quantity = quantity;
            part.Cost = Cost * quantity / Quantity;
            return part;
        }
    }
}
