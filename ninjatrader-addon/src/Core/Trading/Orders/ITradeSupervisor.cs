namespace Tickbridge.Core.Trading
{
    /// <summary>What the parts of trading call for when they cannot put something right themselves.</summary>
    internal interface ITradeSupervisor
    {
        /// <summary>Local clock, ns since the Unix epoch.</summary>
        long Now { get; }

        /// <summary>Something could not be made safe: everything is to be closed.</summary>
        void Kill(string reason);

        /// <summary>What the platform did is not known: disarm, and ask it for everything.</summary>
        void Doubt(AccountBook book, string reason);

        /// <summary>No new orders; entries are cancelled.</summary>
        void Disarm(string reason);

        void Notice(NoticeKind kind, AccountBook book, string instrument, string text);

        /// <summary>An order ended before the platform had it.</summary>
        void Unsent(OrderReport order);

        /// <summary>The account is being flattened: nobody else may send orders.</summary>
        bool IsFlattening(AccountBook book);
    }
}
