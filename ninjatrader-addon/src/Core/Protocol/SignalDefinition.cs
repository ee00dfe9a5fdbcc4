namespace Tickbridge.Core
{
    /// <summary>One configured signal rule.</summary>
    public sealed class SignalDefinition : Message
    {
        public const int BlockLength = 232;

        private const int RuleOffset = 0;
        private const int NameOffset = 8;
        private const int ParametersOffset = 40;

        /// <summary>As in Signal, from 1.</summary>
        public ushort Rule => UInt16At(RuleOffset);

        /// <summary>Kind of signal, for example book-imbalance. Allocates.</summary>
        public string Name => TextAt(NameOffset, 32);

        /// <summary>key=value, space separated. Allocates.</summary>
        public string Parameters => TextAt(ParametersOffset, 192);
    }
}
