using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Windows;
using NinjaTrader.Cbi;
using NinjaTrader.NinjaScript;
using NUnit.Framework;
using Tickbridge.Stubs;
using OrderState = NinjaTrader.Cbi.OrderState;
using OrderType = NinjaTrader.Cbi.OrderType;
using TimeInForce = NinjaTrader.Cbi.TimeInForce;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// Entries of two that the broker fills one at a time, through the add-on as it is compiled from the archive's sources:
    /// the bracket is as large as what is open, at every moment at which nothing is under way.
    /// </summary>
    [TestFixture]
    public class PartFillTest : LifeCycleFixture
    {
        private List<AddOnBase> added;
        private Window window;

        [SetUp]
        public void TradeTwo()
        {
            File.AppendAllText(Path.Combine(Folder, "Tickbridge", "limits.txt"), @"
order.quantity = 2
limit.order.quantity = 2
limit.position = 2
order.duration = gtc
");
            WriteConnection();
            added = StubPlatform.Compile(Load("custom-first"));
            window = OpenWindow();
            LogOn();
            Shows(window, "Dry run");
            Account.Broker.Lot = 1;
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Signal();
            Shown(OrderState.PartFilled, 1, 1, 1);
        }

        [TearDown]
        public void EndAddOn()
        {
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
        }

        [Test]
        public void TheBracketGrowsWithTheEntry()
        {
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Shown(OrderState.Filled, 2, 2, 2);
            foreach (Order order in Account.Orders)
            {
                Assert.AreEqual(TimeInForce.Gtc, order.TimeInForce, order.Name + ": order.duration = gtc");
                Assert.AreEqual(OrderEntry.Automated, order.OrderEntry, order.Name);
            }

            // The target in two parts: the stop stays no larger than what is left.
            StubPlatform.Market(InstrumentName, 4830, 4830.25);
            Shown(OrderState.Filled, 1, 1, 2);
            StubPlatform.Market(InstrumentName, 4830, 4830.25);
            Eventually(() => Account.Positions.Count == 0 && Working == 0, Held);
            Shows(window, "ARMED");
        }

        [Test]
        public void TheRestIsCancelledWithTheLinkAndWhatFilledStaysCovered()
        {
            Gateway.Hangup();
            Shown(OrderState.Cancelled, 1, 1, 1);
            Assert.AreEqual(1, Entry.Filled);
            LogOn();
            StubPlatform.Market(InstrumentName, 4830, 4830.25);
            Eventually(() => Account.Positions.Count == 0 && Working == 0, Held);
            Shows(window, "ARMED");
        }

        /// <summary>One that cannot fill any more is not asked for its rest: a part of it has closed something.</summary>
        [Test]
        public void AStopInPartsClosesWhatIsOpen()
        {
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Shown(OrderState.Filled, 2, 2, 2);
            StubPlatform.Market(InstrumentName, 4823, 4823.25);
            StubPlatform.Market(InstrumentName, 4823, 4823.25);
            Eventually(() => Account.Positions.Count == 0 && Working == 0, Held);
            Assert.AreEqual(2, Account.Executions.Where(fill => fill.MarketPosition == MarketPosition.Short)
                .Sum(fill => fill.Quantity), Held());
            Shows(window, "ARMED");
        }

        private Order Entry => Account.Orders[0];

        /// <summary>The entry's state, what is open, and what stops and targets are for, when nothing is under way.</summary>
        private void Shown(OrderState entry, int open, int stops, int targets)
        {
            Eventually(() => Orders().Length > 2 && Entry.OrderState == entry
                && Account.Positions.Sum(position => position.Quantity) == open
                && Of(OrderType.StopMarket) == stops && Of(OrderType.Limit) == targets, Held);
            // The broker looks at the market once more after a change: it must not see the next quote before its time.
            StubThreads.Settle();
        }

        private int Of(OrderType type) => Orders().Skip(1).Where(order => order.OrderType == type
            && (order.OrderState == OrderState.Working || order.OrderState == OrderState.PartFilled))
            .Sum(order => order.Quantity);

        private Order[] Orders()
        {
            lock (Account.Orders)
            {
                return Account.Orders.ToArray();
            }
        }

        private string Held() => string.Join("\n", Orders().Select(order => order.Name + " " + order.OrderState + " "
            + order.Filled + "/" + order.Quantity)) + "\n" + Orders(window);
    }
}
