namespace Tickbridge.Core.Trading
{
    /// <summary>How far the comparison of one account with the platform is. Trading thread.</summary>
    internal sealed class Look
    {
        /// <summary>So long the platform must go on telling less than the fills do, the same all the time, ns.</summary>
        private const long Steadiness = 5000000000;

        private string less = "";
        private long lessSince;

        /// <summary>Number of the snapshot that is awaited; 0: none.</summary>
        public long Request { get; set; }

        /// <summary>When it was asked for.</summary>
        public long Time { get; set; }

        /// <summary>When to ask again; 0: no need.</summary>
        public long Again { get; set; }

        /// <summary>Why it could not be asked for; null: it could.</summary>
        public string Failure { get; set; }

        /// <summary>Looks one after the other that differed.</summary>
        public int Differences { get; set; }

        public long DisagreesSince { get; set; }

        /// <summary>Since when orders report fills that were not told; 0: none does.</summary>
        public long AwaitsSince { get; set; }

        /// <summary>Nothing that was seen before says anything about what is seen next.</summary>
        public void Forget()
        {
            Differences = 0;
            less = "";
        }

        /// <summary>Whether what is missing was missing long enough to be gone.</summary>
        /// <param name="missing">in words; empty: nothing is</param>
        /// <param name="now">local clock</param>
        public bool IsSteady(string missing, long now)
        {
            if (missing != less)
            {
                less = missing;
                lessSince = now;
            }
            return now - lessSince >= Steadiness;
        }
    }
}
