namespace Tickbridge.NinjaPlatform
{
    using System.Collections.Generic;
    using System.Linq;
    using NinjaTrader.Cbi;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// Which order of NinjaTrader's is which of ours. By the object, never by OrderId: that changes when the broker
    /// gives its own. Where NinjaTrader hands over another object for an order of ours (after a reconnect), the name,
    /// which no two of ours in an account share, finds it again; while the account still holds the first object, the
    /// other one is somebody else's. That is of one account object: where a change of the connection leaves an earlier one
    /// behind, which may keep its orders, those of the one that counts now are the same orders. Any thread.
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
                    names[Key(ticket.Account, ticket.Name)] = ticket.Handle;
                }
            }
        }

        /// <summary>The handle of an order; one that is not of ours gets the next below 0, and keeps it.</summary>
        public long HandleOf(string account, Order order)
        {
            Order namesake;
            lock (access)
            {
                long known;
                if (handles.TryGetValue(order, out known))
                {
                    if (orders[known].Account != order.Account)
                    {
                        // Its account counts again: a request must go there.
                        orders[known] = order;
                    }
                    return known;
                }
                long named;
                namesake = !string.IsNullOrEmpty(order.Name) && names.TryGetValue(Key(account, order.Name), out named)
                    ? orders[named]
                    : null;
            }
            // Outside the lock: the account's own is taken inside it.
            bool isSame = namesake != null && IsLeft(namesake, order);
            lock (access)
            {
                long handle;
                if (handles.TryGetValue(order, out handle))
                {
                    return handle;
                }
                handle = isSame ? names[Key(account, order.Name)] : --lastForeign;
                handles[order] = handle;
                orders[handle] = order;
                return handle;
            }
        }

        /// <summary>
        /// The handle of a known order by NinjaTrader's own id, for a fill that comes without its order; 0: none has it.
        /// </summary>
        public long HandleOf(string account, string orderId)
        {
            if (string.IsNullOrEmpty(orderId))
            {
                return 0;
            }
            lock (access)
            {
                return handles.Where(entry => entry.Key.OrderId == orderId && entry.Key.Account != null
                    && entry.Key.Account.Name == account).Select(entry => entry.Value).FirstOrDefault();
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

        private static string Key(string account, string name) => account + "\n" + name;

        /// <summary>
        /// An order of ours was submitted once, and its account object does not hold it any more, or is not the one any more
        /// that tells of the account.
        /// </summary>
        private static bool IsLeft(Order order, Order told)
        {
            if (order.OrderState == OrderState.Initialized)
            {
                return false;
            }
            if (order.Account != told.Account)
            {
                return true;
            }
            lock (order.Account.Orders)
            {
                return !order.Account.Orders.Contains(order);
            }
        }
    }
}
