using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Host;
using Tickbridge.Stubs;
using Mode = Tickbridge.Core.Trading.TradingMode;
using OrderAction = NinjaTrader.Cbi.OrderAction;
using OrderType = NinjaTrader.Cbi.OrderType;
using NtState = NinjaTrader.Cbi.OrderState;
using NtTimeInForce = NinjaTrader.Cbi.TimeInForce;

namespace Tickbridge.PlatformTest
{
    /// <summary>What NinjaTrader may do to us: late threads, namesakes, objects with holes.</summary>
    [TestFixture]
    public class PlatformFaultTest : StubFixture, IPlatformEvents
    {
        private readonly object access = new object();
        private readonly List<OrderReport> orders = new List<OrderReport>();
        private readonly List<ExecutionReport> executions = new List<ExecutionReport>();
        private readonly List<PlatformQuote> quotes = new List<PlatformQuote>();
        private readonly List<ConnectionReport> connections = new List<ConnectionReport>();
        private readonly List<string> unreadable = new List<string>();
        private NinjaPlatform.NinjaPlatform platform;
        private PlatformSnapshot snapshot;
        private ManualResetEvent gate;

        [SetUp]
        public void Begin()
        {
            orders.Clear();
            executions.Clear();
            quotes.Clear();
            unreadable.Clear();
            connections.Clear();
            platform = new NinjaPlatform.NinjaPlatform(new LocalClock());
            platform.Start(this);
            StubPlatform.AtmTemplates["Scalp"] = new AtmTemplate(8, 8);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            gate = new ManualResetEvent(false);
        }

        [TearDown]
        public void End()
        {
            gate.Set();
            platform.Stop();
            StubThreads.Settle();
        }

        [Test]
        public void AnAtmEntryThatWasCancelledWhileTheWindowsWereBusyIsNeverSent()
        {
            BlockWindows();
            platform.Submit(new[] { Atm(1, "TB-1-E") });
            platform.Cancel(AccountName, 1);
            gate.Set();
            StubThreads.Settle();
            Assert.IsEmpty(Account.Orders);
            Assert.AreEqual(OrderStatus.Cancelled, orders.Single().Status);
            Assert.IsEmpty(Account.Positions);
        }

        [Test]
        public void AFlattenAndAStopTakeBackAtmEntriesThatWait()
        {
            BlockWindows();
            platform.Submit(new[] { Atm(1, "TB-1-E") });
            platform.Flatten(AccountName, InstrumentName);
            platform.Submit(new[] { Atm(2, "TB-2-E") });
            platform.Stop();
            gate.Set();
            StubThreads.Settle();
            Assert.IsEmpty(Account.Orders);
            platform.Start(this);
        }

        [Test]
        public void AnAtmEntryThatBecameTooOldWhileItWaitedIsNotSent()
        {
            BlockWindows();
            OrderTicket ticket = Atm(1, "TB-1-E");
            ticket.NotAfter = new LocalClock().Now - 1;
            platform.Submit(new[] { ticket });
            gate.Set();
            StubThreads.Settle();
            Assert.IsEmpty(Account.Orders);
            Assert.AreEqual(OrderStatus.Cancelled, orders.Single().Status);
            StringAssert.Contains("busy", orders.Single().Comment);
        }

        [Test]
        public void AnEntryThatBecameTooOldOnItsWayIsNotSentAndOtherOrdersAre()
        {
            OrderTicket late = Entry(1, "TB-1-E");
            late.NotAfter = new LocalClock().Now - 1;
            platform.Submit(new[] { late, Stop(2, "TB-2-S1", AccountName) });
            StubThreads.Settle();
            Assert.AreEqual("TB-2-S1", Account.Orders.Single().Name);
            Assert.AreEqual(OrderStatus.Cancelled, orders.Single(order => order.Handle == 1).Status);
        }

        [Test]
        public void AnOrderIsCancelledInItsOwnAccountOnlyThoughAnotherHasItsNamesake()
        {
            Account other = StubPlatform.AccountOf("Live1");
            platform.Submit(new[] { Stop(1, "TB-flat-1-X", AccountName), Stop(2, "TB-flat-1-X", "Live1") });
            StubThreads.Settle();
            Assert.AreEqual(NtState.Working, other.Orders.Single().OrderState);
            Assert.Throws<InvalidOperationException>(() => platform.Cancel(AccountName, 2));
            Assert.Throws<InvalidOperationException>(() => platform.Change(new OrderChange(AccountName, 2, 1,
                LinkProtocol.NullPrice, 4980000000000)));
            platform.Cancel(AccountName, 1);
            StubThreads.Settle();
            Assert.AreEqual(NtState.Cancelled, Account.Orders.Single().OrderState);
            Assert.AreEqual(NtState.Working, other.Orders.Single().OrderState);
            Assert.AreEqual(4990, other.Orders.Single().StopPrice);
        }

