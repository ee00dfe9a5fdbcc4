namespace Tickbridge.Host
{
    using System;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>Everything that the window shows, at one moment; only values and objects that nobody changes.</summary>
    public sealed class BridgeReading
    {
        /// <summary>Why nothing runs; null: it runs.</summary>
        public string Failure { get; set; }

        /// <summary>KILL was pressed and is not done yet, or not written down: where nothing runs, as soon as something does.</summary>
        public bool IsKillWaiting { get; set; }

        /// <summary>What became of the button pressed last; null: none was.</summary>
        public LogLine Answer { get; set; }

        /// <summary>Name in our certificate; empty: we show a key.</summary>
        public string Certificate { get; set; } = "";

        /// <summary>When it expires, UTC.</summary>
        public DateTime CertificateEnd { get; set; } = DateTime.MaxValue;

        /// <summary>Where the files are.</summary>
        public string Folder { get; set; } = "";

        public string Host { get; set; } = "";

        public int Port { get; set; }

        /// <summary>Local clock, ns since the Unix epoch.</summary>
        public long Now { get; set; }

        public bool IsConnected { get; set; }

        /// <summary>What became of the last attempt to connect.</summary>
        public string Connection { get; set; } = "";

        public PeerRights Rights { get; set; } = PeerRights.View;

        /// <summary>What the gateway says that its signals are of.</summary>
        public Market Market { get; set; }

        /// <summary>null: the clocks were not compared yet.</summary>
        public ClockEstimate Clock { get; set; }

        /// <summary>null: not known yet.</summary>
        public DriftEstimate Drift { get; set; }

        /// <summary>Signals of which the one-way delay is known.</summary>
        public long DelayCount { get; set; }

        /// <summary>One-way delay, median, ns.</summary>
        public long DelayMedian { get; set; }

        /// <summary>One-way delay of which 1 in 100 is longer, ns.</summary>
        public long DelayTail { get; set; }

        public long SignalCount { get; set; }

        public long SignalsTooLate { get; set; }

        /// <summary>Frames missing that the gateway did not account for.</summary>
        public long FramesInHoles { get; set; }

        /// <summary>Frames missing that the gateway announced.</summary>
        public long FramesInGaps { get; set; }

        public long Reconnects { get; set; }

        public ReportCounts Reports { get; set; }

        /// <summary>null: trading does not run.</summary>
        public TradingStatus Trading { get; set; }

        /// <summary>Newest first.</summary>
        public BridgeSignal[] Signals { get; set; } = new BridgeSignal[0];

        public BookHealth[] Books { get; set; } = new BookHealth[0];

        /// <summary>Newest first.</summary>
        public LogLine[] Log { get; set; } = new LogLine[0];

        internal void TakeLink(LinkClient link, LinkFanOut feed)
        {
            IsConnected = link.IsLoggedOn;
            Connection = feed.Connection;
            Rights = link.Rights;
            Market = link.Market;
            Clock = link.Clock.Current;
            Drift = link.Clock.Drift;
            var delays = new DurationHistogram();
            delays.CopyFrom(link.Latencies.OneWay);
            DelayCount = delays.Count;
            DelayMedian = delays.Percentile(0.5);
            DelayTail = delays.Percentile(0.99);
            SignalCount = link.Counters[LinkCounter.Signals];
            SignalsTooLate = link.Counters[LinkCounter.SignalsTooLate];
            FramesInHoles = link.Counters[LinkCounter.FramesInHoles];
            FramesInGaps = link.Counters[LinkCounter.FramesInGaps];
            Reconnects = link.Counters[LinkCounter.Disconnects];
            Reports = link.Reporter.Counts;
            Signals = feed.Signals();
            Books = feed.Books.All();
        }
    }
}
