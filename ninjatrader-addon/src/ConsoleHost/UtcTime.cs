using System;
using System.Globalization;
using System.Text;

namespace Tickbridge.ConsoleHost
{
    /// <summary>Writes times of ns since the Unix epoch as 2026-11-22T17:34:21.123456789Z.</summary>
    internal sealed class UtcTime
    {
        private const long NanosPerSecond = 1000000000;

        private static readonly DateTime Epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        // Neighbouring signals mostly share the second, and writing a date is what costs.
        private long second = long.MinValue;
        private string secondText;

        public StringBuilder Append(StringBuilder text, long time)
        {
            long wholeSecond = time / NanosPerSecond;
            long rest = time % NanosPerSecond;
            if (rest < 0)
            {
                wholeSecond--;
                rest += NanosPerSecond;
            }
            if (wholeSecond != second)
            {
                second = wholeSecond;
                secondText = Epoch.AddSeconds(wholeSecond).ToString("yyyy-MM-ddTHH:mm:ss.",
                    CultureInfo.InvariantCulture);
            }
            text.Append(secondText);
            for (long unit = NanosPerSecond / 10; unit > 0; unit /= 10)
            {
                text.Append((char)('0' + rest / unit % 10));
            }
            return text.Append('Z');
        }
    }
}
