using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The first of the gate's rules: whether anything may be traded at all, before it is asked what the signal says. The
    /// record is kept, mode and account allow it, link and platform stand, and the signal is new. Holds nothing but the
    /// limits. Trading thread.
    /// </summary>
    internal sealed class StandingRules
    {
        private readonly TradingSettings limits;

        public StandingRules(TradingSettings limits)
        {
            this.limits = limits;
            InOrder = new Func<GateFacts, Verdict>[]
            {
                AuditLog, Killed, Mode, Account, Rights, Novelty, Link, Market, Connection, Reconciliation
            };
        }

        /// <summary>Each gives null, or why it refuses.</summary>
        public IEnumerable<Func<GateFacts, Verdict>> InOrder { get; }

        private static Verdict AuditLog(GateFacts facts) =>
            facts.IsAuditWritable ? null : Verdict.Refuse(RiskRule.AuditLog, "the audit log cannot be written");

        private static Verdict Killed(GateFacts facts) =>
            facts.IsKilled ? Verdict.Refuse(RiskRule.Killed, "the kill switch is pulled") : null;

        private static Verdict Mode(GateFacts facts)
        {
            switch (facts.Mode)
            {
                case TradingMode.DryRun: return null;
                case TradingMode.Simulation:
                case TradingMode.Live:
                    return facts.IsArmed ? null : Verdict.Refuse(RiskRule.Mode, "not armed");
                default: return Verdict.Refuse(RiskRule.Mode, "no such mode: " + facts.Mode);
            }
        }

        private Verdict Account(GateFacts facts)
        {
            if (facts.Mode == TradingMode.DryRun)
            {
                return null;
            }
            IList<string> allowed = facts.Mode == TradingMode.Live ? limits.LiveAccounts : limits.SimulationAccounts;
            if (!allowed.Contains(facts.Account))
            {
                return Verdict.Refuse(RiskRule.Account, "account '" + facts.Account + "' is not listed for " + facts.Mode);
            }
            return facts.Mode == TradingMode.Live || facts.IsSimulationAccount
                ? null
                : Verdict.Refuse(RiskRule.Account, "the platform does not say that '" + facts.Account
                    + "' is a simulation account");
        }

        private static Verdict Rights(GateFacts facts) =>
            facts.Mode != TradingMode.Live || facts.Rights == PeerRights.Trade
                ? null
                : Verdict.Refuse(RiskRule.LinkRights, "the gateway lets this add-on only view");

        private static Verdict Novelty(GateFacts facts)
        {
            switch (facts.Novelty)
            {
                case SignalNovelty.New: return null;
                case SignalNovelty.Duplicate: return Verdict.Refuse(RiskRule.Duplicate, "handled before");
                case SignalNovelty.OutOfSequence:
                    return Verdict.Refuse(RiskRule.Sequence, "a later signal was handled before it");
                default: return Verdict.Refuse(RiskRule.Sequence, "not of the session that the link is in");
            }
        }

        private static Verdict Link(GateFacts facts) =>
            facts.IsLinkUp ? null : Verdict.Refuse(RiskRule.Link, "the link to the gateway is down");

        /// <summary>A rehearsal looks like any day. What did not say that it is live is none.</summary>
        private static Verdict Market(GateFacts facts)
        {
            string whyNot = facts.Mode == TradingMode.DryRun || facts.Mode == TradingMode.Simulation
                ? null
                : LiveMarket.WhyNot(facts.Market);
            return whyNot == null ? null : Verdict.Refuse(RiskRule.Market, whyNot);
        }

        private static Verdict Connection(GateFacts facts)
        {
            if (facts.Mode == TradingMode.DryRun || facts.OrdersConnected && facts.PricesConnected)
            {
                return null;
            }
            return Verdict.Refuse(RiskRule.PlatformConnection, "the platform's connection is down for "
                + (facts.OrdersConnected ? "prices" : facts.PricesConnected ? "orders" : "orders and prices"));
        }

        private static Verdict Reconciliation(GateFacts facts) =>
            facts.Mode == TradingMode.DryRun || facts.IsReconciled
                ? null
                : Verdict.Refuse(RiskRule.Reconciliation, "not reconciled with the platform's orders and positions");
    }
}
