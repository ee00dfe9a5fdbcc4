using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Sees between two looks that an account's fills, orders and positions do not fit one another, and for how long.
    /// Trading thread.
    /// </summary>
    internal sealed class DisagreementWatch
    {
        /// <summary>Fills and positions may be told so far apart.</summary>
        private const long PositionGrace = 2000000000;

        /// <summary>A fill that an order reports and that is told nowhere after so long will not be told.</summary>
        private const long FillGrace = 10000000000;

        private readonly ITradeSupervisor supervisor;

        public DisagreementWatch(ITradeSupervisor supervisor)
        {
            this.supervisor = supervisor;
        }

        /// <returns>whether it is time to look at what the platform has</returns>
        public bool Watch(AccountBook book, Look look, long now)
        {
            bool agrees = !book.HasBaseline || !book.AwaitsFills
                && book.Touched.All(instrument => book.Ledger(instrument) == book.Platform(instrument));
            WatchFills(book, look, now);
            // Nobody can be asked while it is away, and what it then tells says nothing.
            if (agrees || !book.OrdersConnected)
            {
                look.DisagreesSince = 0;
            }
            else if (look.DisagreesSince == 0)
            {
                look.DisagreesSince = now;
            }
            else if (now - look.DisagreesSince >= PositionGrace && look.Request == 0 && look.Again == 0)
            {
                look.DisagreesSince = now;
                return true;
            }
            return false;
        }

        /// <summary>An order says that it was filled, and nothing says when and at what price: its position has no stop.</summary>
        private void WatchFills(AccountBook book, Look look, long now)
        {
            // Just connected the fills come behind the orders.
            if (!book.AwaitsFills || !book.IsSettled(now) || supervisor.IsFlattening(book))
            {
                look.AwaitsSince = 0;
            }
            else if (look.AwaitsSince == 0)
            {
                look.AwaitsSince = now;
            }
            else if (now - look.AwaitsSince >= FillGrace)
            {
                look.AwaitsSince = 0;
                supervisor.Kill("orders of " + book.Account + " report fills that the platform does not show");
            }
        }
    }
}
