namespace Tickbridge.NinjaPlatform
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using NinjaTrader.Cbi;
    using NinjaTrader.Core;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using NtOrder = NinjaTrader.Cbi.Order;
    using NtTimeInForce = NinjaTrader.Cbi.TimeInForce;

    /// <summary>
    /// NinjaTrader as trading sees it. Its collections are locked while they are looked through; its events come on
    /// any of its threads and only queue.
    /// </summary>
    internal sealed class NinjaPlatform : ITradingPlatform
    {
        /// <summary>NinjaTrader wants the entry of an ATM strategy to be called so.</summary>
        private const string AtmEntryName = "Entry";

        private readonly object access = new object();
        private readonly IClock clock;
        private readonly OrderBook orders = new OrderBook();
        private readonly Dictionary<Account, AccountWatch> accounts = new Dictionary<Account, AccountWatch>();
        private readonly Dictionary<string, QuoteWatch> quotes = new Dictionary<string, QuoteWatch>();

        /// <summary>Instruments by their full names, which are not always what they are asked for by.</summary>
        private readonly Dictionary<string, Instrument> instruments = new Dictionary<string, Instrument>();

        private readonly AtmStarts atms;
        private IPlatformEvents events;

        public NinjaPlatform(IClock clock)
        {
            this.clock = clock;
            atms = new AtmStarts(clock, TellUnsent);
        }

        /// <summary>The full name that NinjaTrader gives an instrument; as it was asked for when it knows none.</summary>
        public static string FullNameOf(string instrument) => Instrument.GetInstrument(instrument)?.FullName ?? instrument;

        /// <summary>Names of the accounts that NinjaTrader has now. Any thread.</summary>
        public static string[] AccountNames()
        {
            lock (Account.All)
            {
                return Account.All.Select(account => account.Name).ToArray();
            }
        }

        public void Start(IPlatformEvents heard)
        {
            events = heard;
            Account.AccountStatusUpdate += OnAccountStatus;
            Connection.ConnectionStatusUpdate += OnConnectionStatus;
            Account[] known;
            lock (Account.All)
            {
                known = Account.All.ToArray();
            }
            foreach (Account account in known)
            {
                Watch(account).TellConnection();
            }
        }

        public void Stop()
        {
            AccountWatch[] watched;
            QuoteWatch[] watches;
            atms.Withdraw(ticket => true);
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

        public ContractSpec FindContract(string instrument)
        {
            Instrument found = InstrumentOf(instrument);
            MasterInstrument master = found?.MasterInstrument;
            // Orders, fills and positions carry the full name, so it is the name that counts.
            return master == null || master.TickSize <= 0
                ? null
                : new ContractSpec(found.FullName, Terms.Price(master.TickSize), master.PointValue,
                    master.Currency.ToString());
        }

        public void WatchQuotes(string instrument)
        {
            Instrument found = InstrumentOf(instrument);
            QuoteWatch watch;
            lock (access)
            {
                IPlatformEvents heard = events;
                if (heard == null || found == null || quotes.ContainsKey(found.FullName))
                {
                    return;
                }
                watch = new QuoteWatch(found, clock, heard.OnQuote);
                quotes.Add(found.FullName, watch);
            }
            watch.Start();
        }

        public void RequestSnapshot(string account, long request)
        {
            AccountWatch watch = Find(account);
            Tell(heard => heard.OnSnapshot(watch == null
                ? new PlatformSnapshot { Request = request, Account = account }
                : watch.Snapshot(request)));
        }

        public void Submit(OrderTicket[] tickets)
        {
            var created = new List<NtOrder>();
            foreach (OrderTicket ticket in tickets)
            {
                AccountWatch watch = Find(ticket.Account);
                Instrument instrument = InstrumentOf(ticket.Instrument);
                if (watch == null || instrument == null)
                {
                    TellUnsent(ticket, OrderStatus.Rejected, watch == null ? "NinjaTrader has no account " + ticket.Account
                        : "NinjaTrader has no instrument " + ticket.Instrument);
                    continue;
                }
                NtOrder order = Create(watch.Account, instrument, ticket);
                orders.Add(ticket, order);
                if (ticket.AtmTemplate != null)
                {
                    atms.Add(ticket, order);
                }
                else if (ticket.NotAfter != 0 && clock.Now > ticket.NotAfter)
                {
                    TellUnsent(ticket, OrderStatus.Cancelled, "NinjaTrader took too long to make the order: its signal is "
                        + "too old now");
                }
                else
                {
                    created.Add(order);
                }
            }
            foreach (IGrouping<Account, NtOrder> group in created.GroupBy(order => order.Account))
            {
                group.Key.Submit(group.ToArray());
            }
        }

        public void Change(OrderChange change)
        {
            NtOrder order = Find(change.Account, change.Handle);
            order.QuantityChanged = change.Quantity;
            order.LimitPriceChanged = Terms.Price(change.LimitPrice);
            order.StopPriceChanged = Terms.Price(change.StopPrice);
            order.Account.Change(new[] { order });
        }

        public void Cancel(string account, long handle)
        {
            NtOrder order = Find(account, handle);
            if (!atms.Withdraw(handle))
            {
                order.Account.Cancel(new[] { order });
            }
        }

        public void Flatten(string account, string instrument)
        {
            AccountWatch watch = Find(account);
            Instrument found = InstrumentOf(instrument);
            if (watch == null || found == null)
            {
                throw new InvalidOperationException("NinjaTrader has no " + (watch == null ? account : instrument));
            }
            atms.Withdraw(ticket => ticket.Account == account && ticket.Instrument == instrument);
            watch.Account.Flatten(new[] { found });
        }

        private NtOrder Find(string account, long handle)
        {
            NtOrder order = orders.Find(handle);
            if (order == null)
            {
                throw new InvalidOperationException("no order has the handle " + handle);
            }
            if (order.Account.Name != account)
            {
                throw new InvalidOperationException("order " + order.Name + " is of account " + order.Account.Name
                    + ", not of " + account);
            }
            return order;
        }

        /// <summary>null: NinjaTrader knows none of that name.</summary>
        private Instrument InstrumentOf(string name)
        {
            Instrument found;
            lock (access)
            {
                if (instruments.TryGetValue(name, out found))
                {
                    return found;
                }
            }
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

        private static NtOrder Create(Account account, Instrument instrument, OrderTicket ticket) => account.CreateOrder(
            instrument, Terms.Action(ticket), Terms.Type(ticket.Kind), OrderEntry.Automated,
            ticket.Duration == OrderDuration.Day ? NtTimeInForce.Day : NtTimeInForce.Gtc, ticket.Quantity,
            Terms.Price(ticket.LimitPrice), Terms.Price(ticket.StopPrice), ticket.OcoGroup,
            ticket.AtmTemplate == null ? ticket.Name : AtmEntryName, Globals.MaxDate, null);

        /// <summary>
        /// An order that was never sent, as far as this layer knows: NinjaTrader's own word would count more.
        /// </summary>
        private void TellUnsent(OrderTicket ticket, OrderStatus status, string why)
        {
            Tell(heard => heard.OnOrder(new OrderReport
            {
                Handle = ticket.Handle,
                Name = ticket.Name,
                Account = ticket.Account,
                Instrument = ticket.Instrument,
                Side = ticket.Side,
                Kind = ticket.Kind,
                Status = status,
                Quantity = ticket.Quantity,
                LimitPrice = ticket.LimitPrice,
                StopPrice = ticket.StopPrice,
                OcoGroup = ticket.OcoGroup,
                Error = status == OrderStatus.Rejected ? OrderError.UnableToSubmit : OrderError.None,
                Comment = why,
                IsPresumed = true,
                Time = clock.Now
            }));
        }

        private void OnAccountStatus(object sender, AccountStatusEventArgs args)
        {
            if (args.Account != null)
            {
                Watch(args.Account)?.TellConnection();
            }
        }

        private void OnConnectionStatus(object sender, ConnectionStatusEventArgs args)
        {
            AccountWatch[] watched;
            lock (access)
            {
                watched = accounts.Values.ToArray();
            }
            foreach (AccountWatch account in watched)
            {
                account.TellConnection();
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
                watch = new AccountWatch(account, orders, clock, events);
                accounts.Add(account, watch);
                watch.Start();
            }
            return watch;
        }

        private AccountWatch Find(string account)
        {
            lock (access)
            {
                return accounts.Values.FirstOrDefault(watch => watch.Account.Name == account);
            }
        }

        private void Tell(Action<IPlatformEvents> what)
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
    }
}
