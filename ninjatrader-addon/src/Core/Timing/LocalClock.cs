using System;
using System.Diagnostics;
using System.Threading;

namespace Tickbridge.Core
{
    /// <summary>
    /// A monotonic clock, set once against the wall clock. DateTime.UtcNow moves in steps of up to 15 ms under .NET
    /// Framework and jumps when the system is corrected; this one does neither. How far it is from the gateway's clock is
    /// what the clock probes measure, so the error of that one setting does no harm to any age. Any thread.
    /// </summary>
    public sealed class LocalClock : IClock
    {
        private const long NanosPerSecond = 1000000000;

        private static readonly long Frequency = Stopwatch.Frequency;

        // Static: every LocalClock made in between shows the same, so that trading may judge times that the link noted.
        private static Setting latest = new Setting();

        private readonly Setting setting = Volatile.Read(ref latest);

        public long Now
        {
            get
            {
                long elapsed = Stopwatch.GetTimestamp() - setting.Stamp;
                // Seconds and the rest apart: the product would overflow after 15 minutes otherwise.
                return setting.Time + elapsed / Frequency * NanosPerSecond
                    + elapsed % Frequency * NanosPerSecond / Frequency;
            }
        }

        /// <summary>
        /// Clocks that are made from now on are set by the wall clock as it is now: a person may have mended that, and a
        /// counter runs away from it by a second or two a day. Those there are go on as they were, so nothing that lives
        /// sees time jump; times of older ones must not be held against these.
        /// </summary>
        public static void SetAnew()
        {
            Volatile.Write(ref latest, new Setting());
        }

        /// <summary>The wall clock at a moment of the counter. Immutable.</summary>
        private sealed class Setting
        {
            private const long NanosPerTick = 100;
            private const long UnixEpochTicks = 621355968000000000;

            /// <summary>ns since the Unix epoch.</summary>
            public long Time { get; } = (DateTime.UtcNow.Ticks - UnixEpochTicks) * NanosPerTick;

            public long Stamp { get; } = Stopwatch.GetTimestamp();
        }
    }
}