        [Test]
        public void ANamesakeInTheSameAccountIsSomebodyElsesWhileOursIsThere()
        {
            platform.Submit(new[] { Stop(1, "TB-1-S1", AccountName) });
            StubThreads.Settle();
            Order namesake = Account.CreateOrder(Instrument, OrderAction.Sell, OrderType.StopMarket, OrderEntry.Manual,
                NtTimeInForce.Day, 1, 0, 4980, "", "TB-1-S1", NinjaTrader.Core.Globals.MaxDate, null);
            Account.Submit(new[] { namesake });
            StubThreads.Settle();
            Assert.Less(orders.Last().Handle, 0);
            platform.Cancel(AccountName, 1);
            StubThreads.Settle();
            Assert.AreEqual(NtState.Working, namesake.OrderState);
            Assert.AreEqual(NtState.Cancelled, Account.Orders[0].OrderState);
        }

        [Test]
        public void AnotherObjectForOurOrderAfterAReconnectIsFoundByItsName()
        {
            platform.Submit(new[] { Stop(1, "TB-1-S1", AccountName) });
            StubThreads.Settle();
            lock (Account.Orders)
            {
                Account.Orders.Clear();
            }
            Order again = Account.CreateOrder(Instrument, OrderAction.Sell, OrderType.StopMarket, OrderEntry.Automated,
                NtTimeInForce.Day, 1, 0, 4990, "", "TB-1-S1", NinjaTrader.Core.Globals.MaxDate, null);
            Account.Submit(new[] { again });
            StubThreads.Settle();
            Assert.AreEqual(1, orders.Last().Handle);
            platform.Cancel(AccountName, 1);
            StubThreads.Settle();
            Assert.AreEqual(NtState.Cancelled, again.OrderState);
        }

        [Test]
        public void AFillWithoutItsOrderIsFoundByTheOrdersNumber()
        {
            Account.Broker.HidesOrders = true;
            platform.Submit(new[] { Entry(1, "TB-1-E") });
            StubThreads.Settle();
            Assert.AreEqual(1, executions.Single().Handle);
            platform.RequestSnapshot(AccountName, 5);
            Assert.AreEqual(1, snapshot.Executions.Single().Handle);
        }

        [Test]
        public void TheFullNameOfAnInstrumentIsUsedEverywhere()
        {
            Instrument.FullName = "ES DEC26";
            ContractSpec contract = platform.FindContract(InstrumentName);
            Assert.AreEqual("ES DEC26", contract.Instrument);
            platform.WatchQuotes(contract.Instrument);
            StubThreads.Settle();
            StubPlatform.Market(InstrumentName, 5001, 5001.25);
            Assert.AreEqual("ES DEC26", quotes.Last().Instrument);
            OrderTicket entry = Entry(1, "TB-1-E");
            entry.Instrument = contract.Instrument;
            platform.Submit(new[] { entry });
            StubThreads.Settle();
            Assert.AreEqual("ES DEC26", executions.Single().Instrument);
            platform.Flatten(AccountName, "ES DEC26");
            StubThreads.Settle();
            Assert.IsEmpty(Account.Positions);
            Assert.AreEqual("ES DEC26", NinjaPlatform.NinjaPlatform.FullNameOf(InstrumentName));
            Assert.AreEqual("no such", NinjaPlatform.NinjaPlatform.FullNameOf("no such"));
        }

        [Test]
        public void AfterItsEndARunTakesNoStopAwayItCouldNotCloseBehind()
        {
            platform.Submit(new[] { Entry(1, "TB-1-E"), Stop(2, "TB-1-S1", AccountName) });
            StubThreads.Settle();
            platform.Stop();
            Assert.Throws<InvalidOperationException>(() => platform.Cancel(AccountName, 2));
            Assert.Throws<InvalidOperationException>(() => platform.Flatten(AccountName, InstrumentName));
            Assert.Throws<InvalidOperationException>(() => platform.Change(new OrderChange(AccountName, 2, 1,
                LinkProtocol.NullPrice, 4980000000000)));
            Assert.Throws<InvalidOperationException>(() => platform.Submit(new[] { Entry(3, "TB-2-E") }));
            Assert.Throws<InvalidOperationException>(() => platform.Submit(new[] { Atm(4, "TB-3-E") }));
            StubThreads.Settle();
            Assert.AreEqual(1, Account.Positions.Single().Quantity);
            Assert.AreEqual(NtState.Working, Account.Orders[1].OrderState);
            Assert.AreEqual(4990, Account.Orders[1].StopPrice);
            Assert.AreEqual(2, Account.Orders.Count);
            platform.Start(this);
        }

