namespace Tickbridge.NinjaPlatform
{
    using System.Collections.Generic;
    using System.Threading;
    using NinjaTrader.Cbi;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// Which order of NinjaTrader's is which of ours. By the object, never by OrderId: that changes when the broker
    /// gives its own. Where NinjaTrader hands over another object for an order of ours (after a reconnect), the name,
    /// which no two of ours share, finds it again. Any thread.
    /// </summary>
    internal sealed class OrderBook
    {
        private readonly object access = new object();
        private readonly Dictionary<Order, long> handles = new Dictionary<Order, long>();
        private readonly Dictionary<long, Order> orders = new Dictionary<long, Order>();
        private readonly Dictionary<string, long> names = new Dictionary<string, long>();
        private long lastForeign;

        /// <summary>Remembers an order of ours, before it is submitted.</summary>
        public void Add(OrderTicket ticket, Order order)
        {
            lock (access)
            {
                handles[order] = ticket.Handle;
                orders[ticket.Handle] = order;
                if (order.Name == ticket.Name)
                {
                    names[ticket.Name] = ticket.Handle;
                }
            }
        }

        /// <summary>The handle of an order; one that is not of ours gets the next below 0, and keeps it.</summary>
        public long HandleOf(Order order)
        {
            lock (access)
            {
                long handle;
                if (handles.TryGetValue(order, out handle))
                {
                    return handle;
                }
                if (string.IsNullOrEmpty(order.Name) || !names.TryGetValue(order.Name, out handle))
                {
                    handle = Interlocked.Decrement(ref lastForeign);
                }
                handles[order] = handle;
                orders[handle] = order;
                return handle;
            }
        }

        /// <summary>null: there is none.</summary>
        public Order Find(long handle)
        {
            lock (access)
            {
                Order found;
                return orders.TryGetValue(handle, out found) ? found : null;
            }
        }
    }
}
