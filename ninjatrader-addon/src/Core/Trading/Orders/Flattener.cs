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

        /// <summary>
        /// The platform's own closing order may go out so long after it was asked to flatten. Both it and an exit of
        /// ours would turn the position round.
        /// </summary>
        private const long CloseGrace = 5000000000;

        /// <summary>A position may be told so long after the platform itself knew it, and closed it.</summary>
        private const long SeenGrace = 500000000;

        private readonly TradingState state;
        private readonly TradingSettings settings;
        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;
        private readonly Func<string, PlatformQuote> quoteOf;
        private readonly Action<AccountBook> requestSnapshot;
        private readonly Dictionary<string, PlatformClose> closes =
            new Dictionary<string, PlatformClose>(StringComparer.Ordinal);

        private readonly ClosingTime time;

        private long nextLook;
        private int looks;

        public Flattener(AccountBook book, TradingState state, TradingSettings settings, OrderDesk desk,
            ITradeSupervisor supervisor, Func<string, PlatformQuote> quoteOf, Action<AccountBook> requestSnapshot)
        {
            Book = book;
            this.state = state;
            this.settings = settings;
            this.desk = desk;
            this.supervisor = supervisor;
            this.quoteOf = quoteOf;
            this.requestSnapshot = requestSnapshot;
            time = new ClosingTime(settings);
        }

        public AccountBook Book { get; }

        /// <summary>A snapshot said that nothing is open.</summary>
        public bool IsVerified { get; private set; }

        /// <summary>
        /// It keeps the kill switch from being verified: an account that was never traded on, that cannot be asked and
        /// of which nothing is known to be open does not.
        /// </summary>
        public bool IsBlocking => !IsVerified && (Book.WasArmed || OpenInstruments.Any()
            || Book.OrdersConnected && !Book.IsAbsent);

        /// <summary>A person must look.</summary>
        public string Alarm { get; private set; }

        private IEnumerable<string> OpenInstruments =>
            Book.Touched.Where(instrument => state.IsInScope(Book, instrument) && !Book.IsFlat(instrument)).ToArray();

        /// <summary>Cancels everything and lets the platform flatten.</summary>
        public void Begin()
        {
            closes.Clear();
            time.Begin(supervisor.Now);
            nextLook = supervisor.Now + settings.KillRetryInterval;
            foreach (string instrument in Book.Touched.Where(one => state.IsInScope(Book, one)).ToArray())
            {
                Close(instrument);
            }
            // What is not known yet is open all the same: after a restart the platform has to tell it first.
            requestSnapshot(Book);
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
            if (time.IsOver(now, IsBlocking) && Alarm == null && IsBlocking)
            {
                Raise("not seen flat for " + time.Limit / 1000000000 + " s");
            }
            foreach (string instrument in OpenInstruments)
            {
                if (!closes.ContainsKey(instrument) || IsDueAgain(instrument))
                {
                    Close(instrument);
                }
                GiveWay(instrument);
            }
            if (now < nextLook)
            {
                return;
            }
            // Of an account that is still loading what seems flat is only not seen: that is no failed try.
            looks += Book.OrdersConnected && !Book.IsSettled(now) && !OpenInstruments.Any() ? 0 : 1;
            nextLook = now + settings.KillRetryInterval * (looks > settings.KillRetries ? SlowFactor : 1);
            if (looks > settings.KillRetries && Alarm == null && IsBlocking)
            {
                Raise("not flat after " + settings.KillRetries + " tries");
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

        /// <summary>A person wants it now: no longer at the slow pace, which is for when nobody has an answer.</summary>
        public void Hurry()
        {
            if (looks > settings.KillRetries)
            {
                looks = 0;
                nextLook = supervisor.Now;
            }
        }

        /// <summary>A snapshot was taken in.</summary>
        /// <param name="differs">it did not agree with what was known</param>
        public void OnSnapshot(bool differs)
        {
            if (!IsVerified && !differs && Book.IsSettled(supervisor.Now) && !OpenInstruments.Any())
            {
                IsVerified = true;
                Alarm = null;
                supervisor.Notice(NoticeKind.Flat, Book, "", "verified: no position and no working order in "
                    + Reach.Instruments(state, Book));
            }
        }

        private void Close(string instrument)
        {
            var close = new PlatformClose(Book.LastSerial, supervisor.Now, Book.OrdersConnected && Book.Platform(instrument) != 0);
            closes[instrument] = close;
            if (IsUnseen(instrument))
            {
                // The platform closes only what it shows, but would take its stop; a target takes it with its OCO group.
                CancelAll(instrument, order => order.Purpose == OrderPurpose.Entry);
                return;
            }
            CancelAll(instrument, order => true);
            bool isHeld = Book.Ledger(instrument) != 0 || Book.Platform(instrument) != 0;
            close.IsAwaited = desk.Flatten(Book, instrument) && isHeld;
        }

        /// <summary>By the fills it is open, and the platform was just connected and does not show it yet.</summary>
        private bool IsUnseen(string instrument) => Book.OrdersConnected && !Book.IsSettled(supervisor.Now)
            && Book.Ledger(instrument) != 0 && Book.Platform(instrument) == 0;

        /// <summary>When the platform was asked it did not show what it shows now, so it cannot have closed that.</summary>
        private bool IsDueAgain(string instrument)
        {
            PlatformClose close = closes[instrument];
            return !close.WasSeen && Book.OrdersConnected && !IsUnseen(instrument)
                && supervisor.Now - close.AskedAt >= SeenGrace && Book.Platform(instrument) != 0
                && TheirClose(instrument)?.IsEnded != false;
        }

        private void Retry(string instrument)
        {
            if (IsUnseen(instrument))
            {
                return;
            }
            TrackedOrder theirs = TheirClose(instrument);
            bool waits = closes[instrument].IsAwaited && (theirs == null || !theirs.IsEnded)
                && supervisor.Now - closes[instrument].AskedAt < CloseGrace;
            if (Book.Working.Any(order => order.Report.Instrument == instrument && !(waits && order == theirs)))
            {
                CancelAll(instrument, order => !(waits && order == theirs));
                return;
            }
            int position = Book.Ledger(instrument);
            if (!waits && position != 0 && position == Book.Platform(instrument)
                && Book.Orders.All(order => order.Report.Instrument != instrument || order.Pending == 0))
            {
                desk.Submit(Book, desk.Register(Book, Exit(instrument, position)));
            }
        }

        /// <summary>An exit of ours is taken back where the platform closes the position too, or nothing is left to.</summary>
        private void GiveWay(string instrument)
        {
            TrackedOrder theirs = TheirClose(instrument);
            foreach (TrackedOrder exit in Book.Working.Where(order => order.Purpose == OrderPurpose.Exit
                && order.Report.Instrument == instrument).ToArray())
            {
                int left = exit.Report.Side == OrderSide.Sell ? Book.Ledger(instrument) : -Book.Ledger(instrument);
                if (theirs != null && !theirs.IsEnded || left <= 0)
                {
                    desk.Cancel(Book, exit);
                }
            }
        }

        /// <summary>The newest order that appeared since the platform was asked and is none of ours; null: none did.</summary>
        private TrackedOrder TheirClose(string instrument) => Book.Orders.Where(order =>
            order.Purpose == OrderPurpose.Foreign && order.Report.Instrument == instrument
            && order.Serial > closes[instrument].Serial && !OrderKinds.IsStop(order.Report.Kind))
            .OrderBy(order => order.Serial).LastOrDefault();

        private OrderTicket Exit(string instrument, int position)
        {
            OrderSide side = position > 0 ? OrderSide.Sell : OrderSide.Buy;
            long limit = LimitOf(instrument, side);
            return new OrderTicket
            {
                Handle = desk.NextHandle(),
                Name = desk.NextExitName(),
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
            ContractSpec contract = state.Contract(instrument);
            if (quote == null || contract == null || supervisor.Now - quote.TimeOf(side) > settings.MaxQuoteAge)
            {
                return LinkProtocol.NullPrice;
            }
            long away = settings.KillCollarTicks * contract.TickSize;
            long touch = side == OrderSide.Sell ? quote.Bid : quote.Ask;
            if (touch == LinkProtocol.NullPrice || WasLimitRejected(instrument))
            {
                return LinkProtocol.NullPrice;
            }
            long limit = side == OrderSide.Sell ? touch - away : touch + away;
            if (limit <= 0 && touch > 0)
            {
                // Of a cheap share the collar reaches below the lowest price there is.
                limit = Math.Min(touch, contract.TickSize);
            }
            // 0 is no price to the platform.
            return limit == 0 ? LinkProtocol.NullPrice : limit;
        }

        /// <summary>The last exit had a limit that somebody did not like: the market it is, and then a limit again.</summary>
        private bool WasLimitRejected(string instrument)
        {
            TrackedOrder last = Book.Orders.Where(order => order.Purpose == OrderPurpose.Exit
                && order.Report.Instrument == instrument && order.Serial > closes[instrument].Serial)
                .OrderBy(order => order.Serial).LastOrDefault();
            return last != null && last.Report.Status == OrderStatus.Rejected && last.Report.Kind == OrderKind.Limit;
        }

        private void CancelAll(string instrument, Func<TrackedOrder, bool> isMeant)
        {
            foreach (TrackedOrder order in Book.Working.Where(order => order.Report.Instrument == instrument
                && isMeant(order)).ToArray())
            {
                // Asked before without an answer, or refused: ask again.
                order.GiveUpRequest();
                desk.Cancel(Book, order);
            }
        }

        private void Raise(string what)
        {
            string open = string.Join(", ", OpenInstruments.Select(instrument => instrument + " position "
                + Book.Ledger(instrument) + " (platform says " + Book.Platform(instrument) + "), "
                + Book.Working.Count(order => order.Report.Instrument == instrument) + " working orders").ToArray());
            Alarm = what + ": " + (Book.OrdersConnected ? "" : "the platform's connection is down; ")
                + (open.Length == 0 ? "what is open is not known" : open) + ". Close it by hand or by telephone";
            supervisor.Notice(NoticeKind.Alarm, Book, "", Alarm);
        }
    }
}
