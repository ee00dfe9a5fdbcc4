namespace Tickbridge.NinjaPlatform
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using NinjaTrader.Cbi;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// What of NinjaTrader's is listened to from Start to Stop: accounts, connections, quotes. One lock guards who hears and
    /// what is subscribed to, so that nothing is joined any more once it is left. Any thread.
    /// </summary>
    internal sealed class PlatformWatch
    {
        private readonly object access = new object();
        private readonly IClock clock;
        private readonly OrderBook orders;
        private readonly Dictionary<Account, AccountWatch> accounts = new Dictionary<Account, AccountWatch>();
        /// <summary>Which of several of one name is meant.</summary>
        private readonly Dictionary<string, AccountWatch> meant = new Dictionary<string, AccountWatch>();

        private readonly Dictionary<string, QuoteWatch> quotes = new Dictionary<string, QuoteWatch>();
        private IPlatformEvents events;

        public PlatformWatch(IClock clock, OrderBook orders)
        {
            this.clock = clock;
            this.orders = orders;
        }

        /// <summary>Between Start and Stop.</summary>
        public bool IsRunning
        {
            get
            {
                lock (access)
                {
                    return events != null;
                }
            }
        }

        public void Start(IPlatformEvents heard)
        {
            lock (access)
            {
                events = heard;
            }
            Account.AccountStatusUpdate += OnAccountStatus;
            Connection.ConnectionStatusUpdate += OnConnectionStatus;
            Account[] known;
            lock (Account.All)
            {
                known = Account.All.ToArray();
            }
            foreach (Account account in known)
            {
                Watch(account);
            }
            foreach (string name in known.Select(account => account.Name).Distinct())
            {
                Find(name).TellConnection();
            }
            heard.OnAllTold();
        }

        /// <summary>Does nothing where it does not run.</summary>
        public void Stop()
        {
            AccountWatch[] watched;
            QuoteWatch[] watches;
            lock (access)
            {
                if (events == null)
                {
                    return;
                }
                events = null;
                watched = accounts.Values.ToArray();
                watches = quotes.Values.ToArray();
                accounts.Clear();
                meant.Clear();
                quotes.Clear();
            }
            Account.AccountStatusUpdate -= OnAccountStatus;
            Connection.ConnectionStatusUpdate -= OnConnectionStatus;
            foreach (AccountWatch account in watched)
            {
                account.Stop();
            }
            foreach (QuoteWatch quote in watches)
            {
                quote.Stop();
            }
        }

        /// <summary>Subscribes to an instrument's quotes, once.</summary>
        public void WatchQuotes(Instrument instrument)
        {
            QuoteWatch watch;
            lock (access)
            {
                IPlatformEvents heard = events;
                if (heard == null || quotes.ContainsKey(instrument.FullName))
                {
                    return;
                }
                watch = new QuoteWatch(instrument, clock, heard.OnQuote);
                quotes.Add(instrument.FullName, watch);
            }
            watch.Start();
        }

        /// <summary>
        /// null: NinjaTrader has told of none of that name. Of several, which a change of the connection may leave behind, the
        /// one that is connected; while none is, the one that was last.
        /// </summary>
        public AccountWatch Find(string account)
        {
            AccountWatch[] namesakes;
            lock (access)
            {
                namesakes = accounts.Values.Where(watch => watch.Account.Name == account).ToArray();
            }
            // Outside the lock: NinjaTrader may hold one of its own while it answers.
            AccountWatch[] connected = namesakes.Where(watch => watch.IsConnected).ToArray();
            lock (access)
            {
                AccountWatch before;
                if (!meant.TryGetValue(account, out before) || connected.Length > 0 && !connected.Contains(before))
                {
                    before = connected.Concat(namesakes).FirstOrDefault();
                    if (before != null && events != null)
                    {
                        meant[account] = before;
                    }
                }
                return before;
            }
        }

        /// <summary>Tells who hears; nobody, where it does not run.</summary>
        public void Tell(Action<IPlatformEvents> what)
        {
            IPlatformEvents heard;
            lock (access)
            {
                heard = events;
            }
            if (heard != null)
            {
                what(heard);
            }
        }

        private void OnAccountStatus(object sender, AccountStatusEventArgs args)
        {
            if (args.Account != null && Watch(args.Account) != null)
            {
                Find(args.Account.Name)?.TellConnection();
            }
        }

        private void OnConnectionStatus(object sender, ConnectionStatusEventArgs args)
        {
            string[] names;
            lock (access)
            {
                names = accounts.Keys.Select(account => account.Name).Distinct().ToArray();
            }
            foreach (string name in names)
            {
                Find(name)?.TellConnection();
            }
        }

        /// <summary>Subscribes to an account that is new. null: everything was stopped.</summary>
        private AccountWatch Watch(Account account)
        {
            AccountWatch watch;
            lock (access)
            {
                if (events == null)
                {
                    return null;
                }
                if (accounts.TryGetValue(account, out watch))
                {
                    return watch;
                }
                watch = new AccountWatch(account, orders, clock, events, one => Find(account.Name) == one);
                accounts.Add(account, watch);
                watch.Start();
            }
            return watch;
        }
    }
}
