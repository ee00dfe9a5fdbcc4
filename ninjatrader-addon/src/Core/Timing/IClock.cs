namespace Tickbridge.Core
{
    /// <summary>Where the link takes the time from. A test brings its own.</summary>
    public interface IClock
    {
        /// <summary>ns since the Unix epoch; never runs backwards.</summary>
        long Now { get; }
    }
}
