namespace Tickbridge.Host
{
    using System.Collections.Generic;
    using System.Linq;

    /// <summary>
    /// What of Tickbridge is on the screen: windows and pages, each kind counted for itself. NinjaTrader moves pages between
    /// windows and makes anew what it restores; whichever kind is gone first tells that nobody has a KILL to press. Not for
    /// several threads.
    /// </summary>
    internal sealed class OnScreen
    {
        private readonly List<object> parts = new List<object>();

        /// <summary>Twice the same counts once.</summary>
        public void Add(object part)
        {
            if (!parts.Contains(part))
            {
                parts.Add(part);
            }
        }

        /// <returns>whether it was there, and was the last of its kind</returns>
        public bool RemoveLast(object part) =>
            parts.Remove(part) && parts.All(other => other.GetType() != part.GetType());
    }
}
