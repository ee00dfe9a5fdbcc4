using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Profit and loss of one account's day, kept from fills and quotes as they come, beside what the platform says. The
    /// worse of the two counts. Trading thread.
    /// </summary>
    public sealed class ProfitLedger
    {
        private const double Unit = 1e9;

        /// <summary>Sums of money nearer than that are the same.</summary>
        private const double Cent = 0.005;

        private readonly Dictionary<string, Holding> holdings = new Dictionary<string, Holding>();
        private double realized;
        private double? earlier;
        private double? lastDay;
        private double? platformRealized;

        /// <summary>Part of the platform's sum that is of the day before, whose end it has not told yet: a loss; 0: none.</summary>
        private double past;
        private double? platformUnrealized;

        /// <summary>The platform has told what was realized today: until then nobody knows the loss of the day.</summary>
        public bool IsRealizedKnown => platformRealized.HasValue;

        /// <summary>Realized today by the worse of both counts, for a later run.</summary>
        public double Realized => platformRealized.HasValue ? Math.Min(realized, platformRealized.Value - past) : realized;

        /// <summary>What earlier runs had realized, before Begin.</summary>
        /// <param name="realizedEarlier">on this day; null: nothing is known</param>
        /// <param name="realizedLastDay">on the last day before that is known of; null: none is</param>
        public void Remember(double? realizedEarlier, double? realizedLastDay)
        {
            earlier = realizedEarlier;
            lastDay = realizedLastDay;
        }

        /// <summary>
        /// Begins with what the platform says was realized today, or what an earlier run counted if that was worse: after a
        /// reconnect or a restart the platform may tell nothing, or nothing yet.
        /// </summary>
        public void Begin(AccountReport money)
        {
            double told = money?.RealizedToday ?? 0;
            // Neither a little more nor a little less: what cannot be told apart is today's, the safe side.
            past = lastDay < 0 && IsSame(told, lastDay.Value + (earlier ?? 0)) ? lastDay.Value : 0;
            realized = Math.Min(told - past, earlier ?? double.PositiveInfinity);
            Tell(money);
        }

        /// <summary>The day ended: what was realized is of the past. Open positions count from their entry still.</summary>
        public void NextDay()
        {
            realized = 0;
            lastDay = earlier ?? lastDay;
            earlier = null;
            // The platform's day may begin later; till it says so the last day's loss refuses, which is the safe side. But
            // it is not written down as this day's. A profit of the past would hide no loss: nothing is taken off.
            past = Math.Min(0, platformRealized ?? 0);
        }

        public void Take(AccountReport money)
        {
            double? told = money?.RealizedToday;
            // A day of its own begins with nothing, or with what was realized since ours began.
            if (told.HasValue && told != platformRealized && (told == 0 || IsSame(told.Value, realized)))
            {
                past = 0;
            }
            Tell(money);
        }

        /// <summary>
        /// Takes a position as it is, at its average price, unless it is known to be that: nothing is realized by that. What
        /// is open at a price that cannot be told has a loss that is no number.
        /// </summary>
        public void SetPosition(ContractSpec contract, int quantity, long averagePrice)
        {
            Holding holding = Of(contract);
            if (holding.Quantity == quantity && !double.IsNaN(holding.Average))
            {
                return;
            }
            holding.Quantity = quantity;
            holding.Average = quantity == 0 ? 0
                : averagePrice == LinkProtocol.NullPrice ? double.NaN : averagePrice / Unit;
        }

        /// <summary>Takes a fill.</summary>
        /// <param name="contract">of its instrument</param>
        /// <param name="quantity">bought above 0, sold below</param>
        /// <param name="price">in 1e-9 units</param>
        /// <param name="cost">commission and fees</param>
        public void Fill(ContractSpec contract, int quantity, long price, double cost)
        {
            Pay(cost);
            realized += Of(contract).Fill(quantity, price / Unit);
        }

        /// <summary>
        /// Takes it that something was closed though no fill says so. A loss that stood open must not be gone by that; a
        /// profit that nobody told counts as none.
        /// </summary>
        /// <param name="contract">of its instrument</param>
        /// <param name="quantity">bought above 0, sold below</param>
        /// <param name="price">that it may have been closed at; NullPrice: nobody knows</param>
        /// <returns>the price that it counts at; NullPrice: it does not count</returns>
        public long Lose(ContractSpec contract, int quantity, long price)
        {
            Holding holding = Of(contract);
            if (price == LinkProtocol.NullPrice || double.IsNaN(holding.Average) || !holding.IsClosedBy(quantity))
            {
                return LinkProtocol.NullPrice;
            }
            double average = Math.Round(holding.Average * Unit);
            long worse = (long)(quantity < 0 ? Math.Min(price, average) : Math.Max(price, average));
            Fill(contract, quantity, worse, 0);
            return worse;
        }

        /// <summary>What was taken for closed at a price is open after all.</summary>
        public void Reopen(ContractSpec contract, int quantity, long price)
        {
            if (price != LinkProtocol.NullPrice)
            {
                Fill(contract, quantity, price, 0);
            }
        }

        /// <summary>A fill that counts already was at another price.</summary>
        public void Correct(ContractSpec contract, int quantity, long before, long after)
        {
            if (quantity != 0 && before != LinkProtocol.NullPrice && after != LinkProtocol.NullPrice)
            {
                Fill(contract, -quantity, before, 0);
                Fill(contract, quantity, after, 0);
            }
        }

        /// <summary>Takes the commission and fees of a fill that counts already.</summary>
        public void Pay(double cost)
        {
            realized -= cost;
        }

        /// <summary>Loss so far in the account's currency; below 0 it is a profit.</summary>
        /// <param name="quoteOf">the platform's quote of an instrument, or null</param>
        public double Loss(Func<string, PlatformQuote> quoteOf)
        {
            double own = OwnLoss(quoteOf);
            return platformRealized.HasValue
                ? Math.Max(own, -(platformRealized.Value + (platformUnrealized ?? 0)))
                : own;
        }

        /// <summary>Loss so far by the fills and quotes alone, in the account's currency.</summary>
        /// <param name="quoteOf">the platform's quote of an instrument, or null</param>
        public double OwnLoss(Func<string, PlatformQuote> quoteOf)
        {
            double open = 0;
            foreach (Holding holding in holdings.Values)
            {
                open += holding.Unrealized(quoteOf(holding.Contract.Instrument));
            }
            return -(realized + open);
        }

        private static bool IsSame(double sum, double other) => Math.Abs(sum - other) < Cent;

        private void Tell(AccountReport money)
        {
            platformRealized = money?.RealizedToday ?? platformRealized;
            platformUnrealized = money?.Unrealized ?? platformUnrealized;
        }

        private Holding Of(ContractSpec contract)
        {
            Holding holding;
            if (!holdings.TryGetValue(contract.Instrument, out holding))
            {
                holding = new Holding(contract);
                holdings.Add(contract.Instrument, holding);
            }
            return holding;
        }

        private sealed class Holding
        {
            /// <summary>Worth while no quote comes: the last one.</summary>
            private double lastBid = double.NaN;

            private double lastAsk = double.NaN;

            public Holding(ContractSpec contract)
            {
                Contract = contract;
            }

            public ContractSpec Contract { get; }

            public int Quantity { get; set; }

            public double Average { get; set; }

            /// <summary>Whether a fill would close all of itself there.</summary>
            public bool IsClosedBy(int quantity) => Math.Sign(quantity) == -Math.Sign(Quantity)
                && Math.Abs(quantity) <= Math.Abs(Quantity);

            /// <returns>what it realized</returns>
            public double Fill(int quantity, double price)
            {
                double gained = 0;
                if (Quantity != 0 && Math.Sign(quantity) != Math.Sign(Quantity))
                {
                    int closed = Math.Min(Math.Abs(quantity), Math.Abs(Quantity));
                    gained = closed * Math.Sign(Quantity) * (price - Average) * Contract.PointValue;
                    Quantity -= closed * Math.Sign(Quantity);
                    quantity -= closed * Math.Sign(quantity);
                }
                if (quantity != 0)
                {
                    Average = (Average * Quantity + price * quantity) / (Quantity + quantity);
                    Quantity += quantity;
                }
                return gained;
            }

            /// <summary>By the side one would have to close at.</summary>
            public double Unrealized(PlatformQuote quote)
            {
                lastBid = quote != null && quote.Bid != LinkProtocol.NullPrice ? quote.Bid / Unit : lastBid;
                lastAsk = quote != null && quote.Ask != LinkProtocol.NullPrice ? quote.Ask / Unit : lastAsk;
                double price = Quantity > 0 ? lastBid : lastAsk;
                return Quantity == 0 || double.IsNaN(price)
                    ? 0
                    : Quantity * (price - Average) * Contract.PointValue;
            }
        }
    }
}
