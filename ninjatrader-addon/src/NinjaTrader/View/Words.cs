namespace Tickbridge.View
{
    using System;
    using System.Globalization;
    using Tickbridge.Core;

    /// <summary>Numbers as the window writes them, the same in every country.</summary>
    internal static class Words
    {
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        /// <summary>A value with its bound: 73.6 ± 9.3 µs; a bound too small for the value's unit has its own.</summary>
        /// <param name="nanos">ns</param>
        /// <param name="bound">ns; below 0: not known, and then neither is the value</param>
        public static string Measured(long nanos, long bound)
        {
            if (bound < 0)
            {
                return "?";
            }
            string unit = Unit(Math.Max(Math.Abs(nanos), bound));
            return Number(bound, unit) == "0.0" && bound > 0
                ? Number(nanos, unit) + " " + unit + " ± " + Duration(bound)
                : Number(nanos, unit) + " ± " + Number(bound, unit) + " " + unit;
        }

        /// <summary>A duration: 1.2 ms.</summary>
        public static string Duration(long nanos)
        {
            string unit = Unit(Math.Abs(nanos));
            return Number(nanos, unit) + " " + unit;
        }

        /// <summary>hh:mm:ss.fff of the local clock, UTC.</summary>
        public static string Time(long nanos) => nanos <= 0
            ? ""
            : Moment(nanos).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

        /// <summary>hh:mm:ss of the local clock, UTC.</summary>
        public static string Second(long nanos) =>
            Moment(nanos).ToString("HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

        /// <summary>The local clock as a time of day, UTC.</summary>
        public static DateTime Moment(long nanos) => Epoch.AddTicks(nanos / 100);

        /// <summary>A price without trailing zeros; empty: none.</summary>
        public static string Price(double price) =>
            double.IsNaN(price) ? "" : price.ToString("0.#########", CultureInfo.InvariantCulture);

        public static string Price(long price) => price == LinkProtocol.NullPrice ? "" : FixedPrice.Format(price);

        public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

        public static string Amount(double amount) => amount.ToString("#,0.##", CultureInfo.InvariantCulture);

        private static string Unit(long nanos) =>
            nanos < 1000000 ? "µs" : nanos < 1000000000 ? "ms" : "s";

        private static string Number(long nanos, string unit)
        {
            double divisor = unit == "µs" ? 1e3 : unit == "ms" ? 1e6 : 1e9;
            return (nanos / divisor).ToString("0.0", CultureInfo.InvariantCulture);
        }
    }
}
