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
    /// It fills at the bid and offer it is given. Any thread: one lock guards the platform and all that is behind it.
    /// </summary>
    internal sealed class SimulatedPlatform : ITradingPlatform
    {
        private readonly object access = new object();
        private readonly IClock clock;
        private readonly SimulatedMarket market = new SimulatedMarket();
        private readonly SimulatedAccounts accounts;
        private readonly SimulatedConnection connection;
        private readonly SimulatedBroker broker;
        private readonly SimulatedSnapshots snapshots;
        private long lastForeign;

        public SimulatedPlatform(IClock clock, ISimulationSchedule schedule, params string[] accounts)
        {
            this.clock = clock;
            this.accounts = new SimulatedAccounts(accounts, market, clock);
            connection = new SimulatedConnection(clock, schedule, Faults, this.accounts.Names);
            broker = new SimulatedBroker(clock, schedule, Faults, market, this.accounts, connection);
            snapshots = new SimulatedSnapshots(schedule, Faults, this.accounts, broker, connection);
        }

        public SimulatedFaults Faults { get; } = new SimulatedFaults();

        /// <summary>Orders that have not ended.</summary>
        public IEnumerable<SimulatedOrder> Working => broker.Working;

        public IEnumerable<SimulatedOrder> Orders => broker.Orders;

        /// <summary>Is shown every order, change and close before the broker has it.</summary>
        public Action<OrderTicket> Submitting { get; set; } = ticket => { };

        public Action<OrderChange> Changing { get; set; } = change => { };

        /// <summary>Whether an account is said to hold no real money.</summary>
        public Func<string, bool> Simulates
        {
            get { return snapshots.Simulates; }
            set { snapshots.Simulates = value; }
        }

        public void AddContract(ContractSpec contract)
        {
            lock (access)
            {
                market.Add(contract);
            }
        }

        /// <summary>Positions that are not flat. Any thread.</summary>
        public int OpenPositions
        {
            get
            {
                lock (access)
                {
                    return accounts.OpenPositions;
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
                    return broker.Working.Count;
                }
            }
        }

        public int Position(string account, string instrument)
        {
            lock (access)
            {
                return accounts.Position(account, instrument).Quantity;
            }
        }

        /// <summary>null: none was given.</summary>
        public PlatformQuote QuoteOf(string instrument)
        {
            lock (access)
            {
                return market.QuoteOf(instrument);
            }
        }

        public void Start(IPlatformEvents heard)
        {
            lock (access)
            {
                connection.SetListener(heard);
            }
        }

        public void Stop()
        {
            lock (access)
            {
                connection.SetListener(null);
            }
        }

        public ContractSpec FindContract(string instrument)
        {
            lock (access)
            {
                return market.ContractOf(instrument);
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
                snapshots.Ask(account, request);
            }
        }

        /// <summary>Answers what Faults.HoldsAnswers held up.</summary>
        public void Answer()
        {
            lock (access)
            {
                snapshots.Answer();
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
                        broker.Place(ticket);
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
                    broker.Change(change);
                }
            }
        }

        public void Cancel(string account, long handle)
        {
            lock (access)
            {
                if (!Faults.DropsRequest(OrderRequest.Cancel))
                {
                    broker.Cancel(handle);
                }
            }
        }

        public void Flatten(string account, string instrument)
        {
            lock (access)
            {
                foreach (SimulatedOrder order in broker.Working.Where(order => order.Ticket.Account == account
                    && order.Ticket.Instrument == instrument).ToArray())
                {
                    Cancel(account, order.Ticket.Handle);
                }
                int quantity = accounts.Position(account, instrument).Quantity;
                if (quantity != 0 && connection.IsUp)
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
                broker.Place(ticket);
                return ticket.Handle;
            }
        }

        /// <summary>A market: is told, and fills what it reaches.</summary>
        public void SetQuote(string instrument, long bid, long ask)
        {
            lock (access)
            {
                var quote = new PlatformQuote(instrument, bid, ask, clock.Now);
                market.Set(quote);
                connection.Tell(quote);
                broker.OnQuote(quote);
            }
        }

        /// <summary>While it is gone, the broker goes on and nobody is told.</summary>
        public void SetConnected(bool connected)
        {
            lock (access)
            {
                connection.SetUp(connected);
            }
        }
    }
}
