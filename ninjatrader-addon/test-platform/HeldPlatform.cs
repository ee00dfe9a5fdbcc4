using System;
using System.Threading;
using Tickbridge.Core.Trading;

namespace Tickbridge.PlatformTest
{
    /// <summary>Passes everything on, and once it is told to, holds who asks for a snapshot until it is let go.</summary>
    internal sealed class HeldPlatform : ITradingPlatform
    {
        private readonly ITradingPlatform inner;

        public HeldPlatform(ITradingPlatform inner)
        {
            this.inner = inner;
        }

        public volatile bool Holds;

        /// <summary>Its start ends with this, after it has begun; null: it does not.</summary>
        public Exception StartFailure { get; set; }

        public ManualResetEvent IsInside { get; } = new ManualResetEvent(false);

        public ManualResetEvent GoOn { get; } = new ManualResetEvent(false);

        public void Start(IPlatformEvents events)
        {
            inner.Start(events);
            if (StartFailure != null)
            {
                throw StartFailure;
            }
        }

        public void Stop()
        {
            inner.Stop();
        }

        public ContractSpec FindContract(string instrument) => inner.FindContract(instrument);

        public void WatchQuotes(string instrument)
        {
            inner.WatchQuotes(instrument);
        }

        public void RequestSnapshot(string account, long request)
        {
            if (Holds)
            {
                IsInside.Set();
                GoOn.WaitOne();
            }
            inner.RequestSnapshot(account, request);
        }

        public void Submit(OrderTicket[] orders)
        {
            inner.Submit(orders);
        }

        public void Change(OrderChange change)
        {
            inner.Change(change);
        }

        public void Cancel(string account, long handle)
        {
            inner.Cancel(account, handle);
        }

        public void Flatten(string account, string instrument)
        {
            inner.Flatten(account, instrument);
        }
    }
}
