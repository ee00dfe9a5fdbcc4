using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks at the loss of the day whenever a fill, a quote or the platform's count of the money changes it, and pulls
    /// the kill switch at the limit. What was realized goes to the audit log, so that a restart begins with it. Trading
    /// thread.
    /// </summary>
    internal sealed class LossWatch
    {
        /// <summary>
        /// The platform tells realized and unrealized one after the other: of a position just closed the loss is in both
        /// until the second comes.
        /// </summary>
        private const long PlatformGrace = 500000000;

        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly QuoteBoard quotes;
        private readonly RealizedRecord record;
        private readonly Func<DateTime> utcNow;

        /// <summary>Since when the platform's count alone is at the limit.</summary>
        private readonly Dictionary<AccountBook, long> overSince = new Dictionary<AccountBook, long>();

        private DateTime day;

        public LossWatch(TradingSettings settings, TradingState state, ITradeSupervisor supervisor, QuoteBoard quotes,
            AuditLog audit, Func<DateTime> utcNow)
        {
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.quotes = quotes;
            record = new RealizedRecord(audit, supervisor);
            this.utcNow = utcNow;
        }

        private DateTime Today => settings.Hours.DayOf(utcNow(), settings.LossReset);

        /// <summary>Begins with the day that is, and what earlier runs realized on it.</summary>
        public void Begin(AuditHistory history)
        {
            day = Today;
            foreach (AccountBook book in state.Books)
            {
                book.Profit.Remember(history.Realized(book.Account, day), history.RealizedBefore(book.Account, day));
            }
        }

        public void Watch(AccountBook book)
        {
            record.Write(book, day);
            if (!settings.LossKills || !book.WasArmed || state.IsKilled)
            {
                overSince.Remove(book);
                return;
            }
            double loss = book.Profit.Loss(quotes.Of);
            // A loss that is not a number kills too.
            if (loss < settings.MaxDailyLoss)
            {
                overSince.Remove(book);
            }
            else if (double.IsNaN(loss) || !(book.Profit.OwnLoss(quotes.Of) < settings.MaxDailyLoss) || IsOverForLong(book))
            {
                supervisor.Kill("loss of the day " + loss.ToString("F2", CultureInfo.InvariantCulture)
                    + ", limit.loss.day " + settings.MaxDailyLoss.ToString("F2", CultureInfo.InvariantCulture));
            }
        }

        public void OnTimer()
        {
            foreach (AccountBook book in overSince.Keys.ToArray())
            {
                Watch(book);
            }
            DateTime today = Today;
            if (today > day)
            {
                day = today;
                record.NextDay();
                foreach (AccountBook book in state.Books)
                {
                    book.Profit.NextDay();
                }
            }
            foreach (AccountBook book in state.Books)
            {
                record.Write(book, day);
            }
        }

        /// <summary>Nothing more will be realized in this run: what could not be written is tried once more.</summary>
        public void End()
        {
            foreach (AccountBook book in state.Books)
            {
                record.WriteLast(book, day);
            }
        }

        private bool IsOverForLong(AccountBook book)
        {
            long since;
            if (!overSince.TryGetValue(book, out since))
            {
                since = supervisor.Now;
                overSince.Add(book, since);
            }
            return supervisor.Now - since >= PlatformGrace;
        }
    }
}
