using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>An ATM strategy's stop and target that both fill: what then is open is ours, and is closed.</summary>
    [TestFixture]
    public class AtmReversalTest
    {
        private const long Second = TradingHarness.Second;
        private TradingHarness trading;

        [SetUp]
        public void Enter()
        {
            trading = new TradingHarness(settings =>
            {
                settings.AtmTemplate = "MyAtm";
                settings.MaxDailyLoss = 1e6;
                settings.MaxPosition = 2;
            });
            Assert.IsNull(trading.Arm());
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
        }

        [TearDown]
        public void Close()
        {
            trading.Dispose();
        }

        [TestCase(0, true)]
        [TestCase(1, true)]
        [TestCase(0, false)]
        public void StopAndTargetThatBothFillKill(int seconds, bool orderIsToldFirst)
        {
            Exit(OrderKind.StopMarket, 4998, "g1");
            Exit(OrderKind.Limit, 5002, "g2");
            trading.Run();
            trading.Pass(Second);
            To(4998);
            Assert.AreEqual(0, trading.Position);
            trading.Pass(seconds * Second);
            var late = new List<OrderReport>();
            if (!orderIsToldFirst)
            {
                trading.Between.Order = order =>
                {
                    late.Add(order);
                    return null;
                };
            }
            To(5002);
            late.ForEach(trading.Desk.OnOrder);
            trading.Between.Order = order => order;
            trading.Pass(100 * TradingHarness.Milli);
            Killed();
        }

        [Test]
        public void AnOrderLeftBehindThatFillsLongAfterTheTradeKills()
        {
            Exit(OrderKind.StopMarket, 4998, "");
            Exit(OrderKind.StopMarket, 4990, "");
            trading.Run();
            To(4998);
            Wait(30);
            Assert.IsFalse(trading.Desk.Core.Executor.Trades.Any());
            To(4990);
            Killed();
        }

        [Test]
        public void AStopLargerThanWhatIsOpenKills()
        {
            Exit(OrderKind.StopMarket, 4998, "g1", 2);
            trading.Run();
            To(4998);
            Killed();
        }

        [Test]
        public void AFillOfAnOrderThatIsNeverToldKills()
        {
            Exit(OrderKind.StopMarket, 4998, "g1");
            trading.Run();
            To(4998);
            trading.Between.Execution = execution => execution.Of(0);
            trading.Between.Order = order => null;
            trading.Between.Snapshot = snapshot =>
            {
                snapshot.Orders = snapshot.Orders.Where(order => order.Name != "unseen").ToArray();
                return snapshot;
            };
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "unseen", "");
            trading.Run();
            Wait(3);
            Killed();
        }

        [Test]
        public void WhatAPersonSellsIsHis()
        {
            Exit(OrderKind.StopMarket, 4998, "g1");
            trading.Run();
            To(4998);
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
            Wait(10);
            Assert.AreEqual(-1, trading.Position);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void APersonsBreakoutIsHis()
        {
            Exit(OrderKind.StopMarket, 4998, "g1");
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.StopMarket, 1, TradingHarness.Price(5050), "Breakout", "mine");
            Exit(OrderKind.StopMarket, 4990, "mine");
            trading.Run();
            To(4998);
            To(4990);
            Wait(3);
            Assert.AreEqual(-1, trading.Position);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void AStopThatIsToldBeforeTheEntrysFillIsNoReversal()
        {
            Exit(OrderKind.StopMarket, 4998, "g1");
            trading.Run();
            To(4998);
            Wait(5);
            To(5000);
            trading.Schedule.Step();
            var late = new List<ExecutionReport>();
            trading.Between.Execution = execution =>
            {
                if (execution.Side == OrderSide.Sell)
                {
                    return execution;
                }
                late.Add(execution);
                return null;
            };
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Run();
            Exit(OrderKind.StopMarket, 4999, "g3");
            trading.Run();
            To(4999);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            late.ForEach(trading.Desk.OnExecution);
            trading.Between.Execution = execution => execution;
            trading.Run();
            Wait(10);
            Assert.AreEqual(0, trading.Position);
            Assert.IsFalse(trading.Desk.Status.IsKilled, trading.Desk.Status.KillReason);
        }

        private void Exit(OrderKind kind, double price, string oco, int quantity = 1)
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, kind, quantity,
                TradingHarness.Price(price), "Exit", oco);
        }

        private void To(double bid)
        {
            trading.Quote(bid, bid + 0.25);
            trading.Run();
        }

        private void Wait(int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                trading.Pass(Second);
                trading.Requote();
                trading.Run();
            }
        }

        private void Killed()
        {
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            StringAssert.Contains("closed by more than it had opened", trading.Desk.Status.KillReason);
            Wait(10);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }
    }
}
