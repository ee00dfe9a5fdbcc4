using System;
using System.Diagnostics;

namespace Tickbridge.Core
{
    /// <summary>
    /// A monotonic clock, set once against the wall clock when it is made. DateTime.UtcNow moves in steps of up to
    /// 15 ms under .NET Framework and jumps when the system is corrected; this one does neither. How far it is from
    /// the gateway's clock is what the clock probes measure, so the error of that one setting does no harm.
    /// Any thread.
    /// </summary>
    public sealed class LocalClock : IClock
    {
        private const long NanosPerSecond = 1000000000;
        private const long NanosPerTick = 100;
        private const long UnixEpochTicks = 621355968000000000;

        private readonly long startTime;
        private readonly long startStamp;
        private readonly long frequency;

        public LocalClock()
        {
            frequency = Stopwatch.Frequency;
            startTime = (DateTime.UtcNow.Ticks - UnixEpochTicks) * NanosPerTick;
            startStamp = Stopwatch.GetTimestamp();
        }

        public long Now
        {
            get
            {
                long elapsed = Stopwatch.GetTimestamp() - startStamp;
                // Seconds and the rest apart: the product would overflow after 15 minutes otherwise.
                return startTime + elapsed / frequency * NanosPerSecond
                    + elapsed % frequency * NanosPerSecond / frequency;
            }
        }
    }
}
