using System.Linq;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Stubs;
using OrderAction = NinjaTrader.Cbi.OrderAction;
using OrderType = NinjaTrader.Cbi.OrderType;
using NtState = NinjaTrader.Cbi.OrderState;
using NtTimeInForce = NinjaTrader.Cbi.TimeInForce;

namespace Tickbridge.PlatformTest
{
    /// <summary>A change of the connection leaves an account object behind, and makes another of the same name.</summary>
    [TestFixture]
    public class EarlierAccountTest : StubFixture
    {
        private NinjaPlatform.NinjaPlatform platform;

        /// <summary>The earlier one keeps what it held.</summary>
        [Test]
        public void AnOrderOfOursIsOursInTheAccountObjectThatCountsNow()
        {
            var heard = new HeardEvents();
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            platform = new NinjaPlatform.NinjaPlatform(new LocalClock());
            platform.Start(heard);
            platform.Submit(new[] { new OrderTicket
            {
                Handle = 1, Name = "TB-1-S1", Account = AccountName, Instrument = InstrumentName,
                Purpose = OrderPurpose.StopLoss, Side = OrderSide.Sell, Kind = OrderKind.StopMarket, Quantity = 1,
                StopPrice = 4990000000000
            } });
            StubThreads.Settle();
            Account before = Account;
            var connection = new Connection();
            var after = new Account(AccountName, connection);
            lock (NinjaTrader.Cbi.Account.All)
            {
                NinjaTrader.Cbi.Account.All.Add(after);
            }
            Set(ConnectionStatus.ConnectionLost);
            connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            Order again = after.CreateOrder(Instrument, OrderAction.Sell, OrderType.StopMarket, OrderEntry.Automated,
                NtTimeInForce.Day, 1, 0, 4990, "", "TB-1-S1", NinjaTrader.Core.Globals.MaxDate, null);
            after.Submit(new[] { again });
            StubThreads.Settle();
            platform.RequestSnapshot(AccountName, 1);
            Assert.AreEqual(1, heard.Snapshots.Single().Orders.Single().Handle);
            Assert.AreEqual(1, heard.Orders.Last().Handle);

            // And so when the earlier one comes back.
            connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            Set(ConnectionStatus.Connected);
            platform.RequestSnapshot(AccountName, 2);
            Assert.AreEqual(1, heard.Snapshots.Last().Orders.Single().Handle);
            platform.Cancel(AccountName, 1);
            StubThreads.Settle();
            Assert.AreEqual(NtState.Cancelled, before.Orders.Single().OrderState);
            Assert.AreEqual(NtState.Working, again.OrderState);
        }

        [TearDown]
        public void End()
        {
            platform.Stop();
            StubThreads.Settle();
        }

        private static void Set(ConnectionStatus status)
        {
            StubPlatform.Connection.Set(status, status);
            StubThreads.Settle();
        }
    }
}
