using System;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Judges whether an order may be sent: asks every rule in turn until one refuses, what must stand first, then the
    /// signal, then the order; each may rely on those before it. Holds no state of its own but the limits, so the same facts
    /// always get the same verdict. What it does not understand it refuses.
    /// </summary>
    public sealed class RiskGate
    {
        private readonly Func<GateFacts, Verdict>[] rules;

        public RiskGate(TradingSettings limits)
        {
            rules = new StandingRules(limits).InOrder.Concat(new SignalRules(limits).InOrder)
                .Concat(new OrderRules(limits).InOrder).ToArray();
        }

        /// <summary>The first refusal, or a pass. In a dry run the rules of accounts and orders do not apply.</summary>
        public Verdict Judge(GateFacts facts)
        {
            try
            {
                foreach (Func<GateFacts, Verdict> rule in rules)
                {
                    Verdict verdict = rule(facts);
                    if (verdict != null)
                    {
                        return verdict;
                    }
                }
                return Verdict.Pass;
            }
            // A rule that cannot be asked has not been passed.
            catch (Exception e)
            {
                return Verdict.Refuse(RiskRule.InternalError, "a rule failed: " + e.Message);
            }
        }
    }
}
