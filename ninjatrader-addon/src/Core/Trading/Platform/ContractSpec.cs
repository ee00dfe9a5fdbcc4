namespace Tickbridge.Core.Trading
{
    /// <summary>What the platform knows of an instrument. Immutable.</summary>
    public sealed class ContractSpec
    {
        public ContractSpec(string instrument, long tickSize, double pointValue, string currency)
        {
            Instrument = instrument;
            TickSize = tickSize;
            PointValue = pointValue;
            Currency = currency;
        }

        /// <summary>The platform's full name.</summary>
        public string Instrument { get; }

        /// <summary>In 1e-9 units, above 0.</summary>
        public long TickSize { get; }

        /// <summary>Money that one contract or share gains when the price rises by 1.0, in Currency.</summary>
        public double PointValue { get; }

        /// <summary>For example UsDollar.</summary>
        public string Currency { get; }
    }
}
