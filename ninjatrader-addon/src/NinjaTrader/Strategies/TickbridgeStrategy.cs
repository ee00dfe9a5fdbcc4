// NinjaTrader looks for strategies in this namespace. Others' live in it too: everything here is named in full.
namespace NinjaTrader.NinjaScript.Strategies
{
    /// <summary>
    /// Base of a strategy that acts on a gateway's signals: override OnSignal. It is called on the strategy's own
    /// thread, once a signal, in real time only, and only for signals of its instrument that came in time, whose book
    /// the gateway vouches for, while the link stands and the kill switch is not pulled; on an account that is no
    /// simulation only from a gateway that says that its market is live.
    /// </summary>
    /// <remarks>
    /// Orders that a strategy sends are NinjaTrader's and the strategy's own affair: the limits of Tickbridge judge
    /// only what Tickbridge itself trades. An override of OnStateChange calls the base.
    /// </remarks>
    public abstract class TickbridgeStrategy : global::NinjaTrader.NinjaScript.Strategies.Strategy
    {
        private global::Tickbridge.Host.ScriptFeed feed;

        /// <summary>
        /// A signal that may be older than this when its turn comes is withheld: the strategy's thread may have been
        /// busy. In ms.
        /// </summary>
        protected int MaxSignalAgeMillis { get; set; } = 250;

        /// <summary>Signals that were not shown to OnSignal because they might not be acted on.</summary>
        protected long SignalsWithheld { get; private set; }

        /// <summary>A signal that may be acted on.</summary>
        protected abstract void OnSignal(global::Tickbridge.Host.BridgeSignal signal);

        protected override void OnStateChange()
        {
            if (State == global::NinjaTrader.NinjaScript.State.DataLoaded)
            {
                feed = new global::Tickbridge.Host.ScriptFeed(Instrument.FullName,
                    () => TriggerCustomEvent(nothing => Take(), null));
                feed.Start();
            }
            else if (State == global::NinjaTrader.NinjaScript.State.Terminated)
            {
                feed?.Stop();
                feed = null;
            }
        }

        /// <summary>Below 0 a clock was set meanwhile, and nobody knows how old it is.</summary>
        private bool IsInTime(long oldest) => oldest >= 0 && oldest <= MaxSignalAgeMillis * 1000000L;

        /// <summary>What is not said to be of the live market, as a recording or a simulator, is for simulations alone.</summary>
        private static bool IsOfTheMarketOf(global::NinjaTrader.Cbi.Account account,
            global::Tickbridge.Host.BridgeSignal signal) => signal.Market == global::Tickbridge.Core.Market.Live
                || account != null && global::Tickbridge.NinjaPlatform.Terms.IsSimulation(account);

        private void Take()
        {
            global::Tickbridge.Host.ScriptFeed from = feed;
            global::Tickbridge.Host.BridgeSignal signal;
            while (from != null && (signal = from.Take()) != null)
            {
                if (State == global::NinjaTrader.NinjaScript.State.Realtime && signal.IsActionable && from.IsUsable
                    && IsOfTheMarketOf(Account, signal) && IsInTime(signal.OldestNow))
                {
                    OnSignal(signal);
                }
                else
                {
                    SignalsWithheld++;
                }
            }
        }
    }
}
