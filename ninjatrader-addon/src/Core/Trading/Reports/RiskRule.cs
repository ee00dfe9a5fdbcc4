namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The rules that an order must pass, each with its number. The numbers go over the link and into
    /// logs: they stay.
    /// </summary>
    public enum RiskRule
    {
        /// <summary>No rule refused.</summary>
        None = 0,
        /// <summary>The audit log cannot be written.</summary>
        AuditLog = 1,
        /// <summary>The kill switch is latched.</summary>
        Killed = 2,
        /// <summary>Dry run, or not armed.</summary>
        Mode = 3,
        /// <summary>The account is not allowed for this mode.</summary>
        Account = 4,
        /// <summary>The signal was handled before, in this or an earlier connection or run.</summary>
        Duplicate = 5,
        /// <summary>The signal is older in sequence than one handled before, or was replayed.</summary>
        Sequence = 6,
        /// <summary>The link to the gateway is down.</summary>
        Link = 7,
        /// <summary>The platform's connection for orders or prices is down.</summary>
        PlatformConnection = 8,
        /// <summary>Not reconciled with the platform's orders and positions.</summary>
        Reconciliation = 9,
        /// <summary>The signal gives no side.</summary>
        SignalSide = 10,
        /// <summary>The instrument has no name on the platform.</summary>
        InstrumentMap = 11,
        /// <summary>The instrument is not on the list of those allowed.</summary>
        InstrumentAllowed = 12,
        /// <summary>Outside the trading hours.</summary>
        TradingHours = 13,
        /// <summary>The gateway does not vouch for the instrument's book.</summary>
        FeedHealth = 14,
        /// <summary>The clocks' error bound is too wide to tell the signal's age.</summary>
        ClockBound = 15,
        /// <summary>The signal may be too old: age plus error bound.</summary>
        SignalAge = 16,
        /// <summary>The platform has no quote of the instrument, or none for both sides.</summary>
        QuoteAbsent = 17,
        /// <summary>The platform's quote is too old.</summary>
        QuoteAge = 18,
        /// <summary>Quantity of the order.</summary>
        OrderSize = 19,
        /// <summary>Price too far from the platform's quote.</summary>
        PriceCollar = 20,
        /// <summary>Position that could come about, working orders included.</summary>
        Position = 21,
        /// <summary>Loss of the day.</summary>
        DailyLoss = 22,
        /// <summary>Orders in a second.</summary>
        OrdersPerSecond = 23,
        /// <summary>Orders in a minute.</summary>
        OrdersPerMinute = 24,
        /// <summary>Something that must not happen did; see the text.</summary>
        InternalError = 25,
        /// <summary>A position or an entry the other way round is open on the instrument.</summary>
        Opposing = 26,
        /// <summary>For real money, and the gateway does not state that its signals are of the live market.</summary>
        Market = 27,
        /// <summary>The gateway does not let this add-on trade live.</summary>
        LinkRights = 28,
        /// <summary>The instrument's currency is not the account's.</summary>
        Currency = 29,
        /// <summary>The gateway's rule that gave the signal is not on the list of those to trade on.</summary>
        RuleAllowed = 30
    }
}