        /// <summary>As a change of the connection leaves them: NinjaTrader keeps accounts by name and broker.</summary>
        [TestCase(true)]
        [TestCase(false)]
        public void OfTwoAccountsOfOneNameTheConnectedOneIsMeant(bool isNewLive)
        {
            Account before = Account;
            var other = new Connection();
            other.Set(ConnectionStatus.Disconnected, ConnectionStatus.Connected);
            var added = new Account(AccountName, other);
            lock (NinjaTrader.Cbi.Account.All)
            {
                NinjaTrader.Cbi.Account.All.Add(added);
            }
            if (isNewLive)
            {
                StubPlatform.Connection.Set(ConnectionStatus.Disconnected, ConnectionStatus.Connected);
                other.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            }
            else
            {
                other.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.Connected);
            }
            StubThreads.Settle();
            Assert.IsTrue(connections.Last(told => told.Account == AccountName).OrdersConnected, "whoever else was told of last");
            Account live = isNewLive ? added : before;
            Account dead = isNewLive ? before : added;
            platform.Submit(new[] { Entry(1, "TB-1-E"), Stop(2, "TB-1-S1", AccountName) });
            StubThreads.Settle();
            Assert.AreEqual(2, live.Orders.Count);
            Assert.IsEmpty(dead.Orders);
            Assert.AreEqual(1, executions.Count);
            platform.RequestSnapshot(AccountName, 5);
            Assert.IsTrue(snapshot.Connection.OrdersConnected);
            Assert.AreEqual(1, snapshot.Positions.Single().Quantity);

