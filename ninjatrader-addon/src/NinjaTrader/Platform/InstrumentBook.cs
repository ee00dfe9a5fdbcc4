namespace Tickbridge.NinjaPlatform
{
    using System.Collections.Generic;
    using NinjaTrader.Cbi;

    /// <summary>
    /// NinjaTrader's instruments by their full names, which are not always what they are asked for by. Any thread.
    /// </summary>
    internal sealed class InstrumentBook
    {
        private readonly object access = new object();
        private readonly Dictionary<string, Instrument> instruments = new Dictionary<string, Instrument>();

        /// <summary>null: NinjaTrader knows none of that name.</summary>
        public Instrument Find(string name)
        {
            Instrument found;
            lock (access)
            {
                if (instruments.TryGetValue(name, out found))
                {
                    return found;
                }
            }
            // Outside the lock: NinjaTrader may take long.
            found = Instrument.GetInstrument(name);
            if (found != null)
            {
                lock (access)
                {
                    instruments[found.FullName] = found;
                }
            }
            return found;
        }
    }
}
