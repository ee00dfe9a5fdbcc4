using System;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.ConsoleHost
{
    /// <summary>A position and what it has earned, at the simulated broker.</summary>
    internal sealed class SimulatedPosition
    {
        private readonly ContractSpec contract;
        private decimal average;

        public SimulatedPosition(ContractSpec contract)
        {
            this.contract = contract;
        }

        /// <summary>Long above 0, short below.</summary>
        public int Quantity { get; private set; }

        /// <summary>Money, since the beginning.</summary>
        public double Realized { get; private set; }

        public long AveragePrice => Quantity == 0 ? LinkProtocol.NullPrice : (long)average;

        public void Fill(int signed, long price)
        {
            int closing = Math.Sign(signed) == -Math.Sign(Quantity)
                ? Math.Min(Math.Abs(signed), Math.Abs(Quantity))
                : 0;
            if (closing > 0)
            {
                Realized += (double)(closing * Math.Sign(Quantity) * (price - average)) / 1e9 * contract.PointValue;
                Quantity += closing * Math.Sign(signed);
                signed -= closing * Math.Sign(signed);
            }
            if (signed != 0)
            {
                average = (average * Quantity + (decimal)price * signed) / (Quantity + signed);
                Quantity += signed;
            }
        }
    }
}
