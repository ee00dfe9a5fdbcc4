using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>One signal's entry with the stops and targets of what it filled. Trading thread.</summary>
    internal sealed class BracketTrade
    {
        /// <summary>What comes back later than that is somebody else's, with other prices for its stop.</summary>
        private const long ReturnLimit = 600000000000;

        /// <summary>The platform loads orders and positions one after the other, and is done with both within this.</summary>
        private const long ReturnGrace = 10000000000;

        private decimal cost;
        private readonly AssumedQuantity presumed = new AssumedQuantity();
        private long presumedAt;
        private long exitCameBackAt;

        public BracketTrade(AccountBook book, ContractSpec contract, string label, OrderSide side, bool isAtm,
            TrackedOrder entry, long entryTime)
        {
            Book = book;
            Contract = contract;
            Label = label;
            Side = side;
            IsAtm = isAtm;
            Entry = entry;
            EntryTime = entryTime;
            FirstSerial = entry.Serial;
        }

        public AccountBook Book { get; }

        public ContractSpec Contract { get; }

        /// <summary>TB, session and number of the signal: the beginning of its orders' names.</summary>
        public string Label { get; }

        public OrderSide Side { get; }

        /// <summary>Stop and target are an ATM strategy's.</summary>
        public bool IsAtm { get; }

        public TrackedOrder Entry { get; }

        /// <summary>
        /// Of the entry, or of the oldest one of an ATM strategy that was not over when it was sent: which of them a stop is
        /// of nobody says. What worked before that is no stop of theirs.
        /// </summary>
        public long FirstSerial { get; private set; }

        /// <summary>When it was sent, local clock.</summary>
        public long EntryTime { get; }

        public List<TrackedOrder> Stops { get; } = new List<TrackedOrder>();

        public List<TrackedOrder> Targets { get; } = new List<TrackedOrder>();

        /// <summary>A target was rejected: there will be none.</summary>
        public bool GoesWithoutTarget { get; set; }

        public int Entered { get; private set; }

        /// <summary>By our exits or from outside.</summary>
        public int Closed { get; private set; }

        /// <summary>Fills of the entry: each may need a bracket of its own.</summary>
        public int EntryFills { get; private set; }

        public int Brackets { get; set; }

        /// <summary>When nothing was open any more; to tell a late bracket from an orphan.</summary>
        public long FlatSince { get; set; }

        /// <summary>Since when the stops in the market do not fit it, local clock; 0: they do.</summary>
        public long UncoveredSince { get; set; }

        /// <summary>What its stops have to cover; below 0 it was closed more than it was opened.</summary>
        public int Open => Entered - Closed;

        public OrderSide ExitSide => Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;

        /// <summary>Nothing of it can happen any more.</summary>
        public bool IsOver => Open == 0 && Entry.IsEnded && Entry.Pending == 0
            && Stops.Concat(Targets).All(order => order.IsEnded && order.Pending == 0);

        /// <summary>Average price of the entry in 1e-9 units, on a tick.</summary>
        public long AveragePrice
        {
            get
            {
                decimal ticks = Math.Round(cost / Entered / Contract.TickSize);
                return (long)(ticks * Contract.TickSize);
            }
        }

        /// <summary>Beside trades that are not over.</summary>
        public void Join(IEnumerable<BracketTrade> trades)
        {
            FirstSerial = trades.Where(other => other.IsAtm && other.Book == Book && other.Side == Side
                && other.Contract.Instrument == Contract.Instrument).Select(other => other.FirstSerial)
                .Concat(new[] { FirstSerial }).Min();
        }

        public void Enter(int quantity, long price)
        {
            Entered += quantity;
            cost += (decimal)quantity * price;
            EntryFills++;
        }

        public void Close(int quantity)
        {
            Closed += quantity;
        }

        /// <summary>What of it was closed without a fill, and at what price that counts; NullPrice: nothing, or at none.</summary>
        public long PresumedPrice => presumed.Price;

        /// <summary>Closed because the platform shows less, and no fill says so.</summary>
        public void Presume(int quantity, long price, long now)
        {
            Closed += quantity;
            presumed.Add(quantity, price);
            presumedAt = now;
        }

        /// <summary>A stop or target works that was believed to be gone with its position: that may come back too.</summary>
        public void ExitCameBack(long now)
        {
            exitCameBackAt = now;
        }

        /// <summary>
        /// Its position may be shown again behind its orders: what they have to close then is not known, and a stop that is
        /// cancelled now would be missing.
        /// </summary>
        public bool MayReturn(long now) => presumed.Quantity > 0 && exitCameBackAt != 0
            && (now - exitCameBackAt < ReturnGrace || IsReturning);

        /// <summary>The platform shows more of its side than the fills: that is looked at, and then known.</summary>
        private bool IsReturning => (Side == OrderSide.Buy ? 1 : -1)
            * (Book.Platform(Contract.Instrument) - Book.Ledger(Contract.Instrument)) > 0;

        /// <summary>A fill is told that may be how it was closed.</summary>
        /// <param name="quantity">of the fill</param>
        /// <param name="time">when it happened: what came after it was taken for closed closed something else</param>
        /// <returns>how much of what was presumed it explains, 0 or more</returns>
        public int Explain(int quantity, long time) => time > presumedAt ? 0 : presumed.Take(quantity);

        /// <summary>The platform shows it again: it is open after all.</summary>
        /// <returns>how much of it, 0 or more</returns>
        public int Reopen(int quantity, long now)
        {
            int back = now - presumedAt > ReturnLimit && !MayReturn(now) ? 0 : presumed.Take(quantity);
            Closed -= back;
            UncoveredSince = 0;
            return back;
        }

        /// <summary>Price so many ticks from the entry; above 0 is the side where it gains.</summary>
        public long Away(int ticks) => AveragePrice + (Side == OrderSide.Buy ? ticks : -ticks) * Contract.TickSize;
    }
}
