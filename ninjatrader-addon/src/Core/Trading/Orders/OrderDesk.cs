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
        private const long NanosPerMilli = 1000000;

        private readonly ITradingPlatform platform;
        private readonly ITradeSupervisor supervisor;
        private readonly AuditLog audit;
        private readonly string run;
        private long lastHandle;
        private int lastExit;

        public OrderDesk(ITradingPlatform platform, ITradeSupervisor supervisor, AuditLog audit)
        {
            this.platform = platform;
            this.supervisor = supervisor;
            this.audit = audit;
            run = ((uint)(supervisor.Now / NanosPerMilli)).ToString("x8", CultureInfo.InvariantCulture);
        }

        public long NextHandle() => ++lastHandle;

        /// <summary>
        /// Name of an order that closes for the kill switch: never given twice, in this run or another, since a name
        /// may be all by which the platform's orders can be told apart.
        /// </summary>
        public string NextExitName() => OrderNames.Prefix + "flat-" + run + "-"
            + (++lastExit).ToString(CultureInfo.InvariantCulture) + "-X";

        /// <summary>
        /// Orders as they are tracked from now on, before they are sent: whoever owns them must know them first, since
        /// anything may be asked of him while the platform is at it.
        /// </summary>
        public TrackedOrder[] Register(AccountBook book, params OrderTicket[] tickets)
        {
            var tracked = new TrackedOrder[tickets.Length];
            for (int i = 0; i < tickets.Length; i++)
            {
                tracked[i] = book.Register(tickets[i], supervisor.Now);
            }
            return tracked;
        }

        /// <summary>Submits what was registered, all together.</summary>
        /// <returns>false: the platform threw, and whether it has them is not known</returns>
        public bool Submit(AccountBook book, params TrackedOrder[] registered)
        {
            var tickets = new OrderTicket[registered.Length];
            for (int i = 0; i < registered.Length; i++)
            {
                tickets[i] = registered[i].Ticket;
                audit.Submitting(tickets[i], supervisor.Now);
            }
            return Ask(book, "submit " + tickets[0].Name, () => platform.Submit(tickets));
        }

        /// <summary>
        /// Submits an entry if it still may be once it is written down: the disk may have taken its time over that, and
        /// what has not left by NotAfter is of a signal that is too old. Otherwise it is told as cancelled.
        /// </summary>
        public void SubmitEntry(AccountBook book, TrackedOrder entry)
        {
            OrderTicket ticket = entry.Ticket;
            audit.Submitting(ticket, supervisor.Now);
            long late = supervisor.Now - ticket.NotAfter;
            string obstacle = !audit.IsWritable
                ? "the audit log cannot be written: " + audit.Failure
                : late > 0
                    ? (late / NanosPerMilli).ToString(CultureInfo.InvariantCulture)
                        + " ms later than its signal allows: writing it down took too long"
                    : null;
            if (obstacle == null)
            {
                Ask(book, "submit " + ticket.Name, () => platform.Submit(new[] { ticket }));
                return;
            }
            supervisor.Unsent(new OrderReport
            {
                Handle = ticket.Handle,
                Name = ticket.Name,
                Account = ticket.Account,
                Instrument = ticket.Instrument,
                Side = ticket.Side,
                Kind = ticket.Kind,
                Status = OrderStatus.Cancelled,
                Quantity = ticket.Quantity,
                LimitPrice = ticket.LimitPrice,
                StopPrice = ticket.StopPrice,
                Comment = "not sent, " + obstacle,
                Time = supervisor.Now
            });
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

        /// <returns>false: the platform threw</returns>
        public bool Flatten(AccountBook book, string instrument)
        {
            audit.Flattening(book.Account, instrument, supervisor.Now);
            return Ask(book, "flatten " + instrument, () => platform.Flatten(book.Account, instrument));
        }

        private bool Ask(AccountBook book, string what, Action request)
        {
            try
            {
                request();
                return true;
            }
            // The platform may have taken it all the same: only its own word settles that.
            catch (Exception e)
            {
                supervisor.Doubt(book, what + " failed in the platform: " + e.Message);
                return false;
            }
        }
    }
}
