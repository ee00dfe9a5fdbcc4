namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// An account as it is: what the core compares its own picture with before it trades. Not changed afterwards.
    /// </summary>
    public sealed class PlatformSnapshot
    {
        /// <summary>Number of the request that it answers.</summary>
        public long Request { get; set; }

        public string Account { get; set; }

        /// <summary>The platform has such an account. False: the rest says nothing.</summary>
        public bool AccountExists { get; set; }

        /// <summary>The platform says that no real money is in it. What it does not say is real.</summary>
        public bool IsSimulation { get; set; }

        /// <summary>Currency that the account is counted in, as ContractSpec.Currency; empty: not known.</summary>
        public string Currency { get; set; } = "";

        public ConnectionReport Connection { get; set; }

        public AccountReport Money { get; set; }

        /// <summary>Every order that the platform holds, ended ones included where it still has them.</summary>
        public OrderReport[] Orders { get; set; } = new OrderReport[0];

        /// <summary>Positions that are not flat.</summary>
        public PositionReport[] Positions { get; set; } = new PositionReport[0];

        /// <summary>Fills that the platform holds of today.</summary>
        public ExecutionReport[] Executions { get; set; } = new ExecutionReport[0];

        /// <summary>What of the account could not be read, in words: then the rest is not all.</summary>
        public string[] Unreadable { get; set; } = new string[0];
    }
}
