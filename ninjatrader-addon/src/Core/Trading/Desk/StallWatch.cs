using System;
using System.Globalization;
using System.Threading;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Whether the trading thread still comes round. The platform or the disk may hold it inside a call: then fills get no
    /// stop, nobody looks at the loss, KILL waits behind, and what is shown is the last picture. Any thread.
    /// </summary>
    internal sealed class StallWatch
    {
        private const long PatienceMillis = 1000;

        private readonly Func<long> millis;
        private long roundAt;
        private long killAt;
        private int kills;

        /// <param name="millis">a monotonic clock, never 0</param>
        public StallWatch(Func<long> millis)
        {
            this.millis = millis;
        }

        /// <summary>What a person must know; null: it answers, or does not run.</summary>
        public string Alarm
        {
            get
            {
                long now = millis();
                long round = Volatile.Read(ref roundAt);
                long kill = Volatile.Read(ref kills) <= 0 ? 0 : Volatile.Read(ref killAt);
                long since = Math.Max(round == 0 ? 0 : now - round, kill == 0 ? 0 : now - kill);
                return since < PatienceMillis
                    ? null
                    : "trading has not answered for " + (since / 1000).ToString(CultureInfo.InvariantCulture) + " s: "
                        + (kill == 0 ? "KILL could not act" : "KILL was pressed and does not act")
                        + ", what is shown is old; close by hand or by telephone";
            }
        }

        /// <summary>The trading thread came round.</summary>
        public void Round()
        {
            Volatile.Write(ref roundAt, millis());
        }

        /// <summary>The trading thread has ended.</summary>
        public void Ended()
        {
            Volatile.Write(ref roundAt, 0);
            Volatile.Write(ref kills, 0);
        }

        public void KillAsked()
        {
            if (Interlocked.Increment(ref kills) == 1)
            {
                Volatile.Write(ref killAt, millis());
            }
        }

        public void KillTaken()
        {
            Interlocked.Decrement(ref kills);
        }
    }
}
