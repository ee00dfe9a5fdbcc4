using System.Linq;
using NUnit.Framework;
using Tickbridge.Core.Trading;
using Side = Tickbridge.Core.Side;

namespace Tickbridge.Test
{
    /// <summary>The way back to the dry run, in which every rule is judged and nothing is sent.</summary>
    [TestFixture]
    public class DryRunTest
    {
        private const long Second = 1000000000;

        private TradingHarness trading;

        [SetUp]
        public void Open()
        {
            trading = new TradingHarness();
            Assert.IsNull(trading.Arm());
        }

        [TearDown]
        public void Close()
        {
            trading.Stop();
        }

        [Test]
        public void WithNothingOpenItIsThereAtOnce()
        {
            DryRun();
            Assert.AreEqual(TradingMode.DryRun, trading.Desk.Status.Mode);
            Decision judged = trading.Signal(Side.Buy);
            Assert.IsTrue(judged.IsPassed, judged.RefusedBy + " " + judged.Text);
            Assert.IsFalse(judged.IsSent);
        }

        /// <summary>What the orders and fills of an open trade report is no dry run's.</summary>
        [Test]
        public void WithATradeOpenItWaitsForTheEndOfThat()
        {
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
            DryRun();
            trading.Pass(Second);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.AreEqual(TradingMode.Simulation, trading.Desk.Status.Mode);
            Assert.AreEqual(RiskRule.Mode, trading.Signal(Side.Buy).RefusedBy);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count(), "the stop stays");

            trading.Quote(5002.25, 5002.5);
            trading.Run();
            trading.Pass(Second);
            Assert.AreEqual(0, trading.Position);
            Assert.AreEqual(TradingMode.DryRun, trading.Desk.Status.Mode);
        }

        [Test]
        public void ArmingMeanwhileForgetsIt()
        {
            trading.Signal(Side.Buy);
            trading.Run();
            DryRun();
            Assert.IsNull(trading.Arm());
            trading.Quote(5002.25, 5002.5);
            trading.Run();
            trading.Pass(Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
            Assert.AreEqual(TradingMode.Simulation, trading.Desk.Status.Mode);
        }

        private void DryRun()
        {
            trading.Desk.Arm(TradingMode.DryRun, "", "", null);
            trading.Run();
        }
    }
}
