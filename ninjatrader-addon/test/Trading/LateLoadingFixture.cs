using System;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// A platform that shows an account's positions, or all of it, some moments after it could: because it was just
    /// connected, or because positions come behind fills.
    /// </summary>
    public abstract class LateLoadingFixture
    {
        protected const long Second = TradingHarness.Second;
        protected const long Milli = TradingHarness.Milli;

        protected TradingHarness Trading { get; set; }

        protected bool HidesPositions { get; set; }

        protected bool HidesOrders { get; set; }

        protected TradingStatus Status => Trading.Desk.Status;

        protected int StopsAtMarket => Trading.WorkingOf(OrderPurpose.StopLoss).Sum(order => order.Remaining);

        [SetUp]
        public void ShowAll()
        {
            HidesPositions = HidesOrders = false;
        }

        [TearDown]
        public void Close()
        {
            Trading?.Dispose();
            Trading = null;
        }

        /// <summary>What is between trading and the platform: a snapshot lacks what is hidden.</summary>
        internal void Hide(InterposedPlatform between)
        {
            between.Snapshot = snapshot =>
            {
                snapshot.Positions = HidesPositions ? new PositionReport[0] : snapshot.Positions;
                snapshot.Orders = HidesOrders ? new OrderReport[0] : snapshot.Orders;
                snapshot.Executions = HidesOrders ? new ExecutionReport[0] : snapshot.Executions;
                return snapshot;
            };
        }

        protected void Armed(Action<TradingSettings> change = null, DateTime? begin = null)
        {
            Trading = new TradingHarness(change, null, null, null, null, Hide, begin);
            Assert.IsNull(Trading.Arm());
        }

        protected void Long(Action<TradingSettings> change = null, DateTime? begin = null)
        {
            Armed(change, begin);
            Trading.Signal(Side.Buy);
            Trading.Run();
            Assert.AreEqual(1, Trading.Position);
            Assert.AreEqual(1, StopsAtMarket);
        }

        protected void Away(long nanos)
        {
            Trading.Platform.SetConnected(false);
            Trading.Run();
            Trading.Pass(nanos);
        }

        protected void Back()
        {
            Trading.Platform.SetConnected(true);
            Trading.Run();
            Trading.Requote();
        }

        /// <summary>As the platform tells what it has loaded.</summary>
        protected void Show()
        {
            HidesPositions = HidesOrders = false;
            Tell(Trading.Position);
        }

        protected void Tell(int quantity)
        {
            Trading.Desk.OnPosition(new PositionReport(TradingHarness.Account, TradingHarness.Instrument, quantity,
                quantity == 0 ? LinkProtocol.NullPrice : TradingHarness.Price(5000.25), Trading.Clock.Now));
            Trading.Run();
        }

        protected void AssertKept()
        {
            Assert.AreEqual(1, Trading.Position);
            Assert.AreEqual(1, StopsAtMarket, "its stop, and no other");
            Assert.IsNull(Status.Alarm);
            Assert.IsFalse(Status.IsKilled);
        }

        protected int Told(string text) => Trading.Sink.Notices.Count(notice =>
            notice.Account == TradingHarness.Account && notice.Text.Contains(text));
    }
}
