using System;
using System.Globalization;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The one place that orders leave by: gives handles, notes in the audit log before, and notes what was asked.
    /// Trading thread.
    /// </summary>
    internal sealed class OrderDesk
    {
        private readonly ITradingPlatform platform;
        private readonly ITradeSupervisor supervisor;
        private readonly AuditLog audit;
        private long lastHandle;

        public OrderDesk(ITradingPlatform platform, ITradeSupervisor supervisor, AuditLog audit)
        {
            this.platform = platform;
            this.supervisor = supervisor;
            this.audit = audit;
        }

        public long NextHandle() => ++lastHandle;

        /// <summary>Submits, all together.</summary>
        /// <returns>the orders as they are tracked from now on</returns>
        public TrackedOrder[] Submit(AccountBook book, params OrderTicket[] tickets)
        {
            var tracked = new TrackedOrder[tickets.Length];
            for (int i = 0; i < tickets.Length; i++)
            {
                tracked[i] = book.Register(tickets[i], supervisor.Now);
                audit.Submitting(tickets[i], supervisor.Now);
            }
            Ask(book, "submit " + tickets[0].Name, () => platform.Submit(tickets));
            return tracked;
        }

        public void Change(AccountBook book, TrackedOrder order, int quantity)
        {
            order.ChangeAsked(quantity, supervisor.Now);
            audit.Asking("change", order.Report, "quantity=" + quantity.ToString(CultureInfo.InvariantCulture),
                supervisor.Now);
            Ask(book, "change " + order.Report.Name, () => platform.Change(new OrderChange(book.Account, order.Handle,
                quantity, order.Report.LimitPrice, order.Report.StopPrice)));
        }

        public void Cancel(AccountBook book, TrackedOrder order)
        {
            if (order.IsEnded || order.Request == OrderRequest.Cancel)
            {
                return;
            }
            order.CancelAsked(supervisor.Now);
            audit.Asking("cancel", order.Report, "", supervisor.Now);
            Ask(book, "cancel " + order.Report.Name, () => platform.Cancel(book.Account, order.Handle));
        }

        public void Flatten(AccountBook book, string instrument)
        {
            audit.Flattening(book.Account, instrument, supervisor.Now);
            Ask(book, "flatten " + instrument, () => platform.Flatten(book.Account, instrument));
        }

        private void Ask(AccountBook book, string what, Action request)
        {
            try
            {
                request();
            }
            // The platform may have taken it all the same: only its own word settles that.
            catch (Exception e)
            {
                supervisor.Doubt(book, what + " failed in the platform: " + e.Message);
            }
        }
    }
}
