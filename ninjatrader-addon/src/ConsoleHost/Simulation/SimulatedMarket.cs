using System.Collections.Generic;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// What is traded at the simulated broker, and at which prices now. Not for several threads: the platform's lock guards
    /// it.
    /// </summary>
    internal sealed class SimulatedMarket
    {
        private readonly Dictionary<string, ContractSpec> contracts = new Dictionary<string, ContractSpec>();
        private readonly Dictionary<string, PlatformQuote> quotes = new Dictionary<string, PlatformQuote>();

        public void Add(ContractSpec contract)
        {
            contracts[contract.Instrument] = contract;
        }

        public void Set(PlatformQuote quote)
        {
            quotes[quote.Instrument] = quote;
        }

        /// <summary>null: it is not traded.</summary>
        public ContractSpec ContractOf(string instrument)
        {
            ContractSpec found;
            return contracts.TryGetValue(instrument, out found) ? found : null;
        }

        /// <summary>null: none was given.</summary>
        public PlatformQuote QuoteOf(string instrument)
        {
            PlatformQuote found;
            return quotes.TryGetValue(instrument, out found) ? found : null;
        }
    }
}
