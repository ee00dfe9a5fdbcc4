namespace Tickbridge.Core
{
    /// <summary>Whether a signal came soon enough after its cause to be acted on.</summary>
    public enum Timeliness
    {
        /// <summary>The clocks were not yet compared, or one was set since, so its age is not known.</summary>
        Unknown,
        InTime,
        /// <summary>Older than the gateway's signal time-to-live.</summary>
        TooLate
    }
}
