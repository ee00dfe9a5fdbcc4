using System;

namespace Tickbridge.Core
{
    /// <summary>
    /// What a logged-on session does by the clock: heartbeats, clock probes, and noticing that the gateway went silent.
    /// SPECIFICATION.md section 7. All times ns of the local clock.
    /// </summary>
    internal sealed class SessionTimers
    {
        private const long Millisecond = 1000000;
        private const long Second = 1000 * Millisecond;
        private const long ShortestInterval = 10 * Millisecond;
        private const long LongestInterval = 3600 * Second;
        private const long SilentIntervals = 3;
        private const int QuickProbes = 8;
        private const long QuickProbeInterval = 125 * Millisecond;
        private const long ProbeInterval = Second;

        private readonly FrameWriter writer;
        private long interval;
        private long silenceLimit;
        private long lastSignOfLife;
        private long nextHeartbeat;
        private long nextProbe;
        private ulong heartbeats;
        private ulong probes;

        public SessionTimers(FrameWriter writer)
        {
            this.writer = writer;
        }

        /// <summary>When something is due next.</summary>
        public long Next => Math.Min(SilentAt, Math.Min(nextHeartbeat, nextProbe));

        private long SilentAt => lastSignOfLife + silenceLimit;

        /// <param name="now">local clock</param>
        /// <param name="heartbeatInterval">as the gateway says, ns; kept between 10 ms and an hour</param>
        public void Start(long now, long heartbeatInterval)
        {
            interval = Math.Min(Math.Max(heartbeatInterval, ShortestInterval), LongestInterval);
            silenceLimit = SilentIntervals * interval;
            lastSignOfLife = now;
            nextHeartbeat = now + interval;
            nextProbe = now;
        }

        /// <summary>The gateway says how long a silence may last, ns; kept between one interval and an hour.</summary>
        public void LimitSilence(long limit)
        {
            silenceLimit = Math.Min(Math.Max(limit, interval), LongestInterval);
        }

        /// <summary>A whole frame came.</summary>
        public void SignOfLife(long now)
        {
            lastSignOfLife = now;
        }

        public bool IsSilent(long now) => now >= SilentAt;

        /// <summary>Writes what is due.</summary>
        public void WriteDue(long now)
        {
            if (now >= nextProbe)
            {
                probes++;
                writer.WriteClockProbe(probes, now, now);
                nextProbe = now + (probes < QuickProbes ? QuickProbeInterval : ProbeInterval);
            }
            if (now >= nextHeartbeat)
            {
                heartbeats++;
                writer.WriteHeartbeat(heartbeats, now);
                nextHeartbeat = now + interval;
            }
        }
    }
}
