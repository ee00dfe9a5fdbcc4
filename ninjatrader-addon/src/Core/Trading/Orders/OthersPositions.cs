using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Positions that are none of our trades': by hand, of another strategy, or there before us. Trading thread.
    /// </summary>
    internal sealed class OthersPositions
    {
        private readonly Dictionary<AccountBook, Dictionary<string, int>> positions =
            new Dictionary<AccountBook, Dictionary<string, int>>();

        /// <summary>Long above 0.</summary>
        public int Of(AccountBook book, string instrument)
        {
            Dictionary<string, int> held;
            int quantity;
            return positions.TryGetValue(book, out held) && held.TryGetValue(instrument, out quantity) ? quantity : 0;
        }

        public void Set(AccountBook book, string instrument, int quantity)
        {
            Dictionary<string, int> held;
            if (!positions.TryGetValue(book, out held))
            {
                held = new Dictionary<string, int>(StringComparer.Ordinal);
                positions.Add(book, held);
            }
            held[instrument] = quantity;
        }

        public void Add(AccountBook book, string instrument, int signed)
        {
            Set(book, instrument, Of(book, instrument) + signed);
        }

        /// <summary>Takes from a fill what closes of it.</summary>
        /// <param name="book">of the account</param>
        /// <param name="instrument">the platform's name</param>
        /// <param name="signed">bought above 0, sold below</param>
        /// <returns>how much of the fill that was, 0 or more</returns>
        public int Close(AccountBook book, string instrument, int signed)
        {
            int held = Of(book, instrument);
            if (Math.Sign(held) != -Math.Sign(signed))
            {
                return 0;
            }
            int closed = Math.Min(Math.Abs(held), Math.Abs(signed));
            Set(book, instrument, held + Math.Sign(signed) * closed);
            return closed;
        }

        public void Clear(AccountBook book)
        {
            positions.Remove(book);
        }
    }
}
