using System.Collections.Generic;
using System.Globalization;
using NinjaTrader.Cbi;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// A template of an ATM strategy as a person saves it in one of the platform's order entry windows. Per
    /// https://ninjatrader.com/support/helpGuides/nt8/atm_strategy_parameters.htm its stop and target lie so many ticks
    /// from the entry's average price and are submitted once the entry is filled or partly filled; per
    /// https://developer.ninjatrader.com/docs/desktop/getatmstrategystoptargetorderstatus they are called Stop1 and
    /// Target1, and each fill of the entry gets a pair of its own.
    /// </summary>
    internal sealed class AtmTemplate
    {
        private static int lastGroup;

        /// <param name="stopTicks">0: it makes no stop</param>
        /// <param name="targetTicks">0: it makes no target</param>
        public AtmTemplate(int stopTicks, int targetTicks)
        {
            StopTicks = stopTicks;
            TargetTicks = targetTicks;
        }

        public int StopTicks { get; }

        public int TargetTicks { get; }

        /// <summary>The pair for a fill of the entry, of which the first that fills cancels the other.</summary>
        public IEnumerable<Order> Protect(Order entry, int quantity)
        {
            bool isLong = entry.OrderAction == OrderAction.Buy;
            double tick = (isLong ? 1 : -1) * entry.Instrument.MasterInstrument.TickSize;
            string group = "ATM-" + System.Threading.Interlocked.Increment(ref lastGroup).ToString(
                CultureInfo.InvariantCulture);
            OrderAction exit = isLong ? OrderAction.Sell : OrderAction.BuyToCover;
            if (StopTicks > 0)
            {
                yield return entry.Account.CreateOrder(entry.Instrument, exit, OrderType.StopMarket, OrderEntry.Automated,
                    entry.TimeInForce, quantity, 0, entry.AverageFillPrice - StopTicks * tick, group, "Stop1",
                    NinjaTrader.Core.Globals.MaxDate, null);
            }
            if (TargetTicks > 0)
            {
                yield return entry.Account.CreateOrder(entry.Instrument, exit, OrderType.Limit, OrderEntry.Automated,
                    entry.TimeInForce, quantity, entry.AverageFillPrice + TargetTicks * tick, 0, group, "Target1",
                    NinjaTrader.Core.Globals.MaxDate, null);
            }
        }
    }
}
