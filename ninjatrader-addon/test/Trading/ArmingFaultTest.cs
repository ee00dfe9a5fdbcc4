using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>What takes away the ground of being armed: before it is asked for, while it is, or after.</summary>
    [TestFixture]
    public class ArmingFaultTest : TradingFaultFixture
    {
        [Test]
        public void ASimulationOnAnAccountWithRealMoneyIsRefused()
        {
            Trading = new TradingHarness(settings =>
            {
                settings.SimulationAccounts = new[] { "Sim101", "Live1" };
                settings.LiveAccounts = new string[0];
            });
            Trading.Platform.Simulates = account => account != "Live1";
            StringAssert.Contains("not say that Live1 is a simulation account", Trading.Arm(TradingMode.Simulation,
                "Live1"));
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.IsNull(Trading.Arm());
            Trading.Platform.Simulates = account => false;
            Trading.Pass(11 * Second);
            Assert.AreEqual(RiskRule.Account, Trading.Signal(Side.Buy).RefusedBy, "and the gate asks again");
        }

        /// <summary>A person armed an evaluation; the account of that name is now another broker's.</summary>
        [Test]
        public void LiveIsDisarmedWhenTheAccountOfThatNameIsAnotherConnections()
        {
            Armed(null, TradingMode.Live, "Live1");
            Trading.Desk.OnConnection(new ConnectionReport("Live1", true, true, Trading.Clock.Now));
            Trading.Run();
            Assert.IsTrue(Trading.Desk.Status.IsArmed);
            Trading.Desk.OnConnection(new ConnectionReport("Live1", true, true, Trading.Clock.Now, false, "Another broker"));
            Trading.Run();
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            StringAssert.Contains("of the connection Another broker", Trading.Desk.Status.DisarmReason);
            Assert.IsFalse(Trading.Signal(Side.Buy).IsSent);
        }

        [Test]
        public void LiveIsDisarmedWhenTheGatewayTakesTheRightToTradeAway()
        {
            Armed(null, TradingMode.Live, "Live1");
            Assert.IsTrue(Trading.Signal(Side.Buy).IsSent);
            Trading.Run();
            Trading.Rights = PeerRights.View;
            Assert.AreEqual(RiskRule.LinkRights, Trading.Signal(Side.Buy).RefusedBy);
            Trading.Pass(2 * Second);
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            StringAssert.Contains("only view", Trading.Arm(TradingMode.Live, "Live1", "TRADE LIVE ON Live1"));
            Trading.Quote(5002.25, 5002.5);
            Trading.Run();
            Assert.IsNull(Trading.Arm(), "a simulation needs no right");
        }

        [TestCase(Market.Recorded, "the gateway plays a recording")]
        [TestCase(Market.Simulated, "fed by a simulator and not by the exchange")]
        [TestCase(Market.NotStated, "does not say whether its signals are of the live market")]
        [TestCase((Market)9, "this add-on does not know, number 9")]
        public void LiveIsNotArmedOnAMarketThatIsNotLive(Market market, string why)
        {
            Trading = new TradingHarness { Market = market };
            StringAssert.Contains(why, Trading.Arm(TradingMode.Live, "Live1", TradingSettings.LiveConfirmation("Live1")));
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            Assert.IsNull(Trading.Arm(), "a simulation may be traded on it");
            Trading.Market = Market.Live;
            Assert.IsNull(Trading.Arm(TradingMode.Live, "Live1", TradingSettings.LiveConfirmation("Live1")));
        }

        [Test]
        public void WhatIsTrueWhenArmingIsAskedForMustStillBeWhenItIsDone()
        {
            Trading = new TradingHarness();
            Trading.Platform.Faults.HoldsAnswers = () => true;
            string answer = "none";
            Trading.Desk.Arm(TradingMode.Live, "Live1", TradingSettings.LiveConfirmation("Live1"), why => answer = why);
            Trading.Run();
            Trading.Rights = PeerRights.View;
            Trading.Platform.Faults.HoldsAnswers = () => false;
            Trading.Platform.Answer();
            Trading.Run();
            Assert.IsFalse(Trading.Desk.Status.IsArmed);
            StringAssert.Contains("only view", answer);
        }
    }
}
