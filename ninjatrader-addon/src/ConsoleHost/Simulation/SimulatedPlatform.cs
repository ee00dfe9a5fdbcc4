using System;
using System.Collections.Generic;
using System.Linq;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// A platform with a broker behind it, following the documented rules of NinjaTrader's accounts: requests return at
    /// once and are answered later; orders go through the states in turn; a fill is told as order, execution and
    /// position, each on its own way; a position that became flat is told with quantity 0; fills overtake cancels;
    /// Flatten sends a close order sized when it was asked, so a fill on its way leaves a position the other way.
    /// It fills at the bid and offer it is given. Any thread.
    /// </summary>
    internal sealed class SimulatedPlatform : ITradingPlatform
    {
        private readonly object access = new object();
        private readonly IClock clock;
        private readonly ISimulationSchedule schedule;
        private readonly HashSet<string> accounts;
        private readonly Dictionary<string, ContractSpec> contracts = new Dictionary<string, ContractSpec>();
        private readonly Dictionary<string, PlatformQuote> quotes = new Dictionary<string, PlatformQuote>();
        private readonly Dictionary<long, SimulatedOrder> orders = new Dictionary<long, SimulatedOrder>();
        private readonly List<SimulatedOrder> working = new List<SimulatedOrder>();
        private readonly Dictionary<string, SimulatedPosition> positions = new Dictionary<string, SimulatedPosition>();
        private readonly List<ExecutionReport> executions = new List<ExecutionReport>();
        private readonly List<Action> heldAnswers = new List<Action>();
        private IPlatformEvents events;
        private long lastForeign;
        private bool isConnected = true;

        public SimulatedPlatform(IClock clock, ISimulationSchedule schedule, params string[] accounts)
        {
            this.clock = clock;
            this.schedule = schedule;
            this.accounts = new HashSet<string>(accounts);
        }

        public SimulatedFaults Faults { get; } = new SimulatedFaults();

        /// <summary>Orders that have not ended.</summary>
        public IEnumerable<SimulatedOrder> Working => working;

        public IEnumerable<SimulatedOrder> Orders => orders.Values;

        /// <summary>Is shown every order, change and close before the broker has it.</summary>
        public Action<OrderTicket> Submitting { get; set; } = ticket => { };

        public Action<OrderChange> Changing { get; set; } = change => { };

        /// <summary>Whether an account is said to hold no real money.</summary>
        public Func<string, bool> Simulates { get; set; } = account => true;

        public void AddContract(ContractSpec contract)
        {
            lock (access)
            {
                contracts[contract.Instrument] = contract;
            }
        }

        /// <summary>Positions that are not flat. Any thread.</summary>
        public int OpenPositions
        {
            get
            {
                lock (access)
                {
                    return positions.Values.Count(position => position.Quantity != 0);
                }
            }
        }

        /// <summary>Orders that have not ended. Any thread.</summary>
        public int WorkingCount
        {
            get
            {
                lock (access)
                {
                    return working.Count;
                }
            }
        }

        public int Position(string account, string instrument) => Of(account, instrument).Quantity;

        /// <summary>null: none was given.</summary>
        public PlatformQuote QuoteOf(string instrument)
        {
            lock (access)
            {
                PlatformQuote found;
                return quotes.TryGetValue(instrument, out found) ? found : null;
            }
        }

        public void Start(IPlatformEvents heard)
        {
            lock (access)
            {
                events = heard;
                foreach (string account in accounts)
                {
                    TellConnection(account);
                }
            }
        }

        public void Stop()
        {
            lock (access)
            {
                events = null;
            }
        }

        public ContractSpec FindContract(string instrument)
        {
            lock (access)
            {
                ContractSpec found;
                return contracts.TryGetValue(instrument, out found) ? found : null;
            }
        }

        public void WatchQuotes(string instrument)
        {
            // Every quote that it is given is told.
        }

        public void RequestSnapshot(string account, long request)
        {
            lock (access)
            {
                Action answer = () => schedule.Add("ask", () =>
                {
                    PlatformSnapshot snapshot = Snapshot(account, request);
                    schedule.Add("snapshot", () => events?.OnSnapshot(snapshot));
                });
                if (Faults.HoldsAnswers())
                {
                    heldAnswers.Add(answer);
                    return;
                }
                answer();
            }
        }

        /// <summary>Answers what Faults.HoldsAnswers held up.</summary>
        public void Answer()
        {
            lock (access)
            {
                Action[] answers = heldAnswers.ToArray();
                heldAnswers.Clear();
                foreach (Action answer in answers)
                {
                    answer();
                }
            }
        }

        public void Submit(OrderTicket[] tickets)
        {
            lock (access)
            {
                foreach (OrderTicket ticket in tickets)
                {
                    Submitting(ticket);
                    if (!Faults.DropsRequest(OrderRequest.Submit))
                    {
                        Place(ticket);
                    }
                }
            }
        }

        public void Change(OrderChange change)
        {
            lock (access)
            {
                Changing(change);
                if (!Faults.DropsRequest(OrderRequest.Change))
                {
                    Ask(change.Handle, OrderStatus.ChangePending, OrderError.UnableToChange,
                        order => DoChange(order, change));
                }
            }
        }

        public void Cancel(string account, long handle)
        {
            lock (access)
            {
                if (!Faults.DropsRequest(OrderRequest.Cancel))
                {
                    Ask(handle, OrderStatus.CancelPending, OrderError.UnableToCancel, DoCancel);
                }
            }
        }

        public void Flatten(string account, string instrument)
        {
            lock (access)
            {
                foreach (SimulatedOrder order in working.Where(order => IsOf(order, account, instrument)).ToArray())
                {
                    Cancel(account, order.Ticket.Handle);
                }
                int quantity = Of(account, instrument).Quantity;
                if (quantity != 0 && isConnected)
                {
                    PlaceForeign(account, instrument, quantity > 0 ? OrderSide.Sell : OrderSide.Buy,
                        OrderKind.Market, Math.Abs(quantity), LinkProtocol.NullPrice, "Close", "");
                }
            }
        }

        /// <summary>An order by hand, or of an ATM strategy.</summary>
        /// <returns>its handle</returns>
        public long PlaceForeign(string account, string instrument, OrderSide side, OrderKind kind, int quantity,
            long price, string name, string oco)
        {
            lock (access)
            {
                var ticket = new OrderTicket
                {
                    Handle = --lastForeign,
                    Name = name,
                    Account = account,
                    Instrument = instrument,
                    Purpose = OrderPurpose.Foreign,
                    Side = side,
                    Kind = kind,
                    Quantity = quantity,
                    LimitPrice = kind == OrderKind.Limit ? price : LinkProtocol.NullPrice,
                    StopPrice = kind == OrderKind.StopMarket ? price : LinkProtocol.NullPrice,
                    OcoGroup = oco
                };
                Place(ticket);
                return ticket.Handle;
            }
        }

        /// <summary>A market: is told, and fills what it reaches.</summary>
        public void SetQuote(string instrument, long bid, long ask)
        {
            lock (access)
            {
                var quote = new PlatformQuote(instrument, bid, ask, clock.Now);
                quotes[instrument] = quote;
                events?.OnQuote(quote);
                long price;
                foreach (SimulatedOrder order in working.Where(order => order.Ticket.Instrument == instrument
                    && order.CanFill(bid, ask, out price)).ToArray())
                {
                    TryFill(order);
                }
            }
        }

        /// <summary>While it is gone, the broker goes on and nobody is told.</summary>
        public void SetConnected(bool connected)
        {
            lock (access)
            {
                isConnected = connected;
                foreach (string account in accounts)
                {
                    TellConnection(account);
                }
            }
        }

        private void Place(OrderTicket ticket)
        {
            var order = new SimulatedOrder(ticket);
            orders.Add(ticket.Handle, order);
            if (!isConnected)
            {
                order.Status = OrderStatus.Rejected;
                Tell(order, OrderError.UnableToSubmit, "not connected");
                return;
            }
            working.Add(order);
            Move(order, OrderStatus.Submitted);
            schedule.Add("broker " + ticket.Handle, () => Accept(order));
        }

        private void Accept(SimulatedOrder order)
        {
            if (order.IsEnded)
            {
                return;
            }
            if (Faults.Rejects(order.Ticket) || !contracts.ContainsKey(order.Ticket.Instrument))
            {
                End(order, OrderStatus.Rejected, OrderError.OrderRejected, "rejected by the simulated broker");
                return;
            }
            Move(order, OrderStatus.Accepted);
            if (order.Status == OrderStatus.Accepted)
            {
                Move(order, OrderStatus.Working);
            }
            order.IsOnBook = true;
            schedule.Add("market " + order.Ticket.Handle, () => TryFill(order));
        }

        private void TryFill(SimulatedOrder order)
        {
            PlatformQuote quote;
            long price;
            if (!quotes.TryGetValue(order.Ticket.Instrument, out quote)
                || !order.CanFill(quote.Bid, quote.Ask, out price))
            {
                return;
            }
            int quantity = Math.Max(1, Math.Min(order.Remaining, Faults.FillOf(order.Remaining)));
            Fill(order, quantity, price);
            if (order.Remaining > 0)
            {
                schedule.Add("market " + order.Ticket.Handle, () => TryFill(order));
            }
        }

        private void Fill(SimulatedOrder order, int quantity, long price)
        {
            OrderTicket ticket = order.Ticket;
            order.Filled += quantity;
            order.Paid += (decimal)quantity * price;
            SimulatedPosition position = Of(ticket.Account, ticket.Instrument);
            position.Fill(ticket.Side == OrderSide.Buy ? quantity : -quantity, price);
            var execution = new ExecutionReport
            {
                ExecutionId = "X" + (executions.Count + 1),
                Handle = ticket.Handle,
                Account = ticket.Account,
                Instrument = ticket.Instrument,
                Side = ticket.Side,
                Quantity = quantity,
                Price = price,
                Time = clock.Now
            };
            executions.Add(execution);
            bool isFilled = order.Filled >= order.Quantity;
            if (isFilled)
            {
                End(order, OrderStatus.Filled, OrderError.None, "");
            }
            else
            {
                Move(order, OrderStatus.PartFilled);
            }
            Out("executions", heard => heard.OnExecution(execution));
            var report = new PositionReport(ticket.Account, ticket.Instrument, position.Quantity,
                position.AveragePrice, clock.Now);
            Out("positions", heard => heard.OnPosition(report));
            AccountReport money = Money(ticket.Account);
            Out("money", heard => heard.OnAccount(money));
            if (isFilled || Faults.OcoOnFirstFill)
            {
                CancelGroup(order);
            }
        }

        private void DoChange(SimulatedOrder order, OrderChange change)
        {
            if (Faults.RefusesChange())
            {
                Back(order, OrderError.UnableToChange);
                return;
            }
            order.Quantity = Math.Max(change.Quantity, order.Filled);
            order.LimitPrice = change.LimitPrice;
            order.StopPrice = change.StopPrice;
            if (order.Filled == order.Quantity)
            {
                End(order, OrderStatus.Filled, OrderError.None, "");
                CancelGroup(order);
                return;
            }
            Back(order, OrderError.None);
        }

        private void DoCancel(SimulatedOrder order)
        {
            if (Faults.RefusesCancel())
            {
                Back(order, OrderError.UnableToCancel);
                return;
            }
            End(order, OrderStatus.Cancelled, OrderError.None, "");
            CancelGroup(order);
        }

        private void Ask(long handle, OrderStatus meanwhile, OrderError refusal, Action<SimulatedOrder> request)
        {
            SimulatedOrder order;
            if (!orders.TryGetValue(handle, out order) || order.IsEnded)
            {
                // An order that has ended: its end is told already or on its way.
                return;
            }
            if (!isConnected)
            {
                Tell(order, refusal, "not connected");
                return;
            }
            Move(order, meanwhile);
            schedule.Add("broker " + handle, () =>
            {
                if (!order.IsEnded)
                {
                    request(order);
                }
            });
        }

        private void CancelGroup(SimulatedOrder ended)
        {
            string group = ended.Ticket.OcoGroup;
            foreach (SimulatedOrder other in working.Where(other => group.Length > 0 && other != ended
                && other.Ticket.OcoGroup == group).ToArray())
            {
                schedule.Add("oco " + group, () =>
                {
                    if (!other.IsEnded)
                    {
                        End(other, OrderStatus.Cancelled, OrderError.None, "OCO");
                    }
                });
            }
        }

        private void Back(SimulatedOrder order, OrderError error)
        {
            order.Status = order.Filled > 0 ? OrderStatus.PartFilled : OrderStatus.Working;
            Tell(order, error, "");
        }

        private void Move(SimulatedOrder order, OrderStatus status)
        {
            order.Status = status;
            Tell(order, OrderError.None, "");
        }

        private void End(SimulatedOrder order, OrderStatus status, OrderError error, string comment)
        {
            order.Status = status;
            working.Remove(order);
            Tell(order, error, comment);
        }

        private void Tell(SimulatedOrder order, OrderError error, string comment)
        {
            OrderReport report = order.Report(clock.Now, error, comment);
            if (error == OrderError.UnableToSubmit || error == OrderError.UnableToCancel
                || error == OrderError.UnableToChange)
            {
                // The platform itself says so, connected or not.
                schedule.Add("order " + report.Handle, () => events?.OnOrder(report));
                return;
            }
            Out("order " + report.Handle, heard => heard.OnOrder(report));
        }

        private void Out(string channel, Action<IPlatformEvents> what)
        {
            if (isConnected && !Faults.LosesEvent())
            {
                schedule.Add(channel, () =>
                {
                    if (events != null)
                    {
                        what(events);
                    }
                });
            }
        }

        private void TellConnection(string account)
        {
            var report = new ConnectionReport(account, isConnected, isConnected, clock.Now);
            schedule.Add("connection", () => events?.OnConnection(report));
        }

        private AccountReport Money(string account) => new AccountReport(account,
            positions.Where(entry => entry.Key.StartsWith(account + "\n", StringComparison.Ordinal))
                .Sum(entry => entry.Value.Realized), null, clock.Now);

        private PlatformSnapshot Snapshot(string account, long request) => new PlatformSnapshot
        {
            Request = request,
            Account = account,
            AccountExists = accounts.Contains(account),
            IsSimulation = Simulates(account),
            Currency = "UsDollar",
            Connection = new ConnectionReport(account, isConnected, isConnected, clock.Now),
            Money = Money(account),
            Orders = orders.Values.Where(order => order.Ticket.Account == account)
                .Select(order => order.Report(clock.Now, OrderError.None, "")).ToArray(),
            Positions = positions.Where(entry => entry.Key.StartsWith(account + "\n", StringComparison.Ordinal)
                && entry.Value.Quantity != 0)
                .Select(entry => new PositionReport(account, entry.Key.Substring(account.Length + 1),
                    entry.Value.Quantity, entry.Value.AveragePrice, clock.Now)).ToArray(),
            Executions = executions.Where(execution => execution.Account == account).ToArray()
        };

        private static bool IsOf(SimulatedOrder order, string account, string instrument) =>
            order.Ticket.Account == account && order.Ticket.Instrument == instrument;

        private SimulatedPosition Of(string account, string instrument)
        {
            SimulatedPosition position;
            string key = account + "\n" + instrument;
            if (!positions.TryGetValue(key, out position))
            {
                position = new SimulatedPosition(contracts[instrument]);
                positions.Add(key, position);
            }
            return position;
        }
    }
}
