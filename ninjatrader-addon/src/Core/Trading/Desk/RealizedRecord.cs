using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Writes what each account realized on the day of the loss into the audit log: each new sum at once, and one that
    /// could not be written until it is, since a restart begins with it. Trading thread.
    /// </summary>
    internal sealed class RealizedRecord
    {
        private const long Second = 1000000000;

        /// <summary>The log is written again: what was lost follows soon, ns.</summary>
        private const long SoonAgain = Second;

        /// <summary>Nothing was written since: a network's disk that is away holds the trading thread at each try, ns.</summary>
        private const long LateAgain = 30 * Second;

        private readonly AuditLog audit;
        private readonly ITradeSupervisor supervisor;
        private readonly Dictionary<AccountBook, double> written = new Dictionary<AccountBook, double>();
        private readonly Dictionary<AccountBook, Attempt> failed = new Dictionary<AccountBook, Attempt>();

        public RealizedRecord(AuditLog audit, ITradeSupervisor supervisor)
        {
            this.audit = audit;
            this.supervisor = supervisor;
        }

        /// <summary>Sums of the day before are of no use any more.</summary>
        public void NextDay()
        {
            written.Clear();
            failed.Clear();
        }

        /// <summary>Writes the sum if it is a new one, or if it is time to try it again.</summary>
        public void Write(AccountBook book, DateTime day)
        {
            Attempt before;
            if (!IsNews(book))
            {
                return;
            }
            bool isAgain = failed.TryGetValue(book, out before) && before.Sum == book.Profit.Realized;
            if (!isAgain || supervisor.Now - before.Time >= (audit.Lost == 0 ? SoonAgain : LateAgain))
            {
                Try(book, day, isAgain);
            }
        }

        /// <summary>Writes the sum if it is not written yet, whenever it was tried.</summary>
        public void WriteLast(AccountBook book, DateTime day)
        {
            if (IsNews(book))
            {
                Try(book, day, failed.ContainsKey(book));
            }
        }

        private bool IsNews(AccountBook book)
        {
            double before;
            double sum = book.Profit.Realized;
            return book.HasBaseline && !double.IsNaN(sum) && !double.IsInfinity(sum)
                && (written.TryGetValue(book, out before) ? before : 0) != sum;
        }

        private void Try(AccountBook book, DateTime day, bool isAgain)
        {
            double sum = book.Profit.Realized;
            if (audit.Realized(book.Account, day, sum, supervisor.Now, isAgain))
            {
                written[book] = sum;
                failed.Remove(book);
            }
            else
            {
                failed[book] = new Attempt { Sum = sum, Time = supervisor.Now };
            }
        }

        private struct Attempt
        {
            public double Sum;
            public long Time;
        }
    }
}
