using System.Collections.Generic;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Makes of the limits that the gate judges by, after they were read and found sound, what no settings file can make of
    /// them: only so do the rules that stand behind those checks have something to refuse. Any thread, while trading is idle.
    /// </summary>
    internal sealed class BrokenLimits
    {
        private readonly TradingSettings limits;
        private readonly int quantity;
        private readonly IList<string> accounts;
        private readonly IList<string> rules;

        public BrokenLimits(TradingSettings limits)
        {
            this.limits = limits;
            quantity = limits.OrderQuantity;
            accounts = limits.SimulationAccounts;
            rules = limits.Rules;
        }

        /// <summary>Orders of one more than the largest allowed.</summary>
        public void TooLarge()
        {
            limits.OrderQuantity = limits.MaxOrderQuantity + 1;
        }

        /// <summary>The account that is armed is on no list any more.</summary>
        public void NoAccount()
        {
            limits.SimulationAccounts = new string[0];
        }

        /// <summary>The rule that looks for the signal's rule finds no list and fails.</summary>
        public void NoRules()
        {
            limits.Rules = null;
        }

        /// <summary>As they were read.</summary>
        public void Mend()
        {
            limits.OrderQuantity = quantity;
            limits.SimulationAccounts = accounts;
            limits.Rules = rules;
        }
    }
}
