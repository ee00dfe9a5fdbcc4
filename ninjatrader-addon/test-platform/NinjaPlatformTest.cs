using System.Collections.Generic;
using System.Linq;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Stubs;
using OrderAction = NinjaTrader.Cbi.OrderAction;
using OrderType = NinjaTrader.Cbi.OrderType;
using NtState = NinjaTrader.Cbi.OrderState;

namespace Tickbridge.PlatformTest
{
    /// <summary>NinjaTrader's accounts as trading sees them.</summary>
    [TestFixture]
    public class NinjaPlatformTest : StubFixture, IPlatformEvents
    {
        private readonly object access = new object();
        private readonly List<OrderReport> orders = new List<OrderReport>();
        private readonly List<ExecutionReport> executions = new List<ExecutionReport>();
        private readonly List<PositionReport> positions = new List<PositionReport>();
        private readonly List<PlatformQuote> quotes = new List<PlatformQuote>();
        private readonly List<AccountReport> money = new List<AccountReport>();
        private readonly List<ConnectionReport> connections = new List<ConnectionReport>();
        private readonly List<string> unreadable = new List<string>();
        private readonly List<PlatformSnapshot> snapshots = new List<PlatformSnapshot>();
        private NinjaPlatform.NinjaPlatform platform;

        [SetUp]
        public void Begin()
        {
            foreach (System.Collections.IList list in new System.Collections.IList[]
                { orders, executions, positions, quotes, money, connections, snapshots, unreadable })
            {
                list.Clear();
            }
            platform = new NinjaPlatform.NinjaPlatform(new LocalClock());
            platform.Start(this);
        }

        [TearDown]
        public void End()
        {
            platform.Stop();
            StubThreads.Settle();
        }

        [Test]
        public void EveryAccountsConnectionIsToldAtTheStartAndWhenItChanges()
        {
            CollectionAssert.AreEquivalent(new[] { AccountName, "Live1" }, connections.Select(one => one.Account));
            Assert.IsTrue(connections.All(one => one.OrdersConnected && one.PricesConnected));
            Assert.IsTrue(connections.All(one => one.StoodBefore));
            connections.Clear();
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.ConnectionLost);
            StubThreads.Settle();
            Assert.IsTrue(connections.Where(one => one.Account == AccountName)
                .All(one => one.OrdersConnected && !one.PricesConnected));
            connections.Clear();
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            StubThreads.Settle();
            Assert.IsTrue(connections.Any(one => one.Account == AccountName));
            Assert.IsTrue(connections.All(one => !one.OrdersConnected));
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            Assert.IsTrue(connections.Last().OrdersConnected);
            Assert.IsFalse(connections.Any(one => one.StoodBefore), "that is of now");
        }

        [Test]
        public void AQuoteThatComesLaterThanTheQuickestIsAsOldAsThat()
        {
            const long second = 1000000000;
            const long zone = 3600 * second;
            var lag = new NinjaPlatform.QuoteLag();
            long now = new LocalClock().Now;
            Assert.AreEqual(0, lag.Of(now, now + zone), "another time zone is no lag");
            Assert.AreEqual(0, lag.Of(now + second, now + zone), "nor are stamps of whole seconds");
            Assert.AreEqual(4 * second, lag.Of(now + 5 * second, now + zone), "NinjaTrader's threads were busy for 5 s");
            Assert.AreEqual(second, lag.Of(now + 5 * second, now + 3 * second + zone), "it catches up");
            Assert.AreEqual(0, lag.Of(now + 5 * second, now + 5 * second + zone));
            now += 299 * second;
            Assert.AreEqual(59 * second, lag.Of(now, now - 60 * second + zone), "a clock was set by a minute");
            now += 300 * second;
            Assert.AreEqual(59 * second, lag.Of(now, now - 60 * second + zone));
            now += 301 * second;
            Assert.AreEqual(0, lag.Of(now, now - 60 * second + zone), "and is believed after some minutes");
            now += 6000 * second;
            Assert.AreEqual(0, lag.Of(now, now - 90 * second + zone), "nothing is known of before a long rest");
        }

