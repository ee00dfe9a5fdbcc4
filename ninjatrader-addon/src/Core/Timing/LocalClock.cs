using System;
using System.Diagnostics;

namespace Tickbridge.Core
{
    /// <summary>
    /// A monotonic clock, set once against the wall clock when it is first used. DateTime.UtcNow moves in steps of up to
    /// 15 ms under .NET Framework and jumps when the system is corrected; this one does neither. How far it is from
    /// the gateway's clock is what the clock probes measure, so the error of that one setting does no harm.
    /// Any thread.
    /// </summary>
    public sealed class LocalClock : IClock
    {
        private const long NanosPerSecond = 1000000000;
        private const long NanosPerTick = 100;
        private const long UnixEpochTicks = 621355968000000000;

        // Static: every LocalClock shows the same, so that trading may judge times that the link noted.
        private static readonly long Frequency = Stopwatch.Frequency;
        private static readonly long StartTime = (DateTime.UtcNow.Ticks - UnixEpochTicks) * NanosPerTick;
        private static readonly long StartStamp = Stopwatch.GetTimestamp();

        public long Now
        {
            get
            {
                long elapsed = Stopwatch.GetTimestamp() - StartStamp;
                // Seconds and the rest apart: the product would overflow after 15 minutes otherwise.
                return StartTime + elapsed / Frequency * NanosPerSecond
                    + elapsed % Frequency * NanosPerSecond / Frequency;
            }
        }
    }
}
