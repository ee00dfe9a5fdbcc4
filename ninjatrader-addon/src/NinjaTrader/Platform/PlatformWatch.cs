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
    /// what is subscribed to, so that nothing stays joined once it is left. Nothing is asked of NinjaTrader inside it:
    /// its threads take it in each event, and may hold locks of NinjaTrader's own. What cannot be read is told as that, and
    /// leaves into no thread of NinjaTrader's. Any thread.
    /// </summary>
    internal sealed class PlatformWatch
    {
        private readonly object access = new object();
        private readonly IClock clock;
        private readonly OrderBook orders;
        private readonly Dictionary<Account, AccountWatch> accounts = new Dictionary<Account, AccountWatch>();
        /// <summary>Which of several of one name is meant.</summary>
        private readonly Dictionary<string, AccountWatch> meant = new Dictionary<string, AccountWatch>();

        /// <summary>What the connection is called of which an account was told last.</summary>
        private readonly Dictionary<string, string> connectionOf = new Dictionary<string, string>();

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
            // Before anything is joined: what is told of by an event may have been connected only then.
            var standing = new HashSet<Account>(Known().Where(SeemsConnected));
            Account.AccountStatusUpdate += OnAccountStatus;
            Connection.ConnectionStatusUpdate += OnConnectionStatus;
            Account[] known = Known();
            foreach (Account account in known)
            {
                Guard(account.Name, () => Watch(account));
            }
            foreach (string name in known.Select(account => account.Name).Distinct())
            {
                TellFirst(name, standing);
            }
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
            AccountWatch[] connected = namesakes.Where(watch => SeemsConnected(watch.Account)).ToArray();
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

        /// <summary>
        /// Tells how an account's connection stands, until what was told last is how it stands still: of two threads, the one
        /// that read the older state may be the last to tell.
        /// </summary>
        /// <param name="account">its name</param>
        /// <param name="told">what the caller told of it already; null: nothing</param>
        public void TellConnection(string account, ConnectionReport told)
        {
            Guard(account, () =>
            {
                for (ConnectionReport now = Read(account); now != null && !now.SaysTheSame(told); now = Read(account))
                {
                    told = now;
                    Tell(heard => heard.OnConnection(told));
                }
            });
        }

        private void TellFirst(string account, ICollection<Account> standing)
        {
            Guard(account, () =>
            {
                ConnectionReport first = Read(account, standing);
                if (first != null)
                {
                    Tell(heard => heard.OnConnection(first));
                    TellConnection(account, first);
                }
            });
        }

        /// <summary>How the account's connection stands, and whether it is another's than was read last.</summary>
        /// <returns>null: there is no such account</returns>
        private ConnectionReport Read(string account, ICollection<Account> standing = null)
        {
            AccountWatch which = Find(account);
            if (which == null)
            {
                return null;
            }
            string connection = which.ConnectionName;
            bool isAnother;
            lock (access)
            {
                string before;
                isAnother = connectionOf.TryGetValue(account, out before) && before != connection;
                connectionOf[account] = connection;
            }
            return which.Connection(standing != null && standing.Contains(which.Account), isAnother ? connection : null);
        }

        private void OnAccountStatus(object sender, AccountStatusEventArgs args)
        {
            if (args.Account != null)
            {
                Guard(args.Account.Name, () => Watch(args.Account));
                TellConnection(args.Account.Name, TellLost(args));
            }
        }

        /// <summary>
        /// Told late it may be back by now. That it was away must be known all the same: what happened meanwhile is not, and
        /// what the account holds is loaded anew.
        /// </summary>
        /// <returns>what was told; null: nothing</returns>
        private ConnectionReport TellLost(AccountStatusEventArgs args)
        {
            ConnectionReport lost = null;
            Guard(args.Account.Name, () =>
            {
                if (args.Status != ConnectionStatus.Connected && Find(args.Account.Name)?.Account == args.Account)
                {
                    lost = new ConnectionReport(args.Account.Name, false, false, clock.Now);
                    Tell(heard => heard.OnConnection(lost));
                }
            });
            return lost;
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
                TellConnection(name, null);
            }
        }

        /// <summary>
        /// Subscribes to an account that is new. It counts once it is joined, so that no snapshot is older than that; where
        /// everything was stopped meanwhile, or another thread was quicker, it is left again unheard.
        /// </summary>
        private void Watch(Account account)
        {
            IPlatformEvents heard;
            lock (access)
            {
                heard = events;
                if (heard == null || accounts.ContainsKey(account))
                {
                    return;
                }
            }
            var watch = new AccountWatch(account, orders, clock, heard, one => Find(account.Name) == one);
            bool counts = false;
            try
            {
                watch.Start();
                lock (access)
                {
                    counts = events == heard && !accounts.ContainsKey(account);
                    if (counts)
                    {
                        accounts.Add(account, watch);
                    }
                }
            }
            finally
            {
                if (!counts)
                {
                    watch.Stop();
                }
            }
        }

        private void Guard(string account, Action what)
        {
            try
            {
                what();
            }
            catch (Exception e)
            {
                Tell(heard => heard.OnUnreadable(account, "the state of NinjaTrader's account cannot be read: " + e.Message));
            }
        }

        private static Account[] Known()
        {
            lock (Account.All)
            {
                return Account.All.ToArray();
            }
        }

        /// <summary>One that cannot be asked must not hide a namesake that can; who is told of it alone hears of that.</summary>
        private static bool SeemsConnected(Account account)
        {
            try
            {
                return AccountWatch.IsConnected(account);
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}
