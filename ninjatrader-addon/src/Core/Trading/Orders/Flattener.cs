using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Closes everything of an account's tradable instruments: cancels and flattens, then looks; as long as not
    /// everything is flat it cancels what works, and closes what is open by a limit order with a collar. It is done
    /// only when a fresh snapshot of the platform says so. Trading thread.
    /// </summary>
    internal sealed class Flattener
    {
        private const int SlowFactor = 10;

        private readonly TradingSettings settings;
        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;
        private readonly Func<string, PlatformQuote> quoteOf;
        private readonly Func<string, ContractSpec> contractOf;
        private readonly Action<AccountBook> requestSnapshot;
        private readonly Func<string, bool> isInScope;
        private long nextLook;
        private int looks;
        private int exits;

        public Flattener(AccountBook book, TradingSettings settings, OrderDesk desk, ITradeSupervisor supervisor,
            Func<string, PlatformQuote> quoteOf, Func<string, ContractSpec> contractOf, Func<string, bool> isInScope,
            Action<AccountBook> requestSnapshot)
        {
            Book = book;
            this.settings = settings;
            this.desk = desk;
            this.supervisor = supervisor;
            this.quoteOf = quoteOf;
            this.contractOf = contractOf;
            this.isInScope = isInScope;
            this.requestSnapshot = requestSnapshot;
        }

        public AccountBook Book { get; }

        /// <summary>A snapshot said that nothing is open.</summary>
        public bool IsVerified { get; private set; }

        /// <summary>A person must look.</summary>
        public string Alarm { get; private set; }

        private IEnumerable<string> OpenInstruments =>
            Book.Touched.Where(instrument => isInScope(instrument) && !Book.IsFlat(instrument)).ToArray();

        /// <summary>Cancels everything and lets the platform flatten.</summary>
        public void Begin()
        {
            foreach (string instrument in Book.Touched.Where(isInScope).ToArray())
            {
                CancelAll(instrument);
                desk.Flatten(Book, instrument);
            }
            nextLook = supervisor.Now + settings.KillRetryInterval;
        }

        /// <summary>Looks whether it is time to look.</summary>
        public void OnTimer()
        {
            long now = supervisor.Now;
            if (IsVerified)
            {
                if (OpenInstruments.Any())
                {
                    IsVerified = false;
                    looks = 0;
                    supervisor.Notice(NoticeKind.Warning, Book, "", "a fill came after everything was flat");
                    Begin();
                }
                return;
            }
            if (now < nextLook)
            {
                return;
            }
            looks++;
            nextLook = now + settings.KillRetryInterval * (looks > settings.KillRetries ? SlowFactor : 1);
            if (looks > settings.KillRetries && Alarm == null)
            {
                Raise();
            }
            if (Book.OrdersConnected)
            {
                foreach (string instrument in OpenInstruments)
                {
                    Retry(instrument);
                }
            }
            // Also when it seems flat: the platform has the last word.
            requestSnapshot(Book);
        }

        /// <summary>The connection is back: begin anew, at the quick pace.</summary>
        public void Reconnected()
        {
            looks = 0;
            nextLook = supervisor.Now;
        }

        /// <summary>A snapshot was taken in.</summary>
        /// <param name="differs">it did not agree with what was known</param>
        public void OnSnapshot(bool differs)
        {
            if (!IsVerified && !differs && Book.OrdersConnected && !OpenInstruments.Any())
            {
                IsVerified = true;
                Alarm = null;
                supervisor.Notice(NoticeKind.Flat, Book, "", "verified: no position and no working order");
            }
        }

        private void Retry(string instrument)
        {
            TrackedOrder[] working = Book.Working.Where(order => order.Report.Instrument == instrument).ToArray();
            if (working.Length > 0)
            {
                CancelAll(instrument);
                return;
            }
            int position = Book.Ledger(instrument);
            if (position != 0 && position == Book.Platform(instrument)
                && Book.Orders.All(order => order.Report.Instrument != instrument || order.Pending == 0))
            {
                desk.Submit(Book, Exit(instrument, position));
            }
        }

        private OrderTicket Exit(string instrument, int position)
        {
            OrderSide side = position > 0 ? OrderSide.Sell : OrderSide.Buy;
            long limit = LimitOf(instrument, side);
            exits++;
            return new OrderTicket
            {
                Handle = desk.NextHandle(),
                Name = BracketExecutor.NamePrefix + "flat-" + exits + "-X",
                Account = Book.Account,
                Instrument = instrument,
                Purpose = OrderPurpose.Exit,
                Side = side,
                Kind = limit == LinkProtocol.NullPrice ? OrderKind.Market : OrderKind.Limit,
                Quantity = Math.Abs(position),
                LimitPrice = limit
            };
        }

        /// <summary>Null when no quote is there: then a position left open is the worse of two evils.</summary>
        private long LimitOf(string instrument, OrderSide side)
        {
            PlatformQuote quote = quoteOf(instrument);
            ContractSpec contract = contractOf(instrument);
            if (quote == null || contract == null || supervisor.Now - quote.Time > settings.MaxQuoteAge)
            {
                return LinkProtocol.NullPrice;
            }
            long away = settings.KillCollarTicks * contract.TickSize;
            long touch = side == OrderSide.Sell ? quote.Bid : quote.Ask;
            return touch == LinkProtocol.NullPrice ? touch : side == OrderSide.Sell ? touch - away : touch + away;
        }

        private void CancelAll(string instrument)
        {
            foreach (TrackedOrder order in Book.Working.Where(order => order.Report.Instrument == instrument).ToArray())
            {
                // Asked before without an answer, or refused: ask again.
                order.GiveUpRequest();
                desk.Cancel(Book, order);
            }
        }

        private void Raise()
        {
            string open = string.Join(", ", OpenInstruments.Select(instrument => instrument + " position "
                + Book.Ledger(instrument) + " (platform says " + Book.Platform(instrument) + "), "
                + Book.Working.Count(order => order.Report.Instrument == instrument) + " working orders").ToArray());
            Alarm = "not flat after " + settings.KillRetries + " tries: "
                + (Book.OrdersConnected ? open : "the platform's connection is down; " + open)
                + ". Close it by hand or by telephone";
            supervisor.Notice(NoticeKind.Alarm, Book, "", Alarm);
        }
    }
}
