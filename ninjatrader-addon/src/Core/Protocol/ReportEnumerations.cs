namespace Tickbridge.Core
{
    /// <summary>What an order is.</summary>
    public enum TradingMode : byte
    {
        DryRun = 1,
        Simulation = 2,
        Live = 3
    }

    /// <summary>What an order does.</summary>
    public enum OrderAction : byte
    {
        None = 0,
        Buy = 1,
        Sell = 2,
        SellShort = 3,
        BuyToCover = 4
    }

    /// <summary>How an order is priced.</summary>
    public enum OrderType : byte
    {
        Market = 1,
        Limit = 2,
        StopMarket = 3,
        StopLimit = 4,
        MarketIfTouched = 5
    }

    /// <summary>How long an order stands.</summary>
    public enum TimeInForce : byte
    {
        Day = 1,
        GoodTillCancelled = 2,
        ImmediateOrCancel = 3,
        FillOrKill = 4,
        GoodTillDate = 5
    }

    /// <summary>The trading platform's own states.</summary>
    public enum OrderState : byte
    {
        Unknown = 0,
        Initialized = 1,
        Submitted = 2,
        Accepted = 3,
        TriggerPending = 4,
        Working = 5,
        ChangePending = 6,
        ChangeSubmitted = 7,
        CancelPending = 8,
        CancelSubmitted = 9,
        Cancelled = 10,
        Rejected = 11,
        PartFilled = 12,
        Filled = 13
    }

    /// <summary>What an order is for.</summary>
    public enum OrderRole : byte
    {
        Entry = 1,
        StopLoss = 2,
        ProfitTarget = 3,
        Exit = 4,
        Flatten = 5
    }

    /// <summary>What a rule of the risk gate said.</summary>
    public enum RiskVerdict : byte
    {
        Passed = 1,
        Refused = 2
    }

    /// <summary>What an add-on may do.</summary>
    public enum PeerRights : byte
    {
        View = 1,
        Trade = 2
    }

    /// <summary>What a gateway's signals are of.</summary>
    public enum Market : byte
    {
        /// <summary>It did not say.</summary>
        NotStated = 0,
        /// <summary>Frames are taken as they come from the network.</summary>
        Live = 1,
        /// <summary>A recording is played: a rehearsal, or a capture file.</summary>
        Recorded = 2,
        /// <summary>Frames come from the network, and not from the exchange: a simulator sends them.</summary>
        Simulated = 3
    }

    /// <summary>What became of reports.</summary>
    public enum ReportOutcome : ushort
    {
        Journalled = 1,
        NotPermitted = 2,
        NotJournalled = 3
    }
}
