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
    /// NinjaTrader as trading sees it: what trading asks of it, in NinjaTrader's own terms. Its collections are locked while
    /// they are looked through; its events come on any of its threads and only queue. Before Start and after Stop each
    /// request throws. Any thread.
    /// </summary>
    internal sealed class NinjaPlatform : ITradingPlatform
    {
        /// <summary>NinjaTrader wants the entry of an ATM strategy to be called so.</summary>
        private const string AtmEntryName = "Entry";

        private readonly IClock clock;
        private readonly OrderBook orders = new OrderBook();
        private readonly InstrumentBook instruments = new InstrumentBook();
        private readonly PlatformWatch watch;
        private readonly AtmStarts atms;

        public NinjaPlatform(IClock clock)
        {
            this.clock = clock;
            watch = new PlatformWatch(clock, orders);
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
            watch.Start(heard);
        }

        public void Stop()
        {
            atms.Withdraw(ticket => true);
            watch.Stop();
        }

        public ContractSpec FindContract(string instrument)
        {
            Instrument found = instruments.Find(instrument);
            MasterInstrument master = found?.MasterInstrument;
            // Orders, fills and positions carry the full name, so it is the name that counts.
            return master == null || master.TickSize <= 0
                ? null
                : new ContractSpec(found.FullName, Terms.Price(master.TickSize), master.PointValue,
                    master.Currency.ToString());
        }

        public void WatchQuotes(string instrument)
        {
            Instrument found = instruments.Find(instrument);
            if (found != null)
            {
                watch.WatchQuotes(found);
            }
        }

        public void RequestSnapshot(string account, long request)
        {
            CheckRuns();
            PlatformSnapshot snapshot = watch.Find(account)?.Snapshot(request)
                ?? new PlatformSnapshot { Request = request, Account = account };
            watch.Tell(heard => heard.OnSnapshot(snapshot));
            // An event of the connection may have come between the look and its telling.
            watch.TellConnection(account, snapshot.Connection);
        }

        public void Submit(OrderTicket[] tickets)
        {
            CheckRuns();
            var created = new List<NtOrder>();
            foreach (OrderTicket ticket in tickets)
            {
                Account account = watch.Find(ticket.Account)?.Account;
                Instrument instrument = instruments.Find(ticket.Instrument);
                if (account == null || instrument == null)
                {
                    TellUnsent(ticket, OrderStatus.Rejected, account == null ? "NinjaTrader has no account " + ticket.Account
                        : "NinjaTrader has no instrument " + ticket.Instrument);
                    continue;
                }
                NtOrder order = Create(account, instrument, ticket);
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
            CheckRuns();
            NtOrder order = Find(change.Account, change.Handle);
            order.QuantityChanged = change.Quantity;
            order.LimitPriceChanged = Terms.Price(change.LimitPrice);
            order.StopPriceChanged = Terms.Price(change.StopPrice);
            order.Account.Change(new[] { order });
        }

        public void Cancel(string account, long handle)
        {
            CheckRuns();
            NtOrder order = Find(account, handle);
            if (!atms.Withdraw(handle))
            {
                order.Account.Cancel(new[] { order });
            }
        }

        public void Flatten(string account, string instrument)
        {
            CheckRuns();
            Account known = watch.Find(account)?.Account;
            Instrument found = instruments.Find(instrument);
            if (known == null || found == null)
            {
                throw new InvalidOperationException("NinjaTrader has no " + (known == null ? account : instrument));
            }
            atms.Withdraw(ticket => ticket.Account == account && ticket.Instrument == instrument);
            known.Flatten(new[] { found });
        }

        /// <summary>
        /// A run that ended or was given up asks for nothing any more: it would take a stop away and could not close what
        /// that covers, which may be the next run's by now. Nor is one answered that has not begun.
        /// </summary>
        /// <exception cref="InvalidOperationException">It does not run.</exception>
        private void CheckRuns()
        {
            if (!watch.IsRunning)
            {
                throw new InvalidOperationException("this run of trading has not begun, or has ended: nothing is asked of NinjaTrader");
            }
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
            watch.Tell(heard => heard.OnOrder(new OrderReport
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
    }
}
