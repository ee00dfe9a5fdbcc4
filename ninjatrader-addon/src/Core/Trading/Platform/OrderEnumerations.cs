namespace Tickbridge.Core.Trading
{
    /// <summary>Which way an order or a fill goes.</summary>
    public enum OrderSide
    {
        Buy,
        Sell
    }

    public enum OrderKind
    {
        Market,
        Limit,
        StopMarket,
        StopLimit,
        /// <summary>Another's order of a kind that the core never submits.</summary>
        Other
    }

    /// <summary>What can be asked of an order's kind.</summary>
    public static class OrderKinds
    {
        /// <summary>It waits for the market to move against a position.</summary>
        public static bool IsStop(OrderKind kind) => kind == OrderKind.StopMarket || kind == OrderKind.StopLimit;
    }

    /// <summary>
    /// What an order is for. With the side it gives the platform's action: an entry buys or sells short, all others
    /// sell or buy to cover.
    /// </summary>
    public enum OrderPurpose
    {
        Entry,
        StopLoss,
        Target,
        /// <summary>Closes a position: the kill switch, or a position left without its stop.</summary>
        Exit,
        /// <summary>Not ours: by hand, by another strategy, by an ATM strategy, or of an earlier run.</summary>
        Foreign
    }

    public enum OrderDuration
    {
        Day,
        GoodTillCancelled
    }

    /// <summary>State of an order, in NinjaTrader's words.</summary>
    public enum OrderStatus
    {
        Initialized,
        Submitted,
        AcceptedByRisk,
        Accepted,
        TriggerPending,
        Working,
        ChangePending,
        ChangeSubmitted,
        CancelPending,
        CancelSubmitted,
        PartFilled,
        Suspended,
        /// <summary>The platform does not know. Counts as working.</summary>
        Unknown,
        Filled,
        Cancelled,
        Rejected
    }

    /// <summary>What went wrong with the last request on an order.</summary>
    public enum OrderError
    {
        None,
        OrderRejected,
        RejectedByRisk,
        UnableToSubmit,
        UnableToChange,
        UnableToCancel,
        Other
    }

    /// <summary>What can be asked of an order's state.</summary>
    public static class OrderStatuses
    {
        /// <summary>Nothing more can happen to the order, but its fills may still be told late.</summary>
        public static bool IsTerminal(OrderStatus status) =>
            status == OrderStatus.Filled || status == OrderStatus.Cancelled || status == OrderStatus.Rejected;

        /// <summary>The platform can change it: nothing is under way.</summary>
        public static bool IsSettled(OrderStatus status) => status == OrderStatus.Working
            || status == OrderStatus.Accepted || status == OrderStatus.PartFilled
            || status == OrderStatus.TriggerPending;

        /// <summary>
        /// The market can fill it, or what waits for its price was taken on. A change that is under way leaves the order
        /// as it was until it is done.
        /// </summary>
        public static bool IsAtMarket(OrderStatus status) => IsSettled(status)
            || status == OrderStatus.ChangePending || status == OrderStatus.ChangeSubmitted;
    }
}
