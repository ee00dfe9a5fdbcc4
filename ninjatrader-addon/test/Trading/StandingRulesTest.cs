using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Each rule of what must stand, whatever the signal says: mode and account, link and platform.</summary>
    [TestFixture]
    public class StandingRulesTest : RiskGateFixture
    {
        [TestCase(RiskRule.AuditLog)]
        [TestCase(RiskRule.Killed)]
        [TestCase(RiskRule.Link)]
        [TestCase(RiskRule.Mode)]
        [TestCase(RiskRule.Reconciliation)]
        public void SwitchesRefuse(RiskRule rule)
        {
            Facts.IsAuditWritable = rule != RiskRule.AuditLog;
            Facts.IsKilled = rule == RiskRule.Killed;
            Facts.IsLinkUp = rule != RiskRule.Link;
            Facts.IsArmed = rule != RiskRule.Mode;
            Facts.IsReconciled = rule != RiskRule.Reconciliation;
            Expect(rule);
        }

        [TestCase(TradingMode.Simulation, "Sim101", RiskRule.None)]
        [TestCase(TradingMode.Simulation, "sim101", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "Sim1010", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "Live1", RiskRule.Account)]
        [TestCase(TradingMode.Simulation, "", RiskRule.Account)]
        [TestCase(TradingMode.Live, "Live1", RiskRule.None)]
        [TestCase(TradingMode.Live, "Sim101", RiskRule.Account)]
        [TestCase(TradingMode.Live, "Live1 ", RiskRule.Account)]
        [TestCase((TradingMode)9, "Live1", RiskRule.Mode)]
        public void AccountsCountByExactNameAndMode(TradingMode mode, string account, RiskRule expected)
        {
            Facts.Mode = mode;
            Facts.Account = account;
            Expect(expected);
        }

        [Test]
        public void ASimulationOnAnAccountThatThePlatformDoesNotCallSoIsRefused()
        {
            Facts.IsSimulationAccount = false;
            Expect(RiskRule.Account);
        }

        [TestCase(PeerRights.View, RiskRule.LinkRights)]
        [TestCase(PeerRights.Trade, RiskRule.None)]
        public void LiveNeedsTheGatewaysRightToTrade(PeerRights rights, RiskRule expected)
        {
            Facts.Mode = TradingMode.Live;
            Facts.Account = "Live1";
            Facts.Rights = rights;
            Expect(expected);
            Facts.Mode = TradingMode.Simulation;
            Facts.Account = "Sim101";
            Expect(RiskRule.None);
        }

        [TestCase(TradingMode.Live, Market.Live, RiskRule.None)]
        [TestCase(TradingMode.Live, Market.Recorded, RiskRule.Market)]
        [TestCase(TradingMode.Live, Market.NotStated, RiskRule.Market)]
        [TestCase(TradingMode.Live, (Market)77, RiskRule.Market)]
        [TestCase(TradingMode.Live, Market.Simulated, RiskRule.Market)]
        [TestCase(TradingMode.Simulation, Market.Simulated, RiskRule.None)]
        [TestCase(TradingMode.DryRun, Market.Simulated, RiskRule.None)]
        [TestCase(TradingMode.Simulation, (Market)77, RiskRule.None)]
        [TestCase(TradingMode.Simulation, Market.Recorded, RiskRule.None)]
        [TestCase(TradingMode.Simulation, Market.NotStated, RiskRule.None)]
        [TestCase(TradingMode.DryRun, Market.Recorded, RiskRule.None)]
        public void ALiveAccountTradesOnTheLiveMarketAlone(TradingMode mode, Market market, RiskRule expected)
        {
            Facts.Mode = mode;
            Facts.Account = mode == TradingMode.Live ? "Live1" : "Sim101";
            Facts.Market = market;
            Expect(expected);
        }

        [Test]
        public void ADryRunNeedsNeitherAccountNorPlatform()
        {
            Facts.Mode = TradingMode.DryRun;
            Facts.IsArmed = false;
            Facts.Account = "";
            Facts.OrdersConnected = Facts.PricesConnected = Facts.IsReconciled = false;
            Expect(RiskRule.None);
        }

        [TestCase(true, false)]
        [TestCase(false, true)]
        [TestCase(false, false)]
        public void AConnectionThatIsDownRefuses(bool orders, bool prices)
        {
            Facts.OrdersConnected = orders;
            Facts.PricesConnected = prices;
            Expect(RiskRule.PlatformConnection);
        }

        [TestCase(SignalNovelty.Duplicate, RiskRule.Duplicate)]
        [TestCase(SignalNovelty.OutOfSequence, RiskRule.Sequence)]
        [TestCase(SignalNovelty.OtherSession, RiskRule.Sequence)]
        [TestCase((SignalNovelty)77, RiskRule.Sequence)]
        public void WhatIsNotNewIsRefused(SignalNovelty novelty, RiskRule expected)
        {
            Facts.Novelty = novelty;
            Expect(expected);
        }

        [Test]
        public void SignalsAreTakenOnce()
        {
            var ledger = new SignalLedger();
            Assert.AreEqual(SignalNovelty.New, ledger.Take(1, 5, 1));
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 5, 1));
            Assert.AreEqual(SignalNovelty.OutOfSequence, ledger.Take(1, 4, 1));
            Assert.AreEqual(SignalNovelty.New, ledger.Take(2, 1, 2), "another session counts anew");
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 5, 2), "an old session's stays known");
            Assert.AreEqual(SignalNovelty.OtherSession, ledger.Take(1, 6, 2));
            Assert.AreEqual(SignalNovelty.Duplicate, ledger.Take(1, 6, 1), "what was refused is not taken later");
        }
    }
}