            // While none is, it stays the one that was last.
            live.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.Connected);
            StubThreads.Settle();
            Assert.IsFalse(connections.Last(told => told.Account == AccountName).OrdersConnected);
            platform.RequestSnapshot(AccountName, 6);
            Assert.AreEqual(1, snapshot.Positions.Single().Quantity);
            live.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            platform.Flatten(AccountName, InstrumentName);
            StubThreads.Settle();
            Assert.IsEmpty(live.Positions);
        }

        [Test]
        public void OneBadPriceHidesNothingElse()
        {
            platform.Submit(new[] { Entry(1, "TB-1-E"), Stop(2, "TB-1-S1", AccountName) });
            StubThreads.Settle();
            Account.Positions.Single().AveragePrice = double.NaN;
            Account.Orders[1].StopPrice = double.PositiveInfinity;
            Account.Executions.Single().Price = double.NegativeInfinity;
            platform.RequestSnapshot(AccountName, 5);
            Assert.AreEqual(2, snapshot.Orders.Length);
            Assert.AreEqual(1, snapshot.Positions.Single().Quantity);
            Assert.AreEqual(LinkProtocol.NullPrice, snapshot.Positions.Single().AveragePrice);
            Assert.AreEqual(LinkProtocol.NullPrice, snapshot.Executions.Single().Price);
            Assert.IsEmpty(snapshot.Unreadable);
            StubPlatform.Market(InstrumentName, double.NaN, double.PositiveInfinity);
            Account.Retell(Account.Orders[1]);
            StubThreads.Settle();
            Assert.AreEqual(LinkProtocol.NullPrice, orders.Last().StopPrice);
        }

        [Test]
        public void AnObjectThatCannotBeReadIsNamedAndTheOthersAreTold()
        {
            platform.Submit(new[] { Entry(1, "TB-1-E"), Stop(2, "TB-1-S1", AccountName), Stop(3, "TB-2-S1", AccountName) });
            StubThreads.Settle();
            Instrument instrument = Account.Orders[1].Instrument;
            Account.Orders[1].Instrument = null;
            platform.RequestSnapshot(AccountName, 5);
            CollectionAssert.AreEqual(new[] { 1L, 3L }, snapshot.Orders.Select(order => order.Handle));
            Assert.AreEqual(1, snapshot.Positions.Length);
            StringAssert.Contains("order", snapshot.Unreadable.Single());
            Account.Retell(Account.Orders[1]);
            StubThreads.Settle();
            StringAssert.Contains("an order event", unreadable.Single());
            Account.Orders[1].Instrument = instrument;
        }

        [Test]
        public void OnlyProvidersOfSimulationsAreCalledSo()
        {
            Assert.IsTrue(IsSimulation(AccountName));
            Assert.IsFalse(IsSimulation("Live1"));
            Account.Provider = Provider.Other;
            Assert.IsTrue(IsSimulation(AccountName), "by its name, as NinjaTrader gives it");
            StubPlatform.AccountOf("Live1").Provider = Provider.Playback;
            Assert.IsTrue(IsSimulation("Live1"));
            lock (NinjaTrader.Cbi.Account.All)
            {
                NinjaTrader.Cbi.Account.All.Add(new Account("Simon", StubPlatform.Connection) { Provider = Provider.Other });
            }
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            Assert.IsFalse(IsSimulation("Simon"));
        }

        [Test]
        public void KillWorksWhileSomebodyConnectsAndBeforeTradingRuns()
        {
            string folder = Path.Combine(Folder, "Tickbridge");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "limits.txt"), "instruments = ES\naudit.free.mb = 1\n");
            File.WriteAllText(Path.Combine(folder, "link.key"), new string('a', 64));
            File.WriteAllText(Path.Combine(folder, "connection.txt"), "host = 127.0.0.1\nport = 1\n");
            using (var making = new ManualResetEvent(false))
            {
                var bridge = new Bridge(folder, () =>
                {
                    making.Set();
                    gate.WaitOne(PatienceMillis);
                    return new NinjaPlatform.NinjaPlatform(new LocalClock());
                });
                var starting = new Thread(bridge.Start);
                starting.Start();
                Assert.IsTrue(making.WaitOne(PatienceMillis));
                // The lock of the lifecycle is held now; neither KILL nor the window may wait for it.
                bridge.Kill();
                Assert.IsNull(bridge.Read().Trading);
                gate.Set();
                starting.Join();
                Eventually(() => bridge.Read().Trading != null && bridge.Read().Trading.IsKilled, () => "not killed");
                Eventually(() => bridge.Read().Trading.IsFlatVerified, () => "not verified");
                Assert.IsTrue(bridge.Stop());
            }
        }

        [Test]
        public void AKillOnABridgeThatWasStoppedForGoodIsGivenToTheOneThatRuns()
        {
            int kills = 0;
            var stopped = new Bridge(Path.Combine(Folder, "old"), () => new NinjaPlatform.NinjaPlatform(new LocalClock()))
            {
                KillElsewhere = () => ++kills > 0
            };
            Assert.IsTrue(stopped.Stop());
            Assert.AreEqual(0, kills);
            stopped.Kill();
            Assert.AreEqual(1, kills);
            StringAssert.Contains("KILL was given", stopped.Read().Log[0].Text);
        }

        [Test]
        public void AKillThatCameBeforeABridgeWasStoppedForGoodIsGivenOn()
        {
            int kills = 0;
            var bridge = new Bridge(Path.Combine(Folder, "old"), () => new NinjaPlatform.NinjaPlatform(new LocalClock()))
            {
                KillElsewhere = () => ++kills > 0
            };
            bridge.Kill();
            Assert.AreEqual(0, kills, "it may still run itself");
            Assert.IsTrue(bridge.Stop());
            Assert.AreEqual(1, kills);
        }

        public void OnOrder(OrderReport order) => Add(orders, order);

        public void OnExecution(ExecutionReport execution) => Add(executions, execution);

        public void OnPosition(PositionReport position)
        {
        }

        public void OnQuote(PlatformQuote quote) => Add(quotes, quote);

        public void OnAccount(AccountReport account)
        {
        }

        public void OnConnection(ConnectionReport connection) => Add(connections, connection);

        public void OnUnreadable(string account, string what) => Add(unreadable, account + ": " + what);

        public void OnSnapshot(PlatformSnapshot told)
        {
            snapshot = told;
        }

        private void Add<T>(List<T> list, T what)
        {
            lock (access)
            {
                list.Add(what);
            }
        }

        private bool IsSimulation(string account)
        {
            platform.RequestSnapshot(account, 1);
            return snapshot.IsSimulation;
        }

        /// <summary>Nothing is done on any thread of the windows until the gate opens.</summary>
        private void BlockWindows()
        {
            ManualResetEvent opens = gate;
            StubThreads.OnEachWindowThread(() => opens.WaitOne(PatienceMillis));
        }

        private static OrderTicket Atm(long handle, string name)
        {
            OrderTicket ticket = Entry(handle, name);
            ticket.AtmTemplate = "Scalp";
            return ticket;
        }

        private static OrderTicket Entry(long handle, string name) => new OrderTicket
        {
            Handle = handle, Name = name, Account = AccountName, Instrument = InstrumentName,
            Purpose = OrderPurpose.Entry, Side = OrderSide.Buy, Kind = OrderKind.Market, Quantity = 1
        };

        private static OrderTicket Stop(long handle, string name, string account) => new OrderTicket
        {
            Handle = handle, Name = name, Account = account, Instrument = InstrumentName,
            Purpose = OrderPurpose.StopLoss, Side = OrderSide.Sell, Kind = OrderKind.StopMarket, Quantity = 1,
            StopPrice = 4990000000000
        };
    }
}
