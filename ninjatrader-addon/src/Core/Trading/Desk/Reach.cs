using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// What closing and looking reach, in a person's words: "ES, NQ on Sim101". Who reads that all is flat must read of
    /// what it is said. Trading thread.
    /// </summary>
    internal static class Reach
    {
        /// <summary>Empty: they are allowed nothing, and nothing of an earlier run is known there.</summary>
        public static string Of(TradingState state, IEnumerable<AccountBook> books) => string.Join("; ", books
            .GroupBy(book => Instruments(state, book)).Where(group => group.Key.Length > 0)
            .Select(group => group.Key + " on " + string.Join(", ", group.Select(book => book.Account).ToArray())).ToArray());

        /// <summary>Empty: none.</summary>
        public static string Instruments(TradingState state, AccountBook book) =>
            string.Join(", ", state.ScopeOf(book).ToArray());
    }
}
