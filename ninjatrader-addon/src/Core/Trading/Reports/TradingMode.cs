namespace Tickbridge.Core.Trading
{
    /// <summary>How far a signal may get. The numbers go over the link and into logs: they stay.</summary>
    public enum TradingMode
    {
        /// <summary>Every rule is asked and the answer logged; no order is sent.</summary>
        DryRun = 0,
        /// <summary>Orders on a simulation account named in the settings.</summary>
        Simulation = 1,
        /// <summary>Orders on a live account named in the settings, armed by hand in this run.</summary>
        Live = 2
    }
}