        [Test]
        public void ABacklogThatIsToldFirstIsNotFreshBeforeItEnds()
        {
            const long second = 1000000000;
            const long unknown = NinjaPlatform.QuoteLag.Unknown;
            var lag = new NinjaPlatform.QuoteLag();
            long now = new LocalClock().Now;
            for (int begun = 0; begun < 2; begun++)
            {
                now += 3600 * second;
                Assert.AreEqual(0, lag.Of(now, now - 30 * second), "nothing to hold it against");
                for (int behind = 28; behind >= 0; behind--)
                {
                    now += second / 100;
                    Assert.AreEqual(unknown, lag.Of(now, now - behind * second));
                }
                Assert.AreEqual(unknown, lag.Of(now + second, now + second), "is that all of it?");
                Assert.AreEqual(unknown, lag.Of(now + 3 * second / 2, now + 3 * second / 2 + second / 100));
                Assert.AreEqual(0, lag.Of(now + 2 * second, now + 2 * second), "2 s, and none came quicker");
                Assert.AreEqual(0, lag.Of(now + 2 * second, now + 5 * second), "what comes too soon now is another clock");
                Assert.AreEqual(second, lag.Of(now + 4 * second, now + 5 * second));
            }
        }

        [Test]
        public void ARecordingThatRestsAndRunsIsFresh()
        {
            const long second = 1000000000;
            SetPlayback(StubPlatform.Connection);
            platform.WatchQuotes(InstrumentName);
            StubThreads.Settle();
            foreach (int delay in new[] { 5, 30, 3 })
            {
                Instrument.MarketData.Delay = System.TimeSpan.FromSeconds(delay);
                StubPlatform.Market(InstrumentName, 5000, 5000.25);
                PlatformQuote quote = quotes[quotes.Count - 1];
                Assert.Less(new LocalClock().Now - quote.TimeOf(OrderSide.Buy), second);
            }
            Instrument.MarketData.Delay = System.TimeSpan.Zero;
            SetPlayback(null);
        }

        private static void SetPlayback(Connection connection)
        {
            typeof(Connection).GetProperty("PlaybackConnection").SetValue(null, connection, null);
        }

        [Test]
        public void ABacklogOfQuotesIsNotFresh()
        {
            platform.WatchQuotes(InstrumentName);
            StubThreads.Settle();
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Instrument.MarketData.Delay = System.TimeSpan.FromSeconds(30);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Instrument.MarketData.Delay = System.TimeSpan.Zero;
            PlatformQuote late = quotes[quotes.Count - 1];
            Assert.Greater(new LocalClock().Now - late.TimeOf(OrderSide.Buy), 28 * 1000000000L);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Assert.Greater(quotes[quotes.Count - 1].TimeOf(OrderSide.Buy) - late.TimeOf(OrderSide.Buy), 20 * 1000000000L);
        }

