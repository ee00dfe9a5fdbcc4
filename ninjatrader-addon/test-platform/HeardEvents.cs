using System;
using System.Collections.Generic;
using System.Linq;
using Tickbridge.Core.Trading;

namespace Tickbridge.PlatformTest
{
    /// <summary>What the platform told of orders, fills and positions. Any thread tells, one reads at rest.</summary>
    internal sealed class HeardEvents : IPlatformEvents
    {
        private readonly object access = new object();

        public List<OrderReport> Orders { get; } = new List<OrderReport>();

        public List<ExecutionReport> Executions { get; } = new List<ExecutionReport>();

        public List<PositionReport> Positions { get; } = new List<PositionReport>();

        public List<PlatformSnapshot> Snapshots { get; } = new List<PlatformSnapshot>();

        public List<string> Unreadable { get; } = new List<string>();

        /// <summary>How connections stood, as it was told, by events and by snapshots.</summary>
        public List<ConnectionReport> Connections { get; } = new List<ConnectionReport>();

        /// <summary>Done once, by who tells next how a connection stands, just before that is heard.</summary>
        public Action BeforeConnection { get; set; }

        public void OnOrder(OrderReport order) => Add(Orders, order);

        public void OnExecution(ExecutionReport execution) => Add(Executions, execution);

        public void OnPosition(PositionReport position) => Add(Positions, position);

        public void OnSnapshot(PlatformSnapshot snapshot)
        {
            OnConnection(snapshot.Connection);
            Add(Snapshots, snapshot);
        }

        public void OnUnreadable(string account, string what) => Add(Unreadable, account + ": " + what);

        public void OnQuote(PlatformQuote quote)
        {
        }

        public void OnAccount(AccountReport account)
        {
        }

        public void OnConnection(ConnectionReport connection)
        {
            Action before = BeforeConnection;
            BeforeConnection = null;
            before?.Invoke();
            Add(Connections, connection);
        }

        /// <summary>The states of an order, each with what was filled of it by then.</summary>
        public string States(long handle) => string.Join(" ", Orders.Where(order => order.Handle == handle)
            .Select(order => order.Status + (order.Filled == 0 ? "" : ":" + order.Filled)));

        private void Add<T>(List<T> list, T what)
        {
            lock (access)
            {
                list.Add(what);
            }
        }
    }
}
