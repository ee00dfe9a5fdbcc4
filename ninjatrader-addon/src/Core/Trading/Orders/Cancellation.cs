namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Cancels orders of trades: one whose cancel was refused is left some time and asked for again, and what cannot be
    /// cancelled at all kills. To be called again as long as an order is not wanted. Trading thread.
    /// </summary>
    internal sealed class Cancellation
    {
        private const int RefusalLimit = 3;

        /// <summary>A cancel is refused because a fill is on its way: leave it the time to arrive.</summary>
        private const long RetryInterval = 500000000;

        private readonly OrderDesk desk;
        private readonly ITradeSupervisor supervisor;

        public Cancellation(OrderDesk desk, ITradeSupervisor supervisor)
        {
            this.desk = desk;
            this.supervisor = supervisor;
        }

        public void Drop(BracketTrade trade, TrackedOrder order)
        {
            if (order.CancelRefusals >= RefusalLimit)
            {
                if (supervisor.IsFlattening(trade.Book))
                {
                    return;
                }
                supervisor.Kill(order.Report.Name + " cannot be cancelled: " + order.Report.Comment);
                return;
            }
            if (order.CancelRefusals == 0 || supervisor.Now - order.CancelRefusedAt >= RetryInterval)
            {
                desk.Cancel(trade.Book, order);
            }
        }
    }
}
