using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LinkMode = Tickbridge.Core.TradingMode;
using LinkOrderState = Tickbridge.Core.OrderState;
using LinkTimeInForce = Tickbridge.Core.TimeInForce;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Carries every decision, order, fill and position to the gateway's journal. Trading thread; a report is only
    /// copied, the link sends it when it can and keeps it across lost connections.
    /// </summary>
    public sealed class JournalReports : IDecisionSink
    {
        /// <summary>
        /// Orders are named for the decision they came of; of so many decisions that is remembered, and of as many
        /// orders that have ended, whose fills may be told later.
        /// </summary>
        private const int Remembered = 1000;

        private readonly TradeReporter reporter;
        private readonly Queue<string> labels = new Queue<string>();
        private readonly Dictionary<string, Decision> decisions = new Dictionary<string, Decision>();
        /// <summary>Entries by handle: an ATM strategy's has a name that says nothing.</summary>
        private readonly Dictionary<long, Decision> entries = new Dictionary<long, Decision>();

        private readonly Dictionary<string, Decision> instruments = new Dictionary<string, Decision>();
        private readonly Dictionary<long, OrderReport> orders = new Dictionary<long, OrderReport>();
        private readonly Queue<long> ended = new Queue<long>();
        private readonly Dictionary<string, int> positions = new Dictionary<string, int>();
        private TradingMode mode = TradingMode.DryRun;

        private readonly LinkTimeInForce duration;

        /// <param name="reporter">of the link</param>
        /// <param name="duration">of our orders, as the limits say</param>
        public JournalReports(TradeReporter reporter, OrderDuration duration)
        {
            this.reporter = reporter;
            this.duration = duration == OrderDuration.Day ? LinkTimeInForce.Day : LinkTimeInForce.GoodTillCancelled;
        }

        public void OnDecision(Decision decision)
        {
            mode = decision.Mode;
            instruments[decision.Instrument] = decision;
            if (decision.OrderLabel.Length > 0)
            {
                entries[decision.Handle] = decision;
                Remember(decision);
            }
            reporter.Report(new RiskDecision
            {
                EventTime = decision.Time,
                SignalSession = decision.Session,
                SignalSequence = decision.SignalSequence,
                Instrument = decision.InstrumentKey,
                Venue = decision.Venue,
                LimitValue = decision.Limit,
                Value = decision.Measured,
                Quantity = decision.Quantity,
                Mode = ModeOf(decision.Mode),
                Verdict = decision.IsPassed ? RiskVerdict.Passed : RiskVerdict.Refused,
                Action = decision.Side == null ? OrderAction.None
                    : decision.Side == OrderSide.Buy ? OrderAction.Buy : OrderAction.SellShort,
                Rule = decision.RefusedBy.ToString(),
                Unit = decision.Unit,
                ClientOrderId = decision.OrderLabel,
                Account = decision.Account,
                InstrumentName = decision.Instrument,
                Text = decision.Text
            });
        }

        public void OnOrder(OrderReport order)
        {
            Decision cause = CauseOf(order);
            Keep(order);
            Decision known = KnownOf(order.Instrument);
            reporter.Report(new OrderEvent
            {
                EventTime = order.Time,
                SignalSession = cause == null ? 0 : cause.Session,
                SignalSequence = cause == null ? 0 : cause.SignalSequence,
                Instrument = known == null ? 0 : known.InstrumentKey,
                Venue = known == null ? 0 : known.Venue,
                LimitPrice = order.LimitPrice,
                StopPrice = order.StopPrice,
                AveragePrice = order.AveragePrice,
                Quantity = order.Quantity,
                FilledQuantity = order.Filled,
                Mode = ModeOf(mode),
                Action = ActionOf(order),
                OrderType = TypeOf(order.Kind),
                State = StateOf(order.Status),
                TimeInForce = duration,
                Role = RoleOf(order),
                ClientOrderId = order.Name,
                PlatformOrderId = order.Handle.ToString(CultureInfo.InvariantCulture),
                OcoGroup = order.OcoGroup,
                Account = order.Account,
                InstrumentName = order.Instrument,
                Text = order.Error == OrderError.None ? order.Comment : order.Error + ": " + order.Comment
            });
        }

        public void OnExecution(ExecutionReport execution)
        {
            OrderReport order;
            orders.TryGetValue(execution.Handle, out order);
            Decision cause = order == null ? null : CauseOf(order);
            Decision known = KnownOf(execution.Instrument);
            string key = execution.Account + "\n" + execution.Instrument;
            int position;
            positions.TryGetValue(key, out position);
            int change = execution.Side == OrderSide.Buy ? execution.Quantity : -execution.Quantity;
            position += execution.IsRemoved ? -change : change;
            positions[key] = position;
            reporter.Report(new ExecutionEvent
            {
                EventTime = execution.Time,
                SignalSession = cause == null ? 0 : cause.Session,
                SignalSequence = cause == null ? 0 : cause.SignalSequence,
                Instrument = known == null ? 0 : known.InstrumentKey,
                Venue = known == null ? 0 : known.Venue,
                ExecutionTime = execution.Time,
                Price = execution.Price,
                Commission = (long)Math.Round(execution.Cost * 1e9),
                Quantity = execution.IsRemoved ? -execution.Quantity : execution.Quantity,
                PositionAfter = position,
                Mode = ModeOf(mode),
                Action = order == null
                    ? execution.Side == OrderSide.Buy ? OrderAction.Buy : OrderAction.Sell
                    : ActionOf(order),
                Role = order == null ? OrderRole.Flatten : RoleOf(order),
                ClientOrderId = order == null ? "" : order.Name,
                PlatformOrderId = execution.Handle.ToString(CultureInfo.InvariantCulture),
                ExecutionId = execution.ExecutionId,
                Account = execution.Account,
                InstrumentName = execution.Instrument
            });
        }

        public void OnPosition(PositionReport position)
        {
            positions[position.Account + "\n" + position.Instrument] = position.Quantity;
            Decision known = KnownOf(position.Instrument);
            IEnumerable<OrderReport> working = orders.Values.Where(order => order.Instrument == position.Instrument
                && order.Account == position.Account && order.Remaining > 0);
            reporter.Report(new PositionEvent
            {
                EventTime = position.Time,
                Instrument = known == null ? 0 : known.InstrumentKey,
                Venue = known == null ? 0 : known.Venue,
                AveragePrice = position.AveragePrice,
                Quantity = position.Quantity,
                WorkingBuy = working.Where(order => order.Side == OrderSide.Buy).Sum(order => order.Remaining),
                WorkingSell = working.Where(order => order.Side == OrderSide.Sell).Sum(order => order.Remaining),
                Mode = ModeOf(mode),
                Account = position.Account,
                InstrumentName = position.Instrument
            });
        }

        /// <summary>The link has no message for notices of trading as a whole: a decision without a signal carries
        /// them, its rule is the notice's kind.</summary>
        public void OnNotice(TradingNotice notice)
        {
            reporter.Report(new RiskDecision
            {
                EventTime = notice.Time,
                Mode = ModeOf(mode),
                Verdict = notice.Kind == NoticeKind.Armed || notice.Kind == NoticeKind.Reconciled
                    || notice.Kind == NoticeKind.Flat || notice.Kind == NoticeKind.KillCleared
                    ? RiskVerdict.Passed
                    : RiskVerdict.Refused,
                Action = OrderAction.None,
                Rule = "notice." + notice.Kind,
                Account = notice.Account,
                InstrumentName = notice.Instrument,
                Text = notice.Text
            });
        }

        private void Remember(Decision decision)
        {
            if (!decisions.ContainsKey(decision.OrderLabel))
            {
                labels.Enqueue(decision.OrderLabel);
                if (labels.Count > Remembered)
                {
                    Decision oldest;
                    string label = labels.Dequeue();
                    if (decisions.TryGetValue(label, out oldest))
                    {
                        entries.Remove(oldest.Handle);
                        decisions.Remove(label);
                    }
                }
            }
            decisions[decision.OrderLabel] = decision;
        }

        private void Keep(OrderReport order)
        {
            OrderReport before;
            bool hadEnded = orders.TryGetValue(order.Handle, out before) && OrderStatuses.IsTerminal(before.Status);
            orders[order.Handle] = order;
            if (OrderStatuses.IsTerminal(order.Status) && !hadEnded)
            {
                ended.Enqueue(order.Handle);
                if (ended.Count > Remembered)
                {
                    orders.Remove(ended.Dequeue());
                }
            }
        }

        /// <summary>An order's name is the label of its decision, a hyphen and what it is for.</summary>
        private Decision CauseOf(OrderReport order)
        {
            Decision entry;
            if (entries.TryGetValue(order.Handle, out entry))
            {
                return entry;
            }
            string name = order.Name;
            int end = name.LastIndexOf('-');
            Decision found;
            return end > 0 && decisions.TryGetValue(name.Substring(0, end), out found) ? found : null;
        }

        private Decision KnownOf(string instrument)
        {
            Decision found;
            return instruments.TryGetValue(instrument, out found) ? found : null;
        }

        /// <summary>
        /// Of orders that are not named by us: an entry is known by its handle; an ATM strategy's stops and targets, as a
        /// person's, by their kind.
        /// </summary>
        private OrderRole RoleOf(OrderReport order)
        {
            if (entries.ContainsKey(order.Handle))
            {
                return OrderRole.Entry;
            }
            if (!OrderNames.IsOurs(order.Name))
            {
                return OrderKinds.IsStop(order.Kind) ? OrderRole.StopLoss
                    : order.Kind == OrderKind.Limit && order.OcoGroup.Length > 0 ? OrderRole.ProfitTarget
                    : OrderRole.Flatten;
            }
            string name = order.Name;
            int end = name.LastIndexOf('-');
            switch (end < 0 || end + 1 == name.Length ? ' ' : name[end + 1])
            {
                case 'E': return OrderRole.Entry;
                case 'S': return OrderRole.StopLoss;
                case 'T': return OrderRole.ProfitTarget;
                case 'X': return name.Contains("flat-") ? OrderRole.Flatten : OrderRole.Exit;
                default: return OrderRole.Flatten;
            }
        }

        private OrderAction ActionOf(OrderReport order)
        {
            bool isEntry = RoleOf(order) == OrderRole.Entry;
            return order.Side == OrderSide.Buy
                ? isEntry ? OrderAction.Buy : OrderAction.BuyToCover
                : isEntry ? OrderAction.SellShort : OrderAction.Sell;
        }

        private static LinkMode ModeOf(TradingMode one) => one == TradingMode.Live ? LinkMode.Live
            : one == TradingMode.Simulation ? LinkMode.Simulation : LinkMode.DryRun;

        private static OrderType TypeOf(OrderKind kind)
        {
            switch (kind)
            {
                case OrderKind.Market: return OrderType.Market;
                case OrderKind.Limit: return OrderType.Limit;
                case OrderKind.StopMarket: return OrderType.StopMarket;
                case OrderKind.StopLimit: return OrderType.StopLimit;
                default: return OrderType.MarketIfTouched;
            }
        }

        private static LinkOrderState StateOf(OrderStatus status)
        {
            LinkOrderState state;
            return Enum.TryParse(status.ToString(), out state) ? state
                : status == OrderStatus.AcceptedByRisk ? LinkOrderState.Accepted : LinkOrderState.Unknown;
        }
    }
}
