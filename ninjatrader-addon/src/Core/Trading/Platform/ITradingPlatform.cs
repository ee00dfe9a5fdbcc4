namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// All that the trading core does to a trading platform and learns from it. NinjaTrader's layer implements it, and
    /// so does the simulated platform.
    /// </summary>
    /// <remarks>
    /// Threads. The core calls every method from its one trading thread, never two at a time. Every method returns at
    /// once; what becomes of it is told later through <see cref="IPlatformEvents"/>, which the platform may call on any
    /// thread, several at a time, also from within the call that caused it: the core queues what it hears and looks at
    /// it later on the trading thread. The platform tells events of one order in the order in which they happened.
    ///
    /// Failures. A request that fails at once is told as an event too (a rejected order, a refused cancel), not by
    /// an exception. An exception is taken for "nobody knows": the order counts as working until a snapshot says
    /// otherwise, and trading stops.
    ///
    /// Handles. An order is known by a handle, because a platform's order id may change during its life. The core gives
    /// the handles of its own orders, above 0. The platform gives handles below 0, of its own choice, to orders that
    /// the core did not submit in this run, and keeps them as long as it runs. 0 is no order.
    /// </remarks>
    public interface ITradingPlatform
    {
        /// <summary>Begins to tell of every account, order, execution, position and connection. Called once.</summary>
        void Start(IPlatformEvents events);

        /// <summary>Ends that; after it returns no event is begun. Orders and positions stay as they are.</summary>
        void Stop();

        /// <summary>What the platform knows of an instrument by its own name ("ES 12-26"); null: it knows none.</summary>
        ContractSpec FindContract(string instrument);

        /// <summary>Begins to tell quotes of an instrument; does nothing if it does already.</summary>
        void WatchQuotes(string instrument);

        /// <summary>
        /// Asks for the orders, positions and executions of an account as they are; OnSnapshot answers with the same
        /// request number.
        /// </summary>
        void RequestSnapshot(string account, long request);

        /// <summary>Submits orders, all together where they share an OCO group.</summary>
        void Submit(OrderTicket[] orders);

        /// <summary>Changes quantity and prices of a working order.</summary>
        void Change(OrderChange change);

        /// <summary>Asks to cancel an order, one of ours or another's.</summary>
        void Cancel(string account, long handle);

        /// <summary>
        /// Lets the platform cancel every order of an instrument and close its position at the market. Fills on
        /// their way can leave a position the other way round: the core checks afterwards.
        /// </summary>
        void Flatten(string account, string instrument);
    }
}
