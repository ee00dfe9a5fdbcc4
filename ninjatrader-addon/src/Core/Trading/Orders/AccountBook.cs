using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// One account's orders, fills and positions: as the platform tells them and as they follow from the fills. Until
    /// both agree the worse one counts. Trading thread.
    /// </summary>
    internal sealed class AccountBook
    {
        /// <summary>Ended orders kept, for late fills and late reports.</summary>
        private const int EndedLimit = 2000;

        /// <summary>Fills remembered: far more than an account has in a day, so that a snapshot repeats none.</summary>
        private const int ExecutionLimit = 200000;

        private readonly Dictionary<long, TrackedOrder> orders = new Dictionary<long, TrackedOrder>();
        private readonly Queue<long> ended = new Queue<long>();

        /// <summary>Ended so long ago that nothing but that is remembered of them: 8 bytes an order of the run.</summary>
        private readonly HashSet<long> forgotten = new HashSet<long>();
        private readonly Dictionary<string, ExecutionReport> executions =
            new Dictionary<string, ExecutionReport>(StringComparer.Ordinal);

        private readonly Queue<string> executionOrder = new Queue<string>();
        private readonly Dictionary<long, int> early = new Dictionary<long, int>();
        private readonly Dictionary<string, int> ledger = new Dictionary<string, int>(StringComparer.Ordinal);
        private readonly Dictionary<string, PositionReport> platform =
            new Dictionary<string, PositionReport>(StringComparer.Ordinal);

        private long lastSerial;

        public AccountBook(string account)
        {
            Account = account;
        }

        public string Account { get; }

        public bool OrdersConnected { get; private set; }

        public bool PricesConnected { get; private set; }

        /// <summary>Fills and positions were taken over from a snapshot once.</summary>
        public bool HasBaseline { get; set; }

        /// <summary>The platform's last snapshot agreed with what is known.</summary>
        public bool IsReconciled { get; set; }

        /// <summary>The platform said that it has no such account.</summary>
        public bool IsAbsent { get; set; }

        /// <summary>Currency that it is counted in; empty: not known.</summary>
        public string Currency { get; set; } = "";

        /// <summary>The platform says that no real money is in it.</summary>
        public bool IsSimulation { get; set; }

        /// <summary>
        /// It was armed in this run, or an earlier one left something open there: the kill switch closes what it holds.
        /// </summary>
        public bool WasArmed { get; set; }

        /// <summary>
        /// Instruments in which an earlier run may have left something open, whatever the settings name now; until that
        /// is seen flat.
        /// </summary>
        public InstrumentScope Inherited { get; } = new InstrumentScope(new string[0]);

        /// <summary>Profit and loss of the day.</summary>
        public ProfitLedger Profit { get; } = new ProfitLedger();

        /// <summary>Counts fills, to see whether any came between two moments.</summary>
        public long Changes { get; private set; }

        /// <summary>Of the order that it came to know last.</summary>
        public long LastSerial => lastSerial;

        public IEnumerable<TrackedOrder> Working => orders.Values.Where(order => !order.IsEnded);

        public IEnumerable<TrackedOrder> Orders => orders.Values;

        /// <summary>Instruments with a position by either account, or with orders that have not ended.</summary>
        public IEnumerable<string> Touched => ledger.Where(entry => entry.Value != 0).Select(entry => entry.Key)
            .Concat(platform.Values.Where(position => position.Quantity != 0).Select(position => position.Instrument))
            .Concat(Working.Select(order => order.Report.Instrument)).Distinct().ToArray();

        public IEnumerable<PositionReport> Positions =>
            platform.Values.Where(position => position.Quantity != 0).ToArray();

        /// <summary>null: not known.</summary>
        public TrackedOrder Find(long handle)
        {
            TrackedOrder found;
            return orders.TryGetValue(handle, out found) ? found : null;
        }

        /// <summary>Position that follows from the fills; long above 0.</summary>
        public int Ledger(string instrument)
        {
            int quantity;
            return ledger.TryGetValue(instrument, out quantity) ? quantity : 0;
        }

        /// <summary>Position that the platform told.</summary>
        public int Platform(string instrument)
        {
            PositionReport position;
            return platform.TryGetValue(instrument, out position) ? position.Quantity : 0;
        }

        /// <summary>The platform told that an order of ours was filled further than the fills it told.</summary>
        public bool AwaitsFills => orders.Values.Any(order => order.Ticket != null
            && order.Report.Filled > order.Executed);

        /// <summary>Both say flat, and no order is left that could change it.</summary>
        public bool IsFlat(string instrument) => Ledger(instrument) == 0 && Platform(instrument) == 0
            && orders.Values.All(order => order.Report.Instrument != instrument || order.IsEnded && order.Pending == 0);

        /// <summary>
        /// The largest position that could come about in a direction: entries and others' orders filled, and of our
        /// own exits what is more than they have to close. Of an OCO group only one can fill.
        /// </summary>
        public long Exposure(string instrument, OrderSide side)
        {
            int sign = side == OrderSide.Buy ? 1 : -1;
            long ledgered = sign * (long)Ledger(instrument);
            long told = sign * (long)Platform(instrument);
            long toClose = Math.Max(0, -Math.Max(ledgered, told));
            return Math.Max(ledgered, told) + PendingOf(instrument, side, true)
                + Math.Max(0, PendingOf(instrument, side, false) - toClose);
        }

        /// <summary>Asked with each signal, of all orders: a plain loop, and nothing is allocated but for OCO groups.</summary>
        private long PendingOf(string instrument, OrderSide side, bool isOpening)
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

        /// <summary>Position and own entries against a direction; 0: none.</summary>
        public long Opposing(string instrument, OrderSide side)
        {
            int sign = side == OrderSide.Buy ? -1 : 1;
            long against = Math.Max(0, Math.Max(sign * (long)Ledger(instrument), sign * (long)Platform(instrument)));
            return against + orders.Values
                .Where(order => order.Report.Instrument == instrument && order.Report.Side != side
                    && order.Purpose == OrderPurpose.Entry)
                .Sum(order => (long)order.Pending);
        }

        public TrackedOrder Register(OrderTicket ticket, long now)
        {
            var order = new TrackedOrder(ticket, now);
            Add(order);
            return order;
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

        /// <summary>Of orders that have ended no fill is awaited any more: the positions say that all are in them.</summary>
        public void SettleFills()
        {
            foreach (TrackedOrder order in orders.Values)
            {
                order.SettleFills();
            }
        }

        /// <returns>whether it is a fill that was not known</returns>
        public bool Apply(ExecutionReport execution)
        {
            if (!IsFresh(execution))
            {
                return false;
            }
            Changes++;
            int signed = Signed(execution);
            ledger[execution.Instrument] = Ledger(execution.Instrument) + signed;
            Execute(execution);
            return true;
        }

        /// <summary>Marks a fill as known without counting it: it is part of a position taken over.</summary>
        public void Know(ExecutionReport execution)
        {
            if (IsFresh(execution))
            {
                Execute(execution);
            }
        }

        /// <summary>
        /// What a fill was told to be before, if it is told now with another quantity, price or cost, and notes what it
        /// is now; null: nothing about it changed, or it is not known.
        /// </summary>
        public ExecutionReport Correct(ExecutionReport execution)
        {
            ExecutionReport before;
            if (execution.IsRemoved || !executions.TryGetValue("+" + execution.ExecutionId, out before)
                || before.Quantity == execution.Quantity && before.Side == execution.Side
                    && before.Price == execution.Price && before.Cost.Equals(execution.Cost)
                || executions.ContainsKey("-" + execution.ExecutionId))
            {
                return null;
            }
            executions["+" + execution.ExecutionId] = execution;
            return before;
        }

        public void Apply(PositionReport position)
        {
            platform[position.Instrument] = position;
        }

        public void Apply(ConnectionReport connection)
        {
            OrdersConnected = connection.OrdersConnected;
            PricesConnected = connection.PricesConnected;
        }

        /// <summary>Takes the platform's position for the truth.</summary>
        public void Adopt(string instrument, int quantity)
        {
            ledger[instrument] = quantity;
            Changes++;
            foreach (TrackedOrder order in orders.Values)
            {
                if (order.Report.Instrument == instrument)
                {
                    order.SettleFills();
                }
            }
        }

        /// <summary>A fill's quantity: bought above 0, sold below; taken back the other way round.</summary>
        public static int Signed(ExecutionReport execution) =>
            (execution.Side == OrderSide.Buy ? 1 : -1) * (execution.IsRemoved ? -1 : 1) * execution.Quantity;

        private bool IsFresh(ExecutionReport execution)
        {
            string key = (execution.IsRemoved ? "-" : "+") + execution.ExecutionId;
            if (executions.ContainsKey(key))
            {
                return false;
            }
            executions.Add(key, execution);
            executionOrder.Enqueue(key);
            if (executionOrder.Count > ExecutionLimit)
            {
                executions.Remove(executionOrder.Dequeue());
            }
            return true;
        }

        /// <summary>A fill may be told before the order that it is of.</summary>
        private void Execute(ExecutionReport execution)
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

        private void Add(TrackedOrder order)
        {
            order.Serial = ++lastSerial;
            orders.Add(order.Handle, order);
        }
    }
}
