using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Accounts that an earlier run traded on, and that the settings name no more: nobody can look at them, so they are
    /// an alarm, and handed on from run to run, until they are named again or a person releases the kill switch with
    /// them in view. Trading thread.
    /// </summary>
    internal sealed class StrayAccounts
    {
        private readonly List<RecordLine> lines = new List<RecordLine>();

        /// <summary>As they were read.</summary>
        public IEnumerable<RecordLine> Lines => lines;

        public IEnumerable<string> Accounts => lines.Select(line => line.Account).Distinct();

        /// <summary>null: none.</summary>
        public string Alarm => lines.Count == 0 ? null
            : "account " + string.Join(", ", Accounts.ToArray()) + " was traded on and not seen flat, and the settings do "
                + "not name it any more: name it again and press Connect; or look at it by hand, then press KILL and "
                + "release it";

        public void Add(RecordLine line)
        {
            lines.Add(line);
        }

        /// <summary>A person has looked.</summary>
        public void Forget()
        {
            lines.Clear();
        }
    }
}
