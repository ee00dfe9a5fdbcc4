namespace Tickbridge.NinjaPlatform
{
    using System;

    /// <summary>NinjaTrader's times, which are of the machine's time zone unless a person set another.</summary>
    internal static class PlatformTime
    {
        private const long NanosPerTick = 100;
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        /// <summary>ns since the Unix epoch.</summary>
        public static long ToNanos(DateTime time)
        {
            DateTime utc = time.Kind == DateTimeKind.Utc ? time : DateTime.SpecifyKind(time, DateTimeKind.Local)
                .ToUniversalTime();
            return (utc - Epoch).Ticks * NanosPerTick;
        }
    }
}
