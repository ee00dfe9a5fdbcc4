// NinjaTrader looks for indicators in this namespace. Others' live in it too: everything here is named in full.
namespace NinjaTrader.NinjaScript.Indicators
{
    /// <summary>
    /// Plots the gateway's microprice over the price, writes the imbalance into a corner and marks signals with arrows.
    /// Nothing is plotted while the link or the book may not be trusted.
    /// </summary>
    public class TickbridgeFlow : global::NinjaTrader.NinjaScript.Indicators.Indicator
    {
        private global::Tickbridge.Host.ScriptFeed feed;

        protected override void OnStateChange()
        {
            if (State == global::NinjaTrader.NinjaScript.State.SetDefaults)
            {
                Name = "TickbridgeFlow";
                Description = "Microprice, imbalance and signals of a Tickbridge gateway";
                Calculate = global::NinjaTrader.NinjaScript.Calculate.OnEachTick;
                IsOverlay = true;
                IsSuspendedWhileInactive = false;
                AddPlot(global::System.Windows.Media.Brushes.DodgerBlue, "Microprice");
            }
            else if (State == global::NinjaTrader.NinjaScript.State.DataLoaded)
            {
                feed = new global::Tickbridge.Host.ScriptFeed(Instrument.FullName,
                    () => TriggerCustomEvent(nothing => Mark(), null));
                feed.Start();
            }
            else if (State == global::NinjaTrader.NinjaScript.State.Terminated)
            {
                feed?.Stop();
                feed = null;
            }
        }

        protected override void OnBarUpdate()
        {
            global::Tickbridge.Host.MarketView market = State == global::NinjaTrader.NinjaScript.State.Realtime
                ? feed?.Market
                : null;
            if (market != null && market.IsWhole)
            {
                Values[0][0] = market.Microprice;
            }
            if (State == global::NinjaTrader.NinjaScript.State.Realtime)
            {
                global::NinjaTrader.NinjaScript.DrawingTools.Draw.TextFixed(this, "tickbridge-imbalance",
                    market == null || !market.IsWhole
                        ? "Tickbridge: no trusted book"
                        : "Imbalance " + market.Imbalance.ToString("0.00",
                            global::System.Globalization.CultureInfo.InvariantCulture),
                    global::NinjaTrader.NinjaScript.DrawingTools.TextPosition.TopRight);
            }
        }

        /// <summary>On the chart's thread.</summary>
        private void Mark()
        {
            global::Tickbridge.Host.ScriptFeed from = feed;
            global::Tickbridge.Host.BridgeSignal signal;
            while (from != null && CurrentBar >= 0 && (signal = from.Take()) != null)
            {
                string tag = "tickbridge-" + signal.Session.ToString("x16") + "-" + signal.Number;
                global::System.Windows.Media.Brush brush = signal.IsActionable
                    ? global::System.Windows.Media.Brushes.LimeGreen
                    : global::System.Windows.Media.Brushes.Gray;
                if (signal.Side == global::Tickbridge.Core.Side.Buy)
                {
                    global::NinjaTrader.NinjaScript.DrawingTools.Draw.ArrowUp(this, tag, false, 0, signal.Bid, brush);
                }
                else if (signal.Side == global::Tickbridge.Core.Side.Sell)
                {
                    global::NinjaTrader.NinjaScript.DrawingTools.Draw.ArrowDown(this, tag, false, 0, signal.Ask, brush);
                }
            }
        }
    }
}
