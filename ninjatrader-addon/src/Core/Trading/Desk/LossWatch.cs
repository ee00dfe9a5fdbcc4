using System;
using System.Globalization;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Looks at the loss of the day whenever a fill, a quote or the platform's count of the money changes it, and pulls
    /// the kill switch at the limit. Trading thread.
    /// </summary>
    internal sealed class LossWatch
    {
        private readonly TradingSettings settings;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly QuoteBoard quotes;
        private readonly Func<DateTime> utcNow;
        private DateTime day = DateTime.MinValue;

        public LossWatch(TradingSettings settings, TradingState state, ITradeSupervisor supervisor, QuoteBoard quotes,
            Func<DateTime> utcNow)
        {
            this.settings = settings;
            this.state = state;
            this.supervisor = supervisor;
            this.quotes = quotes;
            this.utcNow = utcNow;
        }

        public void Watch(AccountBook book)
        {
            if (!settings.LossKills || !book.WasArmed || state.IsKilled)
            {
                return;
            }
            double loss = book.Profit.Loss(quotes.Of);
            // A loss that is not a number kills too.
            if (!(loss < settings.MaxDailyLoss))
            {
                supervisor.Kill("loss of the day " + loss.ToString("F2", CultureInfo.InvariantCulture)
                    + ", limit.loss.day " + settings.MaxDailyLoss.ToString("F2", CultureInfo.InvariantCulture));
            }
        }

        /// <summary>Begins another day when it is time.</summary>
        public void NextDay()
        {
            DateTime today = settings.Hours.DayOf(utcNow(), settings.LossReset);
            if (today <= day)
            {
                return;
            }
            bool isFirst = day == DateTime.MinValue;
            day = today;
            if (!isFirst)
            {
                foreach (AccountBook book in state.Books)
                {
                    book.Profit.NextDay();
                }
            }
        }
    }
}
