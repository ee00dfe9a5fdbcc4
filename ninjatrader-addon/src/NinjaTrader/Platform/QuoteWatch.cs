namespace Tickbridge.NinjaPlatform
{
    using System;
    using NinjaTrader.Cbi;
    using NinjaTrader.Data;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// Best bid and offer of one instrument. NinjaTrader tells them on threads that it picks at random; it wants to be
    /// subscribed to and left on the instrument's own.
    /// </summary>
    internal sealed class QuoteWatch
    {
        private readonly object access = new object();
        private readonly Instrument instrument;
        private readonly IClock clock;
        private readonly Action<PlatformQuote> tell;
        private long bid = LinkProtocol.NullPrice;
        private long ask = LinkProtocol.NullPrice;
        private readonly QuoteLag lag = new QuoteLag();
        private long bidTime;
        private long askTime;
        private bool isSubscribed;
        private bool isStopped;

        public QuoteWatch(Instrument instrument, IClock clock, Action<PlatformQuote> tell)
        {
            this.instrument = instrument;
            this.clock = clock;
            this.tell = tell;
        }

        public void Start()
        {
            if (!instrument.Dispatcher.HasShutdownStarted)
            {
                instrument.Dispatcher.InvokeAsync(Subscribe);
            }
        }

        public void Stop()
        {
            lock (access)
            {
                isStopped = true;
            }
            // To leave what one never joined is an error there, so it is asked on the thread that joins.
            if (!instrument.Dispatcher.HasShutdownStarted)
            {
                instrument.Dispatcher.InvokeAsync(Unsubscribe);
            }
        }

        private void Subscribe()
        {
            lock (access)
            {
                if (isStopped || isSubscribed)
                {
                    return;
                }
                isSubscribed = true;
            }
            // What the platform already holds is not taken: how old it is cannot be told. The first update counts.
            instrument.MarketData.Update += OnUpdate;
        }

        private void Unsubscribe()
        {
            lock (access)
            {
                if (!isSubscribed)
                {
                    return;
                }
                isSubscribed = false;
            }
            instrument.MarketData.Update -= OnUpdate;
        }

        private void OnUpdate(object sender, MarketDataEventArgs args)
        {
            try
            {
                Take(args);
            }
            // Nothing may leave into NinjaTrader's threads. What cannot be read leaves no quote, so no entry passes.
            catch (Exception)
            {
                Tell(LinkProtocol.NullPrice, LinkProtocol.NullPrice, null);
            }
        }

        private void Take(MarketDataEventArgs args)
        {
            if (args.IsReset)
            {
                Tell(LinkProtocol.NullPrice, LinkProtocol.NullPrice, null);
            }
            else if (args.MarketDataType == MarketDataType.Bid)
            {
                Tell(Terms.OrderPrice(args.Price), null, args.Time);
            }
            else if (args.MarketDataType == MarketDataType.Ask)
            {
                Tell(null, Terms.OrderPrice(args.Price), args.Time);
            }
        }

        /// <summary>
        /// A recording that is played has its own time: it rests, and goes slower and quicker, as the person likes.
        /// </summary>
        private long LagOf(long now, DateTime? stamped) => !stamped.HasValue || Connection.PlaybackConnection != null
            ? 0
            : lag.Of(now, PlatformTime.ToNanos(stamped.Value));

        /// <param name="stamped">NinjaTrader's time of it; null: it is of now</param>
        private void Tell(long? newBid, long? newAsk, DateTime? stamped)
        {
            PlatformQuote quote;
            lock (access)
            {
                if (isStopped)
                {
                    return;
                }
                long now = clock.Now;
                now = Math.Max(0, now - LagOf(now, stamped));
                bid = newBid ?? bid;
                bidTime = newBid.HasValue ? now : bidTime;
                ask = newAsk ?? ask;
                askTime = newAsk.HasValue ? now : askTime;
                quote = new PlatformQuote(instrument.FullName, bid, ask, bidTime, askTime);
                // Inside the lock: two threads must not tell the older quote last.
                tell(quote);
            }
        }
    }
}
