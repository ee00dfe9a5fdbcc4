using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Orders of an account, ours and others': from before they are sent until long after they ended, with what of them is
    /// filled whatever is told first. Trading thread.
    /// </summary>
    internal sealed class AccountOrders
    {
        /// <summary>Ended orders kept, for late fills and late reports.</summary>
        private const int EndedLimit = 2000;

        private readonly Dictionary<long, TrackedOrder> orders = new Dictionary<long, TrackedOrder>();
        private readonly Queue<long> ended = new Queue<long>();

        /// <summary>Ended so long ago that nothing but that is remembered of them: 8 bytes an order of the run.</summary>
        private readonly HashSet<long> forgotten = new HashSet<long>();

        /// <summary>What was filled of orders that are not told yet.</summary>
        private readonly Dictionary<long, int> early = new Dictionary<long, int>();

        /// <summary>Of the order that came to be known last.</summary>
        public long LastSerial { get; private set; }

        public Dictionary<long, TrackedOrder>.ValueCollection All => orders.Values;

        /// <summary>null: not known.</summary>
        public TrackedOrder Find(long handle)
        {
            TrackedOrder found;
            return orders.TryGetValue(handle, out found) ? found : null;
        }

        public void Add(TrackedOrder order)
        {
            order.Serial = ++LastSerial;
            orders.Add(order.Handle, order);
        }

        /// <returns>the order; null if the report says nothing new</returns>
        public TrackedOrder Apply(OrderReport report)
        {
            TrackedOrder order = Find(report.Handle);
            if (order == null)
            {
                if (OrderStatuses.IsTerminal(report.Status) && forgotten.Contains(report.Handle))
                {
                    return null;
                }
                order = new TrackedOrder(report);
                Add(order);
                int executed;
                if (early.TryGetValue(report.Handle, out executed))
                {
                    early.Remove(report.Handle);
                    order.Execute(executed);
                }
                NoteEnd(order);
                return order;
            }
            bool wasEnded = order.IsEnded;
            if (!order.Apply(report))
            {
                return null;
            }
            if (!wasEnded)
            {
                NoteEnd(order);
            }
            return order;
        }

        /// <summary>A fill may be told before the order that it is of.</summary>
        public void Execute(ExecutionReport execution)
        {
            int quantity = execution.IsRemoved ? -execution.Quantity : execution.Quantity;
            TrackedOrder order = Find(execution.Handle);
            if (order != null)
            {
                order.Execute(quantity);
            }
            else if (execution.Handle != 0 && !forgotten.Contains(execution.Handle))
            {
                int before;
                early.TryGetValue(execution.Handle, out before);
                early[execution.Handle] = before + quantity;
            }
        }

        /// <summary>
        /// What orders of a side may still fill; of an OCO group only one can. Asked with each signal, of all orders: a
        /// plain loop, and nothing is allocated but for OCO groups.
        /// </summary>
        /// <param name="instrument">the platform's name</param>
        /// <param name="side">of the orders</param>
        /// <param name="isOpening">entries and others' orders; otherwise our own exits</param>
        public long Pending(string instrument, OrderSide side, bool isOpening)
        {
            long sum = 0;
            Dictionary<string, int> groups = null;
            foreach (TrackedOrder order in orders.Values)
            {
                OrderReport report = order.Report;
                int pending;
                if (report.Side != side || IsOpening(order) != isOpening || report.Instrument != instrument
                    || (pending = order.Pending) == 0)
                {
                    continue;
                }
                if (report.OcoGroup.Length > 0)
                {
                    int counted;
                    groups = groups ?? new Dictionary<string, int>(StringComparer.Ordinal);
                    groups.TryGetValue(report.OcoGroup, out counted);
                    groups[report.OcoGroup] = Math.Max(counted, pending);
                    pending = Math.Max(0, pending - counted);
                }
                sum += pending;
            }
            return sum;
        }

        private static bool IsOpening(TrackedOrder order) =>
            order.Purpose == OrderPurpose.Entry || order.Purpose == OrderPurpose.Foreign;

        private void NoteEnd(TrackedOrder order)
        {
            if (!order.IsEnded)
            {
                return;
            }
            ended.Enqueue(order.Handle);
            if (ended.Count > EndedLimit)
            {
                Forget(ended.Dequeue());
            }
        }

        private void Forget(long handle)
        {
            TrackedOrder order = Find(handle);
            // One that came back to life is not forgotten: it is queued again when it ends again.
            if (order != null && order.IsEnded)
            {
                orders.Remove(handle);
                forgotten.Add(handle);
            }
        }
    }
}
