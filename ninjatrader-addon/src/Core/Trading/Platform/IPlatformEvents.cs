namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Hears what happens on the platform. Any thread, several at a time, never blocks and never throws: the trading
    /// core only queues it. An object handed over is not changed afterwards by anyone.
    /// </summary>
    public interface IPlatformEvents
    {
        /// <summary>State of an order, ours or another's, of any account.</summary>
        void OnOrder(OrderReport order);

        /// <summary>A fill, of any account.</summary>
        void OnExecution(ExecutionReport execution);

        /// <summary>A position after a change; quantity 0 where the platform says that it was removed.</summary>
        void OnPosition(PositionReport position);

        /// <summary>Best bid and offer of a watched instrument.</summary>
        void OnQuote(PlatformQuote quote);

        /// <summary>Money of an account.</summary>
        void OnAccount(AccountReport account);

        /// <summary>Whether orders and prices of an account go through. Told at the start for every account.</summary>
        void OnConnection(ConnectionReport connection);

        /// <summary>Something of an account happened that could not be understood: what is known of it may be wrong.</summary>
        void OnUnreadable(string account, string what);

        /// <summary>Answers RequestSnapshot.</summary>
        void OnSnapshot(PlatformSnapshot snapshot);
    }
}
