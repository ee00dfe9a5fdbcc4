namespace Tickbridge.Core.Trading
{
    /// <summary>Whether what a gateway says of its market lets a live account be traded on it. Pure.</summary>
    internal static class LiveMarket
    {
        /// <returns>null: it is the live one; otherwise why nothing of it is for a live account</returns>
        public static string WhyNot(Market market)
        {
            switch (market)
            {
                case Market.Live: return null;
                case Market.Recorded: return "the gateway plays a recording: nothing of it is for a live account";
                case Market.Simulated:
                    return "the gateway is fed by a simulator and not by the exchange: nothing of it is for a live account";
                case Market.NotStated:
                    return "the gateway does not say whether its signals are of the live market; update it";
                default:
                    return "the gateway says something of its market that this add-on does not know, number "
                        + (byte)market + ": nothing of it is for a live account; update the add-on";
            }
        }
    }
}
