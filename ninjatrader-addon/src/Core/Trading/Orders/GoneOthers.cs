using System;
using System.Collections.Generic;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Others' positions of one account that were gone without a fill, and the price that this counts at in the loss of the
    /// day. Shown again soon they are open from there on, so that no loss counts twice; a fill that is told puts the price
    /// right. Trading thread.
    /// </summary>
    internal sealed class GoneOthers
    {
        /// <summary>What comes back later than that is another position, ns.</summary>
        private const long ReturnLimit = 600000000000;

        private readonly Dictionary<string, Gone> all = new Dictionary<string, Gone>(StringComparer.Ordinal);

        /// <summary>So much was closed; bought above 0.</summary>
        public void Add(string instrument, int signed, long price, long now)
        {
            Gone gone = Of(instrument, Math.Sign(signed));
            if (gone == null || now - gone.Time > ReturnLimit)
            {
                gone = new Gone { Sign = Math.Sign(signed) };
                all[instrument] = gone;
            }
            gone.What.Add(Math.Abs(signed), price);
            gone.Time = now;
        }

        /// <summary>The platform shows more again; bought above 0.</summary>
        public void Reopen(ProfitLedger profit, ContractSpec contract, int signed, long now)
        {
            Gone gone = Of(contract.Instrument, -Math.Sign(signed));
            if (gone != null && now - gone.Time <= ReturnLimit)
            {
                long price = gone.What.Price;
                profit.Reopen(contract, Math.Sign(signed) * gone.What.Take(Math.Abs(signed)), price);
            }
        }

        /// <summary>Another's fill is told that may be how they were closed.</summary>
        /// <returns>how much of it that explains, 0 or more</returns>
        public int Explain(ProfitLedger profit, ContractSpec contract, ExecutionReport fill)
        {
            Gone gone = Of(contract.Instrument, Math.Sign(AccountBook.Signed(fill)));
            if (gone == null || fill.Time > gone.Time)
            {
                return 0;
            }
            long price = gone.What.Price;
            int explained = gone.What.Take(fill.Quantity);
            profit.Correct(contract, gone.Sign * explained, price, fill.Price);
            return explained;
        }

        private Gone Of(string instrument, int sign)
        {
            Gone gone;
            return all.TryGetValue(instrument, out gone) && gone.Sign == sign ? gone : null;
        }

        private sealed class Gone
        {
            /// <summary>Of what closed them: bought above 0.</summary>
            public int Sign { get; set; }

            public AssumedQuantity What { get; } = new AssumedQuantity();

            /// <summary>When they were taken for gone, local clock.</summary>
            public long Time { get; set; }
        }
    }
}
