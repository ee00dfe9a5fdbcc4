using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>What the parts of trading share. Trading thread.</summary>
    internal sealed class TradingState
    {
        private readonly Dictionary<string, AccountBook> books =
            new Dictionary<string, AccountBook>(StringComparer.Ordinal);

        private readonly Dictionary<string, ContractSpec> contracts =
            new Dictionary<string, ContractSpec>(StringComparer.Ordinal);

        /// <summary>What the settings let us trade.</summary>
        private readonly InstrumentScope scope;

        private readonly ITradingPlatform platform;

        public TradingState(TradingSettings settings, ITradingPlatform platform)
        {
            scope = new InstrumentScope(settings.Instruments);
            this.platform = platform;
            foreach (IList<string> accounts in new[] { settings.SimulationAccounts, settings.LiveAccounts })
            {
                foreach (string account in accounts)
                {
                    books[account] = new AccountBook(account);
                }
            }
        }

        /// <summary>Local clock when this run began.</summary>
        public long BeganAt { get; set; }

        public TradingMode Mode { get; set; }

        public bool IsArmed { get; private set; }

        /// <summary>Why it was disarmed last; empty: it is armed, or never was in this run.</summary>
        public string DisarmReason { get; private set; } = "";

        /// <summary>When that was, local clock; 0: see above.</summary>
        public long DisarmedAt { get; private set; }

        public bool IsKilled { get; set; }

        public string KillReason { get; set; } = "";

        /// <summary>Armed, or last armed; null: none was.</summary>
        public AccountBook Active { get; set; }

        /// <summary>Session that the link is in; null: it is down.</summary>
        public ulong? LinkSession { get; set; }

        /// <summary>The comparison of the clocks of the link whose signals come; null: none is attached.</summary>
        public ClockSynchroniser Clocks { get; set; }

        /// <summary>Asks what the gateway lets us do; nothing known: to view.</summary>
        public Func<PeerRights> RightsSource { get; set; } = () => PeerRights.View;

        public PeerRights Rights => LinkSession.HasValue ? RightsSource() : PeerRights.View;

        /// <summary>Asks what the gateway says of its market; nothing known: not stated.</summary>
        public Func<Market> MarketSource { get; set; } = () => Market.NotStated;

        public Market Market => LinkSession.HasValue ? MarketSource() : Market.NotStated;

        /// <summary>Local clock when the link was lost; 0: it was not.</summary>
        public long LinkLostAt { get; set; }

        public Dictionary<KeyValuePair<Venue, ulong>, BookState> BookStates { get; } =
            new Dictionary<KeyValuePair<Venue, ulong>, BookState>();

        /// <summary>Accounts of the settings.</summary>
        public IEnumerable<AccountBook> Books => books.Values;

        public void Arm()
        {
            IsArmed = true;
            DisarmReason = "";
            DisarmedAt = 0;
        }

        /// <summary>The reason stays until armed again: whoever looks later must still find it.</summary>
        /// <returns>false: it was not armed, and what disarmed it before is still the reason</returns>
        public bool Disarm(string reason, long now)
        {
            if (!IsArmed)
            {
                return false;
            }
            IsArmed = false;
            DisarmReason = reason;
            DisarmedAt = now;
            return true;
        }

        /// <summary>null: the settings do not name it, and it is none of ours.</summary>
        public AccountBook Book(string account)
        {
            AccountBook book;
            return account != null && books.TryGetValue(account, out book) ? book : null;
        }

        /// <summary>null: the platform does not know it.</summary>
        public ContractSpec Contract(string instrument)
        {
            ContractSpec contract;
            if (!contracts.TryGetValue(instrument, out contract))
            {
                contract = platform.FindContract(instrument);
                if (contract != null)
                {
                    contracts.Add(instrument, contract);
                    platform.WatchQuotes(contract.Instrument);
                    foreach (InstrumentScope one in Scopes)
                    {
                        one.Told(instrument, contract.Instrument);
                    }
                }
            }
            return contract;
        }

        /// <summary>
        /// Asks the platform for the instruments that the settings, or an earlier run, name in full, so that what is
        /// open in them is known for ours whatever the platform calls them.
        /// </summary>
        public void FindScope()
        {
            foreach (string named in Scopes.SelectMany(one => one.Contracts).ToArray())
            {
                Contract(named);
            }
        }

        /// <summary>
        /// Whether the settings let us trade it, or an earlier run may have left something open in it: what we flatten
        /// and reconcile in an account, and nothing else.
        /// </summary>
        public bool IsInScope(AccountBook book, string instrument) =>
            scope.Covers(instrument) || book.Inherited.Covers(instrument);

        /// <summary>Whether there is a position or an order in what we may have traded there.</summary>
        public bool IsTouched(AccountBook book) => book.Touched.Any(instrument => IsInScope(book, instrument));

        /// <summary>Names of all that trading may leave something open in, for a later run.</summary>
        public IEnumerable<string> ScopeOf(AccountBook book) => scope.Names.Concat(book.Inherited.Names).Distinct();

        private IEnumerable<InstrumentScope> Scopes =>
            new[] { scope }.Concat(books.Values.Select(book => book.Inherited));
    }
}
