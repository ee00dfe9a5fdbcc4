using System;
using NinjaTrader.Cbi;
using Tickbridge.Stubs;

namespace NinjaTrader.Data
{
    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/marketdataeventargs lists them, but for Unknown, which stands beside them
    /// in what .NET tells of the assembly.
    /// </summary>
    public enum MarketDataType
    {
        Ask, Bid, Last, DailyHigh, DailyLow, DailyVolume, LastClose, Opening, OpenInterest, Settlement, Unknown
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/marketdataeventargs</summary>
    public class MarketDataEventArgs : EventArgs
    {
        public Instrument Instrument { get; internal set; }
        public MarketDataType MarketDataType { get; internal set; }
        public double Price { get; internal set; }
        public long Volume { get; internal set; }
        public DateTime Time { get; internal set; }
        public double Ask { get; internal set; }
        public double Bid { get; internal set; }
        public bool IsReset { get; internal set; }
    }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/marketdata : a field is null until its first value came; updates
    /// arrive on randomly assigned threads; to leave without having come is an error.
    /// </summary>
    public class MarketData
    {
        private readonly Instrument instrument;

        internal MarketData(Instrument instrument)
        {
            this.instrument = instrument;
        }

        public event EventHandler<MarketDataEventArgs> Update
        {
            add { StubPlatform.Subscribers.Add(instrument.FullName + ".MarketData", value); }
            remove { StubPlatform.Subscribers.Remove(instrument.FullName + ".MarketData", value); }
        }

        public MarketDataEventArgs Ask { get; private set; }
        public MarketDataEventArgs Bid { get; private set; }
        public MarketDataEventArgs Last { get; internal set; }

        /// <summary>How long quotes wait for a thread of the platform before they are told.</summary>
        internal TimeSpan Delay { get; set; }

        internal void Set(double bid, double ask)
        {
            Bid = Args(MarketDataType.Bid, bid, bid, ask);
            Ask = Args(MarketDataType.Ask, ask, bid, ask);
            Tell(Bid);
            Tell(Ask);
        }

        internal void Reset()
        {
            Bid = null;
            Ask = null;
            MarketDataEventArgs args = Args(MarketDataType.Unknown, 0, 0, 0);
            args.IsReset = true;
            Tell(args);
        }

        private MarketDataEventArgs Args(MarketDataType type, double price, double bid, double ask) =>
            new MarketDataEventArgs
            {
                Instrument = instrument,
                MarketDataType = type,
                Price = price,
                Volume = 10,
                Time = DateTime.Now - Delay,
                Ask = ask,
                Bid = bid
            };

        private void Tell(MarketDataEventArgs args)
        {
            StubPlatform.Raise<EventHandler<MarketDataEventArgs>>(instrument.FullName + ".MarketData",
                handler => handler(this, args));
        }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/bars : its name is all that is asked of it.</summary>
    public class Bars
    {
    }
}

namespace NinjaTrader.Core
{
    /// <summary>
    /// MaxDate: https://developer.ninjatrader.com/docs/desktop/createorder ; RandomDispatcher:
    /// https://developer.ninjatrader.com/docs/desktop/multi_threading_consideration_for_ninjascript
    /// </summary>
    public static class Globals
    {
        public static string UserDataDir => StubPlatform.UserDataFolder;

        public static DateTime MaxDate { get; } = new DateTime(2099, 12, 1);

        public static System.Windows.Threading.Dispatcher RandomDispatcher => StubThreads.RandomDispatcher();
    }
}

namespace NinjaTrader.Code
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/print : the output window.</summary>
    public static class Output
    {
        public static void Process(string message, NinjaScript.PrintTo outputTab)
        {
            StubScreen.Printed(message);
        }
    }
}
