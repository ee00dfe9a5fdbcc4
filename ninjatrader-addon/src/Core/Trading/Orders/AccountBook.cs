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
        private readonly AccountOrders orders = new AccountOrders();
        private readonly KnownFills fills = new KnownFills();
        private readonly Dictionary<string, int> ledger = new Dictionary<string, int>(StringComparer.Ordinal);
        private readonly Dictionary<string, PositionReport> platform =
            new Dictionary<string, PositionReport>(StringComparer.Ordinal);

        public AccountBook(string account)
        {
            Account = account;
        }

        public string Account { get; }

        public bool OrdersConnected { get; private set; }

        public bool PricesConnected { get; private set; }

        /// <summary>The platform told once whether its connection stands.</summary>
        public bool IsConnectionTold { get; private set; }

        /// <summary>
        /// Local clock from which on what the platform does not list is not there: just connected it loads an account's
        /// orders, fills and positions one after the other.
        /// </summary>
        public long SettledAt { get; set; }

        /// <summary>Why what the platform tells is not believed yet; null: nothing is in doubt.</summary>
        public string Doubt { get; set; }

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

        /// <summary>Others' positions that were gone without a fill.</summary>
        public GoneOthers Gone { get; } = new GoneOthers();

        /// <summary>Counts fills, to see whether any came between two moments.</summary>
        public long Changes { get; private set; }

        /// <summary>Of the order that it came to know last.</summary>
        public long LastSerial => orders.LastSerial;

        /// <summary>It is connected, and has been for long enough to have loaded all there is.</summary>
        public bool IsSettled(long now) => OrdersConnected && now >= SettledAt;

        public IEnumerable<TrackedOrder> Working => orders.All.Where(order => !order.IsEnded);

        public IEnumerable<TrackedOrder> Orders => orders.All;

        /// <summary>Instruments with a position by either account, or with orders that have not ended.</summary>
        public IEnumerable<string> Touched => ledger.Where(entry => entry.Value != 0).Select(entry => entry.Key)
            .Concat(platform.Values.Where(position => position.Quantity != 0).Select(position => position.Instrument))
            .Concat(Working.Select(order => order.Report.Instrument)).Distinct().ToArray();

        public IEnumerable<PositionReport> Positions =>
            platform.Values.Where(position => position.Quantity != 0).ToArray();

        /// <summary>null: not known.</summary>
        public TrackedOrder Find(long handle) => orders.Find(handle);

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
        public bool AwaitsFills => orders.All.Any(order => order.Ticket != null
            && order.Report.Filled > order.Executed);

        /// <summary>Both say flat, and no order is left that could change it.</summary>
        public bool IsFlat(string instrument) => Ledger(instrument) == 0 && Platform(instrument) == 0
            && orders.All.All(order => order.Report.Instrument != instrument || order.IsEnded && order.Pending == 0);

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
            return Math.Max(ledgered, told) + orders.Pending(instrument, side, true)
                + Math.Max(0, orders.Pending(instrument, side, false) - toClose);
        }

        /// <summary>Position and own entries against a direction; 0: none.</summary>
        public long Opposing(string instrument, OrderSide side)
        {
            int sign = side == OrderSide.Buy ? -1 : 1;
            long against = Math.Max(0, Math.Max(sign * (long)Ledger(instrument), sign * (long)Platform(instrument)));
            return against + orders.All
                .Where(order => order.Report.Instrument == instrument && order.Report.Side != side
                    && order.Purpose == OrderPurpose.Entry)
                .Sum(order => (long)order.Pending);
        }

        public TrackedOrder Register(OrderTicket ticket, long now)
        {
            var order = new TrackedOrder(ticket, now);
            orders.Add(order);
            return order;
        }

        /// <returns>the order; null if the report says nothing new</returns>
        public TrackedOrder Apply(OrderReport report) => orders.Apply(report);

        /// <summary>Of orders that have ended no fill is awaited any more: the positions say that all are in them.</summary>
        public void SettleFills()
        {
            foreach (TrackedOrder order in orders.All)
            {
                order.SettleFills();
            }
        }

        /// <returns>whether it is a fill that was not known</returns>
        public bool Note(ExecutionReport execution) => fills.Add(execution);

        /// <summary>Counts a fill that was noted.</summary>
        public void Count(ExecutionReport execution)
        {
            Changes++;
            ledger[execution.Instrument] = Ledger(execution.Instrument) + Signed(execution);
            orders.Execute(execution);
        }

        /// <summary>Counts a fill that was noted for its order alone: the position has it already.</summary>
        public void CountOfOrder(ExecutionReport execution)
        {
            orders.Execute(execution);
        }

        /// <summary>Marks a fill as known without counting it: it is part of a position taken over.</summary>
        public void Know(ExecutionReport execution)
        {
            if (fills.Add(execution))
            {
                orders.Execute(execution);
            }
        }

        /// <summary>
        /// What a fill was told to be before, if it is told now with another quantity, price or cost, and notes what it
        /// is now; null: nothing about it changed, or it is not known.
        /// </summary>
        public ExecutionReport Correct(ExecutionReport execution) => fills.Correct(execution);

        public void Apply(PositionReport position)
        {
            platform[position.Instrument] = position;
        }

        public void Apply(ConnectionReport connection)
        {
            IsConnectionTold = true;
            OrdersConnected = connection.OrdersConnected;
            PricesConnected = connection.PricesConnected;
        }

        /// <summary>Takes the platform's position for the truth.</summary>
        public void Adopt(string instrument, int quantity)
        {
            ledger[instrument] = quantity;
            Changes++;
            foreach (TrackedOrder order in orders.All)
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
    }
}
