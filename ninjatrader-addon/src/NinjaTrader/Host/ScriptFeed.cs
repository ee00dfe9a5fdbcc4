namespace Tickbridge.Host
{
    using System;
    using System.Collections.Concurrent;

    /// <summary>
    /// What an indicator or strategy hears of its instrument: takes part in the bridge between Start and Stop, keeps
    /// what came until the script takes it on its own thread. Start, Stop: any thread, any number of times.
    /// </summary>
    public sealed class ScriptFeed : IBridgeSubscriber
    {
        /// <summary>A script that does not come for its signals loses the oldest, and they are counted.</summary>
        private const int Limit = 1000;

        private readonly ConcurrentQueue<BridgeSignal> waiting = new ConcurrentQueue<BridgeSignal>();
        private readonly Action wake;
        private Bridge bridge;
        private volatile bool isStarted;
        private long dropped;
        private ulong session;
        private ulong last;

        /// <param name="instrument">NinjaTrader's name</param>
        /// <param name="wake">called on the link's thread after something came: must return at once</param>
        public ScriptFeed(string instrument, Action wake)
        {
            Instrument = instrument;
            this.wake = wake;
        }

        public string Instrument { get; }

        /// <summary>The gateway's market now; null: none, or it may not be trusted.</summary>
        public MarketView Market
        {
            get
            {
                MarketView market = bridge?.Market(Instrument);
                return market != null && market.IsTrusted && bridge.IsUsable ? market : null;
            }
        }

        /// <summary>The link stands, the kill switch is not pulled.</summary>
        public bool IsUsable => isStarted && bridge.IsUsable;

        /// <summary>Signals that waited too long to be taken.</summary>
        public long Dropped => System.Threading.Interlocked.Read(ref dropped);

        public void Start()
        {
            if (!isStarted)
            {
                bridge = SharedBridge.Acquire(this);
                bridge.Follow(this);
                isStarted = true;
            }
        }

        public void Stop()
        {
            if (isStarted)
            {
                isStarted = false;
                bridge.Unfollow(this);
                SharedBridge.Release(this);
            }
        }

        public void OnSignal(BridgeSignal signal)
        {
            // After a reconnect signals may come again. They are numbered in sequence, so the last one tells.
            if (!isStarted || signal.Session == session && signal.Number <= last)
            {
                return;
            }
            session = signal.Session;
            last = signal.Number;
            BridgeSignal lost;
            while (waiting.Count >= Limit && waiting.TryDequeue(out lost))
            {
                System.Threading.Interlocked.Increment(ref dropped);
            }
            waiting.Enqueue(signal);
            wake();
        }

        /// <summary>The next that came, oldest first; null: nothing. The script's thread.</summary>
        public BridgeSignal Take()
        {
            BridgeSignal next;
            return waiting.TryDequeue(out next) ? next : null;
        }
    }
}
