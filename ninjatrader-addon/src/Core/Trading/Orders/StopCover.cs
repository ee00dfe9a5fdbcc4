using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// The last look at our own trades' stops: not at what was asked for, but at what the platform says is in the market.
    /// What goes on being too little leaves contracts open to any loss, what goes on being too much turns the position
    /// round. Trading thread.
    /// </summary>
    internal sealed class StopCover
    {
        /// <summary>Fills, changes and cancels are told within this when all goes well.</summary>
        private const long Grace = 3000000000;

        private readonly ITradeSupervisor supervisor;
        private readonly long patience;

        /// <param name="supervisor">is called when it stays wrong</param>
        /// <param name="patience">ns within which a request is answered</param>
        public StopCover(ITradeSupervisor supervisor, long patience)
        {
            this.supervisor = supervisor;
            this.patience = patience;
        }

        /// <summary>After what can be asked for was asked for.</summary>
        public void Watch(BracketTrade trade)
        {
            int open = Math.Max(0, trade.Open - trade.Stops.Concat(trade.Targets).Sum(order => order.Untold));
            int stops = trade.Stops.Where(order => order.IsAtMarket).Sum(order => order.Left);
            int most = Math.Max(LeftOf(trade.Stops), LeftOf(trade.Targets));
            if (stops >= open && (most <= open || trade.MayReturn(supervisor.Now)))
            {
                trade.UncoveredSince = 0;
                return;
            }
            if (trade.UncoveredSince == 0)
            {
                trade.UncoveredSince = supervisor.Now;
            }
            // A request that is never answered is given up after its own time; what is done about it then counts.
            bool isAsked = trade.Stops.Concat(trade.Targets).Any(order => order.Request != OrderRequest.None);
            if (supervisor.Now - trade.UncoveredSince >= Grace + (isAsked ? patience : 0))
            {
                supervisor.Kill(string.Format(CultureInfo.InvariantCulture,
                    "{0} has stops of {1} in the market{2} for {3} that is open", trade.Label, stops,
                    most > open ? ", and orders of " + most + " that would close," : "", open));
            }
        }

        private static int LeftOf(IEnumerable<TrackedOrder> exits) => exits.Sum(order => order.Left);
    }
}
