using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Gives up requests that the platform does not answer. While the connection is away nothing can be answered, so
    /// the time counts from its return. Trading thread.
    /// </summary>
    internal sealed class Unanswered
    {
        private readonly TradingState state;
        private readonly ITradeSupervisor supervisor;
        private readonly long patience;
        private readonly Dictionary<AccountBook, long> connectedSince = new Dictionary<AccountBook, long>();

        /// <param name="state">the accounts</param>
        /// <param name="supervisor">is told of each</param>
        /// <param name="patience">ns within which a request is answered</param>
        public Unanswered(TradingState state, ITradeSupervisor supervisor, long patience)
        {
            this.state = state;
            this.supervisor = supervisor;
            this.patience = patience;
        }

        public void OnTimer()
        {
            long now = supervisor.Now;
            foreach (AccountBook book in state.Books)
            {
                if (!book.OrdersConnected)
                {
                    connectedSince.Remove(book);
                    continue;
                }
                if (!connectedSince.ContainsKey(book))
                {
                    connectedSince.Add(book, now);
                }
                if (now - connectedSince[book] >= patience)
                {
                    GiveUp(book, now);
                }
            }
        }

        private void GiveUp(AccountBook book, long now)
        {
            foreach (TrackedOrder order in book.Working.Where(order => order.Request != OrderRequest.None
                && now - order.RequestTime >= patience).ToArray())
            {
                string request = order.Request.ToString();
                order.GiveUpRequest();
                supervisor.Doubt(book, "no answer to " + request + " of " + order.Report.Name);
            }
        }
    }
}
