using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Accounts of which nobody knows what an earlier run left there, since its record could not be read. Nothing is
    /// closed there for that, and nothing is called flat before it was seen so. Trading thread.
    /// </summary>
    internal sealed class UnseenAccounts
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly List<AccountBook> waiting = new List<AccountBook>();

        public UnseenAccounts(TradingState state, ITradeSupervisor supervisor)
        {
            this.state = state;
            this.supervisor = supervisor;
        }

        public IEnumerable<AccountBook> Waiting => waiting;

        /// <summary>null: none.</summary>
        public string Alarm => waiting.Count == 0 ? null
            : "what an earlier run left open is not known, its record could not be read: not seen flat yet: "
                + string.Join(", ", waiting.Select(book => book.Account).ToArray())
                + "; connect it, and close what is open by hand or with KILL; one that is gone, take out of the settings";

        public void Add(AccountBook book)
        {
            if (!waiting.Contains(book))
            {
                waiting.Add(book);
            }
        }

        public void OnCompared(AccountBook book)
        {
            // An account that is not connected looks flat too.
            if (book.IsReconciled && !state.IsTouched(book) && waiting.Remove(book))
            {
                string instruments = Reach.Instruments(state, book);
                supervisor.Notice(instruments.Length == 0 ? NoticeKind.Warning : NoticeKind.Flat, book, "",
                    instruments.Length == 0 ? "nothing is in instruments of limits.txt: what an earlier run left open there "
                    + "was not looked for" : "looked at: no position and no working order in " + instruments);
            }
        }
    }
}
