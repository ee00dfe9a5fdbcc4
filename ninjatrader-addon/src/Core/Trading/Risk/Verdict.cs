namespace Tickbridge.Core.Trading
{
    /// <summary>What the gate says of one order. Immutable.</summary>
    public sealed class Verdict
    {
        public static readonly Verdict Pass = new Verdict(RiskRule.None, 0, 0, "", "passed every rule");

        public Verdict(RiskRule rule, long measured, long limit, string unit, string text)
        {
            Rule = rule;
            Measured = measured;
            Limit = limit;
            Unit = unit;
            Text = text;
        }

        /// <summary>The rule that refused; None: it passed.</summary>
        public RiskRule Rule { get; }

        public bool IsPassed => Rule == RiskRule.None;

        public long Measured { get; }

        public long Limit { get; }

        public string Unit { get; }

        public string Text { get; }
    }
}