        [Test]
        public void AnEntryGoesThroughItsStatesUnderOneHandleThoughItsIdChanges()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[] { Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Limit, 5000.25) });
            StubThreads.Settle();

            Assert.AreEqual("Submitted Accepted Working Filled", States(1));
            Assert.IsTrue(orders.All(order => order.Handle == 1 && order.Name == "TB-1-E"));
            Assert.AreEqual("B1", Account.Orders[0].OrderId);
            ExecutionReport fill = executions.Single();
            Assert.AreEqual(1, fill.Handle);
            Assert.AreEqual(OrderSide.Buy, fill.Side);
            Assert.AreEqual(5000250000000, fill.Price);
            Assert.AreEqual(1.75, fill.Cost, "commission and fee");
            Assert.AreEqual(1, positions.Single().Quantity);
            Assert.AreEqual(5000250000000, positions.Single().AveragePrice);
            Assert.AreEqual(OrderAction.Buy, Account.Orders[0].OrderAction);
        }

        [Test]
        public void EventsTellWhatWasNotWhatIs()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[] { Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Limit, 5000.25) });
            StubThreads.Settle();
            OrderReport accepted = orders.Single(order => order.Status == OrderStatus.Accepted);
            Assert.AreEqual(0, accepted.Filled);
            Assert.AreEqual(LinkProtocol.NullPrice, accepted.AveragePrice);
            Assert.AreEqual(NtState.Filled, Account.Orders[0].OrderState);
        }

        [Test]
        public void AnOcoPairGoesOutTogetherAndOneFillCancelsTheOther()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            OrderTicket stop = Ticket(2, "TB-1-S1", OrderPurpose.StopLoss, OrderSide.Sell, OrderKind.StopMarket, 4998);
            OrderTicket target = Ticket(3, "TB-1-T1", OrderPurpose.Target, OrderSide.Sell, OrderKind.Limit, 5002);
            stop.OcoGroup = target.OcoGroup = "TB-1-1";
            platform.Submit(new[] { stop, target });
            StubThreads.Settle();
            Assert.AreEqual("Submitted Accepted Working", States(2));
            StubPlatform.Market(InstrumentName, 5002, 5002.25);
            Assert.AreEqual("Submitted Accepted Working Filled", States(3));
            Assert.AreEqual("Submitted Accepted Working Cancelled", States(2));
            Assert.AreEqual(OrderAction.Sell, Account.Orders[0].OrderAction);
            Assert.AreEqual(4998, Account.Orders[0].StopPrice);
            Assert.AreEqual(0, Account.Orders[0].LimitPrice);
            Assert.AreEqual(-1, positions.Last().Quantity, "the stub's account was flat, so the target opened a short");
        }

        [Test]
        public void AShortEntryAndItsCoverHaveTheirOwnActions()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[]
            {
                Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Sell, OrderKind.Market, null),
                Ticket(2, "TB-1-S", OrderPurpose.StopLoss, OrderSide.Buy, OrderKind.StopMarket, 5010)
            });
            StubThreads.Settle();
            Assert.AreEqual(OrderAction.SellShort, Account.Orders[0].OrderAction);
            Assert.AreEqual(OrderAction.BuyToCover, Account.Orders[1].OrderAction);
        }

        [Test]
        public void ChangeAndCancelReachTheOrderOfTheHandle()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[] { Ticket(5, "TB-1-S", OrderPurpose.StopLoss, OrderSide.Sell, OrderKind.StopMarket, 4990) });
            StubThreads.Settle();
            platform.Change(new OrderChange(AccountName, 5, 3, LinkProtocol.NullPrice, 4991000000000));
            StubThreads.Settle();
            Assert.AreEqual(3, Account.Orders[0].Quantity);
            Assert.AreEqual(4991, Account.Orders[0].StopPrice);
            Assert.AreEqual(4991000000000, orders.Last().StopPrice);
            platform.Cancel(AccountName, 5);
            StubThreads.Settle();
            Assert.AreEqual(OrderStatus.Cancelled, orders.Last().Status);
            platform.Cancel(AccountName, 5);
            StubThreads.Settle();
            Assert.AreEqual(OrderError.UnableToCancel, orders.Last().Error);
            Assert.Throws<System.InvalidOperationException>(() => platform.Cancel(AccountName, 999));
        }

        [Test]
        public void ARejectionAndUnknownNamesAreToldAsRejectedOrders()
        {
            Account.Broker.RefusesNext = ErrorCode.OrderRejected;
            platform.Submit(new[] { Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null) });
            StubThreads.Settle();
            Assert.AreEqual(OrderStatus.Rejected, orders.Last().Status);
            Assert.AreEqual(OrderError.OrderRejected, orders.Last().Error);

            OrderTicket unknown = Ticket(2, "TB-2-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null);
            unknown.Account = "sim101";
            platform.Submit(new[] { unknown });
            OrderTicket expired = Ticket(3, "TB-3-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null);
            expired.Instrument = "ES 12-25";
            platform.Submit(new[] { expired });
            Assert.AreEqual(OrderStatus.Rejected, orders.Single(order => order.Handle == 2).Status);
            StringAssert.Contains("sim101", orders.Single(order => order.Handle == 2).Comment);
            StringAssert.Contains("ES 12-25", orders.Single(order => order.Handle == 3).Comment);
            Assert.AreEqual(1, Account.Orders.Count);
        }

        [Test]
        public void OthersOrdersHaveHandlesBelowZeroThatStay()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Order byHand = Account.CreateOrder(Instrument, OrderAction.Sell, OrderType.Limit, OrderEntry.Manual,
                NinjaTrader.Cbi.TimeInForce.Day, 1, 5010, 0, "", "by hand", NinjaTrader.Core.Globals.MaxDate, null);
            Account.Submit(new[] { byHand });
            StubThreads.Settle();
            long handle = orders[0].Handle;
            Assert.Less(handle, 0);
            Assert.IsTrue(orders.All(order => order.Handle == handle));
            platform.Cancel(AccountName, handle);
            StubThreads.Settle();
            Assert.AreEqual(NtState.Cancelled, byHand.OrderState);
            Assert.AreEqual(handle, orders.Last().Handle);
        }

        [Test]
        public void ASnapshotShowsOrdersPositionsAndFillsAndAnUnknownAccountDoesNotExist()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[]
            {
                Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null),
                Ticket(2, "TB-1-S", OrderPurpose.StopLoss, OrderSide.Sell, OrderKind.StopMarket, 4990)
            });
            StubThreads.Settle();
            platform.RequestSnapshot(AccountName, 77);
            PlatformSnapshot snapshot = snapshots.Single();
            Assert.AreEqual(77, snapshot.Request);
            Assert.IsTrue(snapshot.AccountExists);
            CollectionAssert.AreEqual(new[] { 1L, 2L }, snapshot.Orders.Select(order => order.Handle));
            Assert.AreEqual(1, snapshot.Positions.Single().Quantity);
            Assert.AreEqual(executions.Single().ExecutionId, snapshot.Executions.Single().ExecutionId);
            Assert.AreEqual(executions.Single().Time / 60e9, snapshot.Executions.Single().Time / 60e9, 1,
                "the platform's local time, in minutes");
            Assert.IsTrue(snapshot.Connection.OrdersConnected);
            platform.RequestSnapshot("nobody", 78);
            Assert.IsFalse(snapshots.Last().AccountExists);
        }

        [Test]
        public void FlattenCancelsAndClosesAndARemovedPositionIsFlat()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[]
            {
                Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null),
                Ticket(2, "TB-1-S", OrderPurpose.StopLoss, OrderSide.Sell, OrderKind.StopMarket, 4990)
            });
            StubThreads.Settle();
            platform.Flatten(AccountName, InstrumentName);
            StubThreads.Settle();
            Assert.AreEqual("Cancelled", States(2).Split(' ').Last());
            Assert.AreEqual(0, positions.Last().Quantity, "told with its last quantity and Operation.Remove");
            Assert.AreEqual(LinkProtocol.NullPrice, positions.Last().AveragePrice);
            Assert.AreEqual(-12.5, money.Last().RealizedToday);
            Assert.IsNull(money.Last().Unrealized);
        }

        [Test]
        public void ABustedFillIsToldAsRemoved()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.Submit(new[] { Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null) });
            StubThreads.Settle();
            Account.Bust(Account.Executions[0]);
            StubThreads.Settle();
            Assert.AreEqual(2, executions.Count);
            Assert.AreEqual(executions[0].ExecutionId, executions[1].ExecutionId);
            Assert.IsFalse(executions[0].IsRemoved);
            Assert.IsTrue(executions[1].IsRemoved);
        }

        [Test]
        public void QuotesComeOnlyFreshAndEndWithAReset()
        {
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform.WatchQuotes(InstrumentName);
            platform.WatchQuotes(InstrumentName);
            platform.WatchQuotes("no such");
            StubThreads.Settle();
            Assert.IsEmpty(quotes, "what was there before has no known age");
            StubPlatform.Market(InstrumentName, 5001, 5001.25);
            Assert.AreEqual(2, quotes.Count, "one for each side: subscribed once");
            Assert.AreEqual(LinkProtocol.NullPrice, quotes[0].Ask);
            Assert.AreEqual(5001000000000, quotes[1].Bid);
            Assert.AreEqual(5001250000000, quotes[1].Ask);
            Instrument.MarketData.Reset();
            StubThreads.Settle();
            Assert.AreEqual(LinkProtocol.NullPrice, quotes.Last().Bid);
            Assert.AreEqual(LinkProtocol.NullPrice, quotes.Last().Ask);
        }

        [Test]
        public void AnAtmEntryIsCalledEntryAndAnUnknownTemplateIsARejection()
        {
            StubPlatform.AtmTemplates["Scalp"] = new AtmTemplate(8, 4);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            OrderTicket entry = Ticket(1, "TB-1-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null);
            entry.AtmTemplate = "Scalp";
            platform.Submit(new[] { entry });
            StubThreads.Settle();
            Assert.AreEqual("Entry", Account.Orders[0].Name);
            Assert.AreEqual("Submitted Accepted Working Filled", States(1));
            // The template's own orders, of which ours knows nothing but what the account tells.
            CollectionAssert.AreEqual(new[] { "Entry", "Stop1", "Target1" }, Account.Orders.Select(order => order.Name));
            OrderReport stop = orders.Last(order => order.Name == "Stop1");
            OrderReport target = orders.Last(order => order.Name == "Target1");
            Assert.AreEqual(OrderStatus.Working, stop.Status);
            Assert.AreEqual(4998250000000, stop.StopPrice);
            Assert.AreEqual(5001250000000, target.LimitPrice);
            Assert.AreEqual(stop.OcoGroup, target.OcoGroup);
            Assert.Less(stop.Handle, 0);
            OrderTicket other = Ticket(2, "TB-2-E", OrderPurpose.Entry, OrderSide.Buy, OrderKind.Market, null);
            other.AtmTemplate = "None such";
            platform.Submit(new[] { other });
            StubThreads.Settle();
            Assert.AreEqual("Rejected", States(2));
            StringAssert.Contains("None such", orders.Last().Comment);
        }

        [Test]
        public void AnAccountThatComesLaterIsWatched()
        {
            var late = new Account("Sim102", StubPlatform.Connection);
            lock (NinjaTrader.Cbi.Account.All)
            {
                NinjaTrader.Cbi.Account.All.Add(late);
            }
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();
            platform.RequestSnapshot("Sim102", 1);
            Assert.IsTrue(snapshots.Single().AccountExists);
        }

        [Test]
        public void ContractsAreDescribedInExactUnits()
        {
            ContractSpec contract = platform.FindContract(InstrumentName);
            Assert.AreEqual(250000000, contract.TickSize);
            Assert.AreEqual(50, contract.PointValue);
            Assert.AreEqual("UsDollar", contract.Currency);
            Assert.IsNull(platform.FindContract("ES 12-25"));
            StubPlatform.AddInstrument("6J 12-26", 0.0000005, 12500000);
            Assert.AreEqual(500, platform.FindContract("6J 12-26").TickSize);
        }

        [Test]
        public void AfterStopNothingIsTold()
        {
            platform.WatchQuotes(InstrumentName);
            platform.Stop();
            connections.Clear();
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            StubPlatform.Connection.Set(ConnectionStatus.Disconnected, ConnectionStatus.Disconnected);
            StubThreads.Settle();
            Assert.IsEmpty(quotes);
            Assert.IsEmpty(connections);
            platform.Stop();
        }

        public void OnOrder(OrderReport order) => Add(orders, order);

        public void OnExecution(ExecutionReport execution) => Add(executions, execution);

        public void OnPosition(PositionReport position) => Add(positions, position);

        public void OnQuote(PlatformQuote quote) => Add(quotes, quote);

        public void OnAccount(AccountReport account) => Add(money, account);

        public void OnConnection(ConnectionReport connection) => Add(connections, connection);

        public void OnUnreadable(string account, string what) => Add(unreadable, account + ": " + what);

        public void OnSnapshot(PlatformSnapshot snapshot) => Add(snapshots, snapshot);

        private void Add<T>(List<T> list, T what)
        {
            lock (access)
            {
                list.Add(what);
            }
        }

        private string States(long handle) => string.Join(" ", orders.Where(order => order.Handle == handle)
            .Select(order => order.Status));

        private static OrderTicket Ticket(long handle, string name, OrderPurpose purpose, OrderSide side, OrderKind kind,
            double? price) => new OrderTicket
        {
            Handle = handle,
            Name = name,
            Account = AccountName,
            Instrument = InstrumentName,
            Purpose = purpose,
            Side = side,
            Kind = kind,
            Quantity = 1,
            LimitPrice = kind == OrderKind.Limit ? (long)(price.Value * 1e9) : LinkProtocol.NullPrice,
            StopPrice = kind == OrderKind.StopMarket ? (long)(price.Value * 1e9) : LinkProtocol.NullPrice
        };
    }
}
