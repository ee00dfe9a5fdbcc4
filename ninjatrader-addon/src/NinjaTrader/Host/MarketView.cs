namespace Tickbridge.Host
{
    /// <summary>The gateway's best bid and offer of an instrument, and what follows from them. Immutable.</summary>
    public sealed class MarketView
    {
        public MarketView(double bid, double ask, int bidQuantity, int askQuantity, bool isTrusted)
        {
            Bid = bid;
            Ask = ask;
            BidQuantity = bidQuantity;
            AskQuantity = askQuantity;
            IsTrusted = isTrusted;
        }

        public double Bid { get; }

        public double Ask { get; }

        public int BidQuantity { get; }

        public int AskQuantity { get; }

        /// <summary>The gateway vouches for it and the link stands.</summary>
        public bool IsTrusted { get; }

        /// <summary>Both sides are there.</summary>
        public bool IsWhole => BidQuantity > 0 && AskQuantity > 0;

        /// <summary>Each side's price weighed with the other side's quantity; NaN: a side is missing.</summary>
        public double Microprice => IsWhole
            ? (Bid * AskQuantity + Ask * BidQuantity) / ((double)BidQuantity + AskQuantity)
            : double.NaN;

        /// <summary>From -1, all on the offer, to 1, all on the bid; NaN: a side is missing.</summary>
        public double Imbalance => IsWhole
            ? (BidQuantity - (double)AskQuantity) / ((double)BidQuantity + AskQuantity)
            : double.NaN;
    }
}
