using System.Globalization;
using System.Text;

namespace Tickbridge.Core
{
    /// <summary>Prices: int64 in units of 1e-9 of the quoted unit.</summary>
    public static class FixedPrice
    {
        private const long One = 1000000000;

        /// <summary>
        /// Appends the exact decimal, without trailing zeros: 4825250000000 is 4825.25. Nothing for a null price.
        /// </summary>
        public static StringBuilder Append(StringBuilder text, long price)
        {
            if (price == LinkProtocol.NullPrice)
            {
                return text;
            }
            long whole = price / One;
            long rest = price % One;
            if (price < 0)
            {
                text.Append('-');
                whole = -whole;
                rest = -rest;
            }
            text.Append(whole.ToString(CultureInfo.InvariantCulture));
            if (rest != 0)
            {
                text.Append('.');
                for (long unit = One / 10; rest != 0; unit /= 10)
                {
                    text.Append((char)('0' + rest / unit));
                    rest %= unit;
                }
            }
            return text;
        }

        /// <summary>The exact decimal as text; empty for a null price.</summary>
        public static string Format(long price) => Append(new StringBuilder(24), price).ToString();

        /// <summary>The price as NinjaTrader has them. Exact to 15 digits; for arithmetic keep the integer.</summary>
        public static double ToDouble(long price) => price == LinkProtocol.NullPrice ? double.NaN : price / (double)One;
    }
}
