using System;
using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What was lost counts in the loss of the day though the platform told no fill, and counts once.</summary>
    [TestFixture]
    public class UntoldLossTest : LateLoadingFixture
    {
        /// <summary>One contract from 5000.25 to 4998, 50 a point.</summary>
        private const double StopLoss = 112.5;

        private readonly List<ExecutionReport> held = new List<ExecutionReport>();
        private string folder;

        [SetUp]
        public void NameFolder()
        {
            held.Clear();
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
        }

        [TestCase(true)]
        [TestCase(false, Description = "the order does not say its price either")]
        public void TheStopThatFilledWithoutAFillTellsItsLossByItself(bool hasPrice)
        {
            LongInFolder();
            if (!hasPrice)
            {
                Trading.Between.Order = WithoutPrice;
                Trading.Between.Snapshot = snapshot =>
                {
                    snapshot.Orders = Array.ConvertAll(snapshot.Orders, WithoutPrice);
                    return snapshot;
                };
            }
            HoldFills();
            Trading.Quote(4998, 4998.25);
            Trading.Run();
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, Trading.Desk.Core.State.Active.Ledger(TradingHarness.Instrument));
            AssertLost(StopLoss);
            Trading.Quote(5010, 5010.25);
            Trading.Run();
            AssertLost(StopLoss);
            Trading.Pass(Second);
            Trading.Stop();
            Trading = new TradingHarness(null, null, folder, null, Trading, Hide);
            Assert.AreEqual(-StopLoss, Trading.Desk.Core.State.Book(TradingHarness.Account).Profit.Realized, 1e-9,
                "a restart begins with it");
        }

        /// <summary>Nothing tells at what price: the stop's is the worst that is likely, whatever the quote is by now.</summary>
        [Test]
        public void WhatIsGoneCountsAsStoppedOutUntilAFillTellsBetter()
        {
            Long();
            HoldFills();
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell,
                OrderKind.Market, 1, LinkProtocol.NullPrice, "by hand", "");
            Trading.Run();
            Trading.Quote(5001, 5001.25);
            Trading.Pass(10 * Second);
            AssertLost(100);
            ExecutionReport told = held[0].Of(held[0].Handle);
            told.Cost = 2.5;
            Trading.Desk.OnExecution(told);
            Trading.Run();
            AssertLost(12.5 + 2.5);
            Trading.Pass(10 * Second);
            AssertLost(12.5 + 2.5);
        }

        [Test]
        public void APositionThatComesBackCountsOnce()
        {
            Long();
            Trading.Quote(4999, 4999.25);
            Trading.Run();
            AssertLost(62.5);
            HidesPositions = true;
            Tell(0);
            Trading.Pass(20 * Second);
            AssertLost(100);
            Show();
            Trading.Pass(10 * Second);
            AssertLost(62.5);
            Trading.Quote(5000.5, 5000.75);
            Trading.Run();
            AssertLost(-12.5);
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AnothersPositionThatIsGoneKeepsItsLossAndCountsOnce(bool comesBack)
        {
            Armed();
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, LinkProtocol.NullPrice, "by hand", "");
            Trading.Run();
            Trading.Quote(4998, 4998.25);
            Trading.Run();
            AssertLost(StopLoss);
            HidesPositions = true;
            Tell(0);
            Trading.Pass(10 * Second);
            AssertLost(StopLoss);
            if (comesBack)
            {
                Show();
                Trading.Pass(10 * Second);
                AssertLost(StopLoss);
                Trading.Quote(5000.25, 5000.5);
                Trading.Run();
                AssertLost(0);
                return;
            }
            Trading.Desk.OnExecution(new ExecutionReport
            {
                ExecutionId = "late",
                Handle = -99,
                Account = TradingHarness.Account,
                Instrument = TradingHarness.Instrument,
                Side = OrderSide.Sell,
                Quantity = 1,
                Price = TradingHarness.Price(4999.25),
                Time = Trading.Clock.Now - 8 * Second
            });
            Trading.Run();
            AssertLost(50);
            Trading.Pass(10 * Second);
            AssertLost(50);
        }

        [Test]
        public void AFillThatIsToldAfterItsOrdersWordPutsThePriceRight()
        {
            Long();
            HoldFills();
            Trading.Quote(4998, 4998.25);
            Trading.Run();
            Trading.Pass(10 * Second);
            AssertLost(StopLoss);
            ExecutionReport told = held[0].Of(held[0].Handle);
            told.Price -= 4 * TradingHarness.Tick;
            told.Cost = 2.5;
            Trading.Desk.OnExecution(told);
            Trading.Desk.OnExecution(told);
            Trading.Run();
            AssertLost(StopLoss + 50 + 2.5);
        }

        /// <summary>Where there is no quote and no stop, it is said.</summary>
        [Test]
        public void WhatNobodyKnowsIsTold()
        {
            Trading = new TradingHarness();
            Assert.IsNull(Trading.Arm());
            AccountBook book = Trading.Desk.Core.State.Active;
            const string other = "ES 03-27";
            Trading.Platform.AddContract(new ContractSpec(other, TradingHarness.Tick, 50, "UsDollar"));
            Trading.Desk.OnExecution(new ExecutionReport
            {
                ExecutionId = "elsewhere",
                Handle = -99,
                Account = TradingHarness.Account,
                Instrument = other,
                Side = OrderSide.Buy,
                Quantity = 1,
                Price = TradingHarness.Price(5050),
                Time = Trading.Clock.Now
            });
            Trading.Run();
            Trading.Pass(10 * Second);
            Assert.AreEqual(0, book.Ledger(other));
            Assert.AreEqual(1, Told("what was lost by that is not known, and not in the loss of the day"));
            Assert.IsFalse(Status.IsArmed);
        }

        private void LongInFolder()
        {
            Trading = new TradingHarness(null, null, folder, null, null, Hide);
            Assert.IsNull(Trading.Arm());
            Trading.Signal(Side.Buy);
            Trading.Run();
            Assert.AreEqual(1, StopsAtMarket);
        }

        private void HoldFills()
        {
            Trading.Between.Execution = execution =>
            {
                if (execution.Side == OrderSide.Buy)
                {
                    return execution;
                }
                held.Add(execution);
                return null;
            };
        }

        private static OrderReport WithoutPrice(OrderReport order)
        {
            order.AveragePrice = LinkProtocol.NullPrice;
            return order;
        }

        private void AssertLost(double expected)
        {
            Assert.AreEqual(expected, Trading.Desk.Core.State.Active.Profit.OwnLoss(name => Trading.LastQuote), 1e-6);
            Assert.IsFalse(Status.IsKilled);
        }
    }
}
