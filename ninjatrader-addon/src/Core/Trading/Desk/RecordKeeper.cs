using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>Takes up what an earlier run left, and writes down what a later one must know. Trading thread.</summary>
    internal sealed class RecordKeeper
    {
        /// <summary>What could not be written is tried again so long after, ns.</summary>
        private const long Again = 1000000000;

        /// <summary>And so many times as long as the try took: a network's disk that is away holds the trading thread.</summary>
        private const long Spare = 10;

        private readonly KillRecord record;
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly KillSwitch kill;
        private readonly Leftovers leftovers;
        private readonly UnseenAccounts unseen;
        private readonly StrayAccounts strays;
        private readonly EarlierOrders orders;
        private string failure;

        /// <summary>When that is due again, local clock, and what it was without the orders, which change all the time.</summary>
        private long nextTry;
        private string failed;

        /// <summary>Nobody waits for this run any more: what it knows is not what the one after it does.</summary>
        private volatile bool isGivenUp;

        public RecordKeeper(KillRecord record, TradingState state, ITradeSupervisor supervisor, KillSwitch kill,
            Leftovers leftovers, UnseenAccounts unseen, StrayAccounts strays, EarlierOrders orders)
        {
            this.record = record;
            this.state = state;
            this.supervisor = supervisor;
            this.kill = kill;
            this.leftovers = leftovers;
            this.unseen = unseen;
            this.strays = strays;
            this.orders = orders;
        }

        /// <summary>What an earlier run left and nobody can look at, or has; null: nothing.</summary>
        public string Alarm => unseen.Alarm ?? strays.Alarm;

        public void TakeUp()
        {
            record.Load();
            if (record.Obstacle != null)
            {
                supervisor.Notice(NoticeKind.Warning, null, "", "nothing can be armed, and this run writes down nothing of what is "
                    + "open: " + record.Obstacle);
            }
            var flattening = new List<AccountBook>();
            foreach (RecordLine line in record.Lines)
            {
                AccountBook book = state.Book(line.Account);
                if (book == null)
                {
                    strays.Add(line);
                }
                else if (line.Key == RecordLine.Working)
                {
                    orders.Recorded(book, line.Names);
                }
                else if (line.Key == RecordLine.Unseen)
                {
                    unseen.Add(book);
                }
                else
                {
                    leftovers.Recorded(book, line.Names);
                }
                if (book != null && line.Key == RecordLine.Flattening)
                {
                    flattening.Add(book);
                }
            }
            foreach (AccountBook book in state.Books.Where(book => !record.IsReadable))
            {
                unseen.Add(book);
            }
            foreach (string alarm in new[] { unseen.Alarm, strays.Alarm }.Where(alarm => alarm != null))
            {
                supervisor.Notice(NoticeKind.Alarm, null, "", alarm);
            }
            kill.Restore(record.KillReason, flattening);
        }

        /// <summary>
        /// Writes it if something changed; what could not be written not before its time, unless a kill, an account's
        /// arming or its flattening came or went: nobody waits for the answer.
        /// </summary>
        public void KeepUp()
        {
            if (failure == null || supervisor.Now >= nextTry || Essence() != failed)
            {
                Keep();
            }
        }

        /// <returns>null, or why it could not be written</returns>
        public string Keep()
        {
            if (isGivenUp)
            {
                return "this run was given up";
            }
            long began = supervisor.Now;
            string why = record.Save(state.IsKilled ? state.KillReason : null, Lines());
            if (isGivenUp)
            {
                // Meanwhile: another run may have read what was there before.
                return "this run was given up";
            }
            if (why != null && why != failure)
            {
                failure = why;
                supervisor.Notice(NoticeKind.Alarm, null, "", "a restart would forget what is open and killed: " + why);
            }
            failure = why;
            if (why != null)
            {
                failed = Essence();
                nextTry = supervisor.Now + Math.Max(Again, Spare * (supervisor.Now - began));
            }
            return why;
        }

        private string Essence() => string.Join("\n", new[] { state.IsKilled ? state.KillReason : "" }
            .Concat(Lines().Where(line => line.Key != RecordLine.Working).Select(line => line.ToString())).ToArray());

        /// <summary>From now on nothing is written: another run may have begun. Any thread.</summary>
        public void GiveUp()
        {
            isGivenUp = true;
            record.Close();
        }

        private IEnumerable<RecordLine> Lines()
        {
            AccountBook[] armed = state.Books.Where(book => book.WasArmed).ToArray();
            return armed.Select(book => new RecordLine(RecordLine.Armed, book.Account, state.ScopeOf(book)))
                .Concat(kill.Unverified.Select(book =>
                    new RecordLine(RecordLine.Flattening, book.Account, state.ScopeOf(book))))
                .Concat(unseen.Waiting.Select(book => new RecordLine(RecordLine.Unseen, book.Account, new string[0])))
                .Concat(armed.Where(book => orders.Of(book).Any())
                    .Select(book => new RecordLine(RecordLine.Working, book.Account, orders.Of(book))))
                .Concat(strays.Lines).ToArray();
        }
    }
}
