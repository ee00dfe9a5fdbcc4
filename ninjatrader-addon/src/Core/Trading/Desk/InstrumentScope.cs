using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Instruments by the names that people write, a root ("ES") or a contract ("ES 12-26"), and by what the platform
    /// calls them. Trading thread.
    /// </summary>
    internal sealed class InstrumentScope
    {
        private readonly HashSet<string> names;

        /// <summary>The platform's own names: it may write them in another way.</summary>
        private readonly HashSet<string> told = new HashSet<string>(StringComparer.Ordinal);

        public InstrumentScope(IEnumerable<string> names)
        {
            this.names = new HashSet<string>(names, StringComparer.Ordinal);
        }

        /// <summary>As they were written.</summary>
        public IEnumerable<string> Names => names;

        /// <summary>Named in full: the platform can be asked for them.</summary>
        public IEnumerable<string> Contracts => names.Where(name => name.IndexOf(' ') >= 0).ToArray();

        public bool Covers(string instrument)
        {
            int space = instrument.IndexOf(' ');
            return names.Contains(instrument) || told.Contains(instrument)
                || space >= 0 && names.Contains(instrument.Substring(0, space));
        }

        public void Add(string name)
        {
            names.Add(name);
        }

        /// <summary>The platform told what it calls an instrument.</summary>
        public void Told(string asked, string platformName)
        {
            if (Covers(asked))
            {
                told.Add(platformName);
            }
        }

        public void Clear()
        {
            names.Clear();
            told.Clear();
        }
    }
}
