namespace Tickbridge.Core.Trading
{
    /// <summary>For how long something was told all the same. Trading thread.</summary>
    internal sealed class Steadiness
    {
        private readonly long enough;
        private string what = "";
        private long since;

        /// <param name="enough">so long it must go on, ns</param>
        public Steadiness(long enough)
        {
            this.enough = enough;
        }

        /// <summary>Nothing that was told before says anything about what is told next.</summary>
        public void Forget()
        {
            what = "";
        }

        /// <summary>Whether it went on for long enough.</summary>
        /// <param name="told">in words; empty: nothing is</param>
        /// <param name="now">local clock</param>
        public bool Lasts(string told, long now)
        {
            if (told != what)
            {
                what = told;
                since = now;
            }
            return now - since >= enough;
        }
    }
}
