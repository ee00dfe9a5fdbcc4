using System;
using NUnit.Framework;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Trading that is armed on a platform that does what it should not.</summary>
    public abstract class TradingFaultFixture
    {
        protected const long Second = TradingHarness.Second;

        protected TradingHarness Trading { get; set; }

        [TearDown]
        public void Close()
        {
            Trading?.Dispose();
            Trading = null;
        }

        protected void Armed(Action<TradingSettings> change = null, TradingMode mode = TradingMode.Simulation,
            string account = TradingHarness.Account)
        {
            Trading = new TradingHarness(change);
            Trading.Loop.OnFailure = Trading.Desk.Core.Failed;
            Assert.IsNull(Trading.Arm(mode, account, TradingSettings.LiveConfirmation(account)));
        }

        protected void KillAndVerify()
        {
            Trading.Requote();
            Trading.Desk.Kill("the button");
            Trading.Run();
            for (int i = 0; i < 10; i++)
            {
                Trading.Requote();
                Trading.Pass(Second);
            }
            Assert.AreEqual(0, Trading.Position);
            Assert.IsTrue(Trading.Desk.Status.IsKilled);
            Assert.IsTrue(Trading.Desk.Status.IsFlatVerified);
        }

        protected void Foreign(OrderKind kind, int quantity, double price, string oco)
        {
            Trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Sell, kind,
                quantity, TradingHarness.Price(price), "Exit1", oco);
        }
    }
}
