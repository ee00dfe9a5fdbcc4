using System;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Counts decisions by what became of the signal: sent, passed without being sent, or the rule that refused; and
    /// keeps the last of each. However many come, one that matters is not pushed out by those that do not, and it never
    /// holds more than there are rules. Trading thread.
    /// </summary>
    internal sealed class DecisionTally
    {
        private const int Sent = 0;
        private const int Passed = 1;
        private const int FirstRule = 2;

        private static readonly int Ways = FirstRule + 1 + Enum.GetValues(typeof(RiskRule)).Cast<int>().Max();

        private readonly long[] counts = new long[Ways];
        private readonly Decision[] last = new Decision[Ways];

        public void Add(Decision decision)
        {
            int way = decision.IsSent ? Sent : decision.IsPassed ? Passed : FirstRule + (int)decision.RefusedBy;
            counts[way]++;
            last[way] = decision;
        }

        /// <summary>What came at least once: sent, passed, then the rules by their numbers.</summary>
        public DecisionCount[] Counts() => Enumerable.Range(0, Ways).Where(way => counts[way] > 0)
            .Select(way => new DecisionCount(counts[way], last[way])).ToArray();
    }
}
