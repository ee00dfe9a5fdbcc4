namespace Tickbridge.Core.Trading
{
    /// <summary>An instrument of the gateway under the platform's name. Immutable.</summary>
    public sealed class PlatformInstrument
    {
        public PlatformInstrument(string name, string root, bool isAllowed, string whyNot)
        {
            Name = name;
            Root = root;
            IsAllowed = isAllowed;
            WhyNot = whyNot;
        }

        /// <summary>For example "ES 12-26" or "AAPL".</summary>
        public string Name { get; }

        /// <summary>For example "ES"; the ticker of a share.</summary>
        public string Root { get; }

        /// <summary>By the settings it may be traded today.</summary>
        public bool IsAllowed { get; }

        /// <summary>Why it may not; empty: it may.</summary>
        public string WhyNot { get; }
    }
}
