using System.Globalization;

namespace Tickbridge.Core.Trading
{
    /// <summary>What the gate says of one order. Immutable.</summary>
    public sealed class Verdict
    {
        private const decimal NanosPerMilli = 1000000;

        public static readonly Verdict Pass = new Verdict(RiskRule.None, 0, 0, "", "passed every rule");

        public Verdict(RiskRule rule, long measured, long limit, string unit, string text)
        {
            Rule = rule;
            Measured = measured;
            Limit = limit;
            Unit = unit;
            Text = text;
        }

        /// <summary>A refusal that nothing was measured for.</summary>
        public static Verdict Refuse(RiskRule rule, string text) => new Verdict(rule, 0, 0, "", text);

        /// <summary>The rule that refused; None: it passed.</summary>
        public RiskRule Rule { get; }

        public bool IsPassed => Rule == RiskRule.None;

        public long Measured { get; }

        public long Limit { get; }

        public string Unit { get; }

        public string Text { get; }

        /// <summary>One line for people: the text with its numbers, times in ms.</summary>
        public string Sentence
        {
            get
            {
                // The number of a state says nothing that its name in the text does not.
                if (Unit.Length == 0 || Unit == "state")
                {
                    return Text;
                }
                return Text + ": " + (Unit == "ns"
                    ? Millis(Measured) + " ms, allowed " + (Limit / NanosPerMilli).ToString("0.######", CultureInfo.InvariantCulture)
                        + " ms"
                    : Measured.ToString(CultureInfo.InvariantCulture) + ", allowed "
                        + Limit.ToString(CultureInfo.InvariantCulture) + " " + Unit);
            }
        }

        /// <summary>A tenth is enough, unless it then looks as if it were allowed.</summary>
        private string Millis(long nanos)
        {
            decimal exact = nanos / NanosPerMilli;
            bool isNear = decimal.Round(exact, 1) == Limit / NanosPerMilli;
            return exact.ToString(isNear ? "0.0#####" : "0.0", CultureInfo.InvariantCulture);
        }
    }
}
