using System;
using System.Collections.Generic;
using System.Linq;

namespace Tickbridge.Core.Trading
{
    /// <summary>
    /// Finds the platform's name of what the gateway calls ESZ6 or AAPL: a name given in the settings, else root, month
    /// and year of a future, else the ticker. Trading thread.
    /// </summary>
    /// <remarks>
    /// A year of one digit is the one with that digit from last year to eight years ahead: contracts are listed
    /// that far, and an expired one keeps its name until the platform says that it has no quote.
    /// </remarks>
    public sealed class InstrumentMap
    {
        private const string MonthCodes = "FGHJKMNQUVXZ";

        /// <summary>So many unknown names are remembered; all are refused.</summary>
        private const int UnknownLimit = 100;

        private readonly TradingSettings settings;
        private readonly FrontMonth front;
        private readonly List<string> unknown = new List<string>();

        /// <exception cref="FormatException">A roll table is not of its form.</exception>
        public InstrumentMap(TradingSettings settings)
        {
            this.settings = settings;
            front = new FrontMonth(settings.Rolls);
        }

        /// <summary>Names for which there was none, in the order in which they came.</summary>
        public IList<string> Unknown => unknown.ToArray();

        /// <summary>null: there is none; then the name is remembered.</summary>
        /// <param name="venue">the instrument's</param>
        /// <param name="symbol">the gateway's name</param>
        /// <param name="day">today where the market is</param>
        public PlatformInstrument Find(Venue venue, string symbol, DateTime day)
        {
            PlatformInstrument found = Resolve(venue, symbol, day);
            if (found == null && unknown.Count < UnknownLimit && !unknown.Contains(symbol))
            {
                unknown.Add(symbol);
            }
            return found;
        }

        private PlatformInstrument Resolve(Venue venue, string symbol, DateTime day)
        {
            string name;
            if (settings.Names.TryGetValue(symbol, out name))
            {
                int space = name.IndexOf(' ');
                string root = space < 0 ? name : name.Substring(0, space);
                return Allowed(name, root, space < 0 ? null : name.Substring(space + 1), day);
            }
            return venue == Venue.Cme ? Future(symbol, day) : Share(symbol, day);
        }

        private PlatformInstrument Share(string symbol, DateTime day)
        {
            bool isTicker = symbol.Length > 0 && symbol.Length <= 8 && char.IsUpper(symbol[0])
                && symbol.All(c => c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.');
            return isTicker ? Allowed(symbol, symbol, null, day) : null;
        }

        private PlatformInstrument Future(string symbol, DateTime day)
        {
            int digits = symbol.Reverse().TakeWhile(c => c >= '0' && c <= '9').Count();
            int code = symbol.Length - digits - 1;
            bool isContract = digits >= 1 && digits <= 2 && code >= 1 && MonthCodes.IndexOf(symbol[code]) >= 0;
            string product = isContract ? symbol.Substring(0, code) : symbol;
            if (product.Length < 1 || product.Length > 4
                || !product.All(c => c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'))
            {
                return null;
            }
            string root;
            if (!settings.Roots.TryGetValue(product, out root))
            {
                root = product;
            }
            string expiry = isContract
                ? FrontMonth.Format(MonthCodes.IndexOf(symbol[code]) + 1,
                    Year(int.Parse(symbol.Substring(code + 1)), digits, day.Year))
                : front.Of(root, day);
            return expiry == null ? null : Allowed(root + " " + expiry, root, expiry, day);
        }

        private static int Year(int written, int digits, int thisYear)
        {
            int span = digits == 1 ? 10 : 100;
            int first = thisYear - (digits == 1 ? 1 : 50);
            return first + ((written - first) % span + span) % span;
        }

        private PlatformInstrument Allowed(string name, string root, string expiry, DateTime day)
        {
            string whyNot = "";
            if (!settings.Instruments.Contains(name))
            {
                if (!settings.Instruments.Contains(root))
                {
                    whyNot = "neither " + root + " nor " + name + " is in instruments";
                }
                else if (expiry != null && settings.FrontMonthOnly && front.Of(root, day) != expiry)
                {
                    string now = front.Of(root, day);
                    whyNot = now == null
                        ? "the front month of " + root + " is not known; add roll." + root + " or name " + name
                        : "the front month is " + root + " " + now;
                }
            }
            return new PlatformInstrument(name, root, whyNot.Length == 0, whyNot);
        }
    }
}
