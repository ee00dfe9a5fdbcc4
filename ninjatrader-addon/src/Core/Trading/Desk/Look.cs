namespace Tickbridge.Core.Trading
{
    /// <summary>How far the comparison of one account with the platform is. Trading thread.</summary>
    internal sealed class Look
    {
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

        /// <summary>The platform must go on for 5 s telling less than the fills do: a stop is taken away for it.</summary>
        public Steadiness Less { get; } = new Steadiness(5000000000);

        /// <summary>And for 2 s telling more: so far apart a fill and its position may be told.</summary>
        public Steadiness More { get; } = new Steadiness(2000000000);

        /// <summary>Nothing that was seen before says anything about what is seen next.</summary>
        public void Forget()
        {
            Differences = 0;
            Less.Forget();
            More.Forget();
        }
    }
}
