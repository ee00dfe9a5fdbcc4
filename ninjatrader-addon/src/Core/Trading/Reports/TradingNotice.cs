namespace Tickbridge.Core.Trading
{
    /// <summary>What a notice is of. The numbers go over the link and into logs: they stay.</summary>
    public enum NoticeKind
    {
        Started = 1,
        Stopped = 2,
        Armed = 3,
        ArmingRefused = 4,
        Disarmed = 5,
        Killed = 6,
        KillCleared = 7,
        /// <summary>The kill switch has verified that account and instruments are flat and without orders.</summary>
        Flat = 8,
        Reconciled = 9,
        /// <summary>The platform's orders or positions differ from what the core knows.</summary>
        Mismatch = 10,
        LinkLost = 11,
        LinkRestored = 12,
        PlatformLost = 13,
        PlatformRestored = 14,
        OrphanCancelled = 15,
        Warning = 16,
        /// <summary>A person must look now: something could not be made safe.</summary>
        Alarm = 17
    }

    /// <summary>Something about trading as a whole that a person may want to know. Immutable.</summary>
    public sealed class TradingNotice
    {
        public TradingNotice(NoticeKind kind, long time, string account, string instrument, string text)
        {
            Kind = kind;
            Time = time;
            Account = account ?? "";
            Instrument = instrument ?? "";
            Text = text ?? "";
        }

        public NoticeKind Kind { get; }

        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long Time { get; }

        /// <summary>Empty: of none in particular.</summary>
        public string Account { get; }

        /// <summary>Empty: of none in particular.</summary>
        public string Instrument { get; }

        /// <summary>One line for people.</summary>
        public string Text { get; }
    }
}
