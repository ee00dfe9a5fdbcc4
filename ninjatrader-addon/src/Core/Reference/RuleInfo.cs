namespace Tickbridge.Core
{
    /// <summary>One configured signal rule. Immutable.</summary>
    public sealed class RuleInfo
    {
        internal RuleInfo(int number, string name, string parameters)
        {
            Number = number;
            Name = name;
            Parameters = parameters;
        }

        /// <summary>As in Signal.Rule, from 1.</summary>
        public int Number { get; }

        /// <summary>Kind of signal, for example book-imbalance.</summary>
        public string Name { get; }

        /// <summary>key=value, space separated.</summary>
        public string Parameters { get; }
    }
}
