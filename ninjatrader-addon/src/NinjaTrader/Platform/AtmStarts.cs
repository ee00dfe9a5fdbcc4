namespace Tickbridge.NinjaPlatform
{
    using System;
    using System.Collections.Generic;
    using System.Linq;
    using NinjaTrader.Core;
    using NinjaTrader.NinjaScript;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using NtOrder = NinjaTrader.Cbi.Order;
    using NtState = NinjaTrader.Cbi.OrderState;

    /// <summary>
    /// Entries of ATM strategies. They are started on a thread of NinjaTrader's windows, which may be busy for long: what
    /// is cancelled or too old by then is never sent. Any thread.
    /// </summary>
    internal sealed class AtmStarts
    {
        private readonly object access = new object();
        private readonly Dictionary<long, Start> starts = new Dictionary<long, Start>();
        private readonly IClock clock;
        private readonly Action<OrderTicket, OrderStatus, string> tell;

        /// <param name="clock">that of the tickets' NotAfter</param>
        /// <param name="tell">is told how one ended that was never sent</param>
        public AtmStarts(IClock clock, Action<OrderTicket, OrderStatus, string> tell)
        {
            this.clock = clock;
            this.tell = tell;
        }

        public void Add(OrderTicket ticket, NtOrder order)
        {
            var start = new Start(ticket, order);
            lock (access)
            {
                starts.Add(ticket.Handle, start);
            }
            Globals.RandomDispatcher.InvokeAsync(() => Run(start));
        }

        /// <summary>Takes back one that waits. One that is just being sent is cancelled as soon as it is.</summary>
        /// <returns>whether it will never be sent</returns>
        public bool Withdraw(long handle)
        {
            Start start;
            lock (access)
            {
                if (!starts.TryGetValue(handle, out start))
                {
                    return false;
                }
                start.IsWithdrawn = true;
                if (start.IsBeingSent)
                {
                    return false;
                }
                starts.Remove(handle);
            }
            tell(start.Ticket, OrderStatus.Cancelled, "taken back before NinjaTrader had it");
            return true;
        }

        /// <summary>Takes back all that are meant.</summary>
        public void Withdraw(Func<OrderTicket, bool> isMeant)
        {
            long[] meant;
            lock (access)
            {
                meant = starts.Values.Where(start => isMeant(start.Ticket)).Select(start => start.Ticket.Handle).ToArray();
            }
            foreach (long handle in meant)
            {
                Withdraw(handle);
            }
        }

        private void Run(Start start)
        {
            bool isLate = start.Ticket.NotAfter != 0 && clock.Now > start.Ticket.NotAfter;
            lock (access)
            {
                if (start.IsWithdrawn)
                {
                    return;
                }
                start.IsBeingSent = !isLate;
                if (isLate)
                {
                    starts.Remove(start.Ticket.Handle);
                }
            }
            if (isLate)
            {
                tell(start.Ticket, OrderStatus.Cancelled, "NinjaTrader's windows were busy for too long to send it");
                return;
            }
            Send(start);
        }

        private void Send(Start start)
        {
            try
            {
                if (AtmStrategy.StartAtmStrategy(start.Ticket.AtmTemplate, start.Order) == null)
                {
                    Refuse(start, "NinjaTrader has no ATM template " + start.Ticket.AtmTemplate);
                }
            }
            // Nothing may leave a thread of the platform.
            catch (Exception e)
            {
                Refuse(start, "the ATM strategy did not start: " + e.Message);
            }
            bool isWithdrawn;
            lock (access)
            {
                starts.Remove(start.Ticket.Handle);
                isWithdrawn = start.IsWithdrawn;
            }
            if (isWithdrawn)
            {
                Cancel(start);
            }
        }

        private void Refuse(Start start, string why)
        {
            // Whatever was said: what has left its first state was sent, and its own events tell what becomes of it.
            if (start.Order.OrderState == NtState.Initialized)
            {
                tell(start.Ticket, OrderStatus.Rejected, why);
            }
        }

        private static void Cancel(Start start)
        {
            try
            {
                start.Order.Account.Cancel(new[] { start.Order });
            }
            catch (Exception)
            {
                // Whoever withdrew it has asked the account too, and goes on asking until the order has ended.
            }
        }

        private sealed class Start
        {
            public Start(OrderTicket ticket, NtOrder order)
            {
                Ticket = ticket;
                Order = order;
            }

            public OrderTicket Ticket { get; }

            public NtOrder Order { get; }

            public bool IsWithdrawn { get; set; }

            public bool IsBeingSent { get; set; }
        }
    }
}
