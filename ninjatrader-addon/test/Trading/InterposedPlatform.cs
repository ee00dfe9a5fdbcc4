using System;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Passes everything on between trading and a platform, but for what a test changes on the way.</summary>
    internal sealed class InterposedPlatform : ITradingPlatform, IPlatformEvents
    {
        private readonly ITradingPlatform inner;
        private IPlatformEvents heard;

        public InterposedPlatform(ITradingPlatform inner)
        {
            this.inner = inner;
        }

        public Action<OrderTicket[], Action> Submitting { get; set; } = (tickets, goOn) => goOn();

        /// <summary>Account, instrument.</summary>
        public Action<string, string, Action> Flattening { get; set; } = (account, instrument, goOn) => goOn();

        public Action<OrderChange, Action> Changing { get; set; } = (change, goOn) => goOn();

        public Func<string, ContractSpec> Contract { get; set; }

        public Action<string> Snapshotting { get; set; } = account => { };

        /// <summary>null: it is not told.</summary>
        public Func<OrderReport, OrderReport> Order { get; set; } = order => order;

        /// <summary>null: it is not told. Of events and snapshots.</summary>
        public Func<ExecutionReport, ExecutionReport> Execution { get; set; } = execution => execution;

        public Func<PlatformSnapshot, PlatformSnapshot> Snapshot { get; set; } = snapshot => snapshot;

        public void Start(IPlatformEvents events)
        {
            heard = events;
            inner.Start(this);
        }

        public void Stop()
        {
            inner.Stop();
        }

        public ContractSpec FindContract(string instrument) =>
            Contract == null ? inner.FindContract(instrument) : Contract(instrument);

        public void WatchQuotes(string instrument)
        {
            inner.WatchQuotes(instrument);
        }

        public void RequestSnapshot(string account, long request)
        {
            Snapshotting(account);
            inner.RequestSnapshot(account, request);
        }

        public void Submit(OrderTicket[] orders)
        {
            Submitting(orders, () => inner.Submit(orders));
        }

        public void Change(OrderChange change)
        {
            Changing(change, () => inner.Change(change));
        }

        public void Cancel(string account, long handle)
        {
            inner.Cancel(account, handle);
        }

        public void Flatten(string account, string instrument)
        {
            Flattening(account, instrument, () => inner.Flatten(account, instrument));
        }

        public void OnOrder(OrderReport order)
        {
            OrderReport told = Order(order);
            if (told != null)
            {
                heard.OnOrder(told);
            }
        }

        public void OnExecution(ExecutionReport execution)
        {
            ExecutionReport told = Execution(execution);
            if (told != null)
            {
                heard.OnExecution(told);
            }
        }

        public void OnPosition(PositionReport position)
        {
            heard.OnPosition(position);
        }

        public void OnQuote(PlatformQuote quote)
        {
            heard.OnQuote(quote);
        }

        public void OnAccount(AccountReport account)
        {
            heard.OnAccount(account);
        }

        public void OnConnection(ConnectionReport connection)
        {
            heard.OnConnection(connection);
        }

        public void OnUnreadable(string account, string what)
        {
            heard.OnUnreadable(account, what);
        }

        public void OnSnapshot(PlatformSnapshot snapshot)
        {
            PlatformSnapshot told = Snapshot(snapshot);
            told.Executions = System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Where(
                System.Linq.Enumerable.Select(told.Executions, Execution), one => one != null));
            heard.OnSnapshot(told);
        }
    }
}
