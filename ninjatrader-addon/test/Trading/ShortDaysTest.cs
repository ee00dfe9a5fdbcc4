using System;
using System.Globalization;
using NUnit.Framework;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>Days on which the exchange ends early. Times are Chicago's, unless they end with Z.</summary>
    [TestFixture]
    public class ShortDaysTest
    {
        private const string Day = "Mon-Fri 08:30-15:00";
        private const string Globex = "Sun-Thu 17:00-16:00";
        private const string Short = "2026-11-27 12:00, 2026-12-24 12:15";

        [TestCase("2026-11-27 08:29:59", false)]
        [TestCase("2026-11-27 08:30:00", true)]
        [TestCase("2026-11-27 11:59:59.9999999", true)]
        [TestCase("2026-11-27 12:00:00", false, Description = "the end is not within the hours")]
        [TestCase("2026-11-27 14:59:59", false)]
        [TestCase("2026-12-24 12:14:59", true)]
        [TestCase("2026-12-24 12:15:00", false)]
        [TestCase("2026-11-26 14:59:59", true, Description = "the day before is whole")]
        [TestCase("2026-11-30 14:59:59", true, Description = "and the next one")]
        public void TheHoursOfAShortDayEndAtItsTime(string chicago, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours(Day).IsOpen(Utc(chicago)));
        }

        [TestCase("2026-11-26 17:00:00", true, Description = "began on the day before")]
        [TestCase("2026-11-27 00:00:00", true)]
        [TestCase("2026-11-27 11:59:59", true)]
        [TestCase("2026-11-27 12:00:00", false)]
        [TestCase("2026-11-27 15:59:59", false)]
        [TestCase("2026-12-23 17:00:00", true)]
        [TestCase("2026-12-24 12:14:59", true)]
        [TestCase("2026-12-24 12:15:00", false)]
        [TestCase("2026-12-24 17:00:00", false, Description = "would begin later on the short day")]
        [TestCase("2026-12-25 00:00:00", false, Description = "and does not begin at midnight either")]
        [TestCase("2026-12-25 15:59:59", false)]
        [TestCase("2026-12-27 17:00:00", true)]
        public void ASessionOverMidnightEndsAndALaterOneDoesNotBegin(string chicago, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours(Globex).IsOpen(Utc(chicago)));
        }

        [TestCase("2026-11-27 11:59:59", true)]
        [TestCase("2026-11-27 12:00:00", false)]
        [TestCase("2026-11-27 23:59:59", false)]
        [TestCase("2026-11-28 00:00:00", false, Description = "what was cut off goes on no more")]
        [TestCase("2026-11-28 01:59:59", false)]
        public void ASessionThatBeganBeforeTheEndDoesNotGoOnAfterMidnight(string chicago, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours("Mon-Fri 08:30-02:00").IsOpen(Utc(chicago)));
        }

        [TestCase("2026-11-27 11:59:59", true)]
        [TestCase("2026-11-27 13:00:00", false)]
        [TestCase("2026-11-28 00:00:00", true, Description = "a session of its own")]
        public void ASessionOfTheNextDayBeginsAsEver(string chicago, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours("Mon-Sat 00:00-11:30; Mon-Fri 11:30-16:00; Mon-Fri 17:00-00:00").IsOpen(Utc(chicago)));
        }

        /// <summary>On 2026-11-01 Chicago's clocks go from 02:00 back to 01:00, at 07:00 UTC.</summary>
        [TestCase("2026-11-01 06:29:59Z", true)]
        [TestCase("2026-11-01 06:30:00Z", false, Description = "01:30 in daylight time")]
        [TestCase("2026-11-01 07:00:00Z", false, Description = "01:00 once more")]
        [TestCase("2026-11-01 07:29:59Z", false)]
        [TestCase("2026-11-01 07:30:00Z", false)]
        public void WhatHasEndedStaysSoWhenTheClocksAreSetBack(string utc, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours("Sun 00:00-08:00").WithShort("2026-11-01 01:30").IsOpen(Utc(utc)));
        }

        /// <summary>On 2026-03-08 Chicago's clocks go from 02:00 forward to 03:00, at 08:00 UTC.</summary>
        [TestCase("2026-03-08 07:59:59Z", true)]
        [TestCase("2026-03-08 08:00:00Z", false)]
        [TestCase("2026-03-08 08:29:59Z", false)]
        public void AnEndThatNoClockShowsIsTheNextTimeThatOneDoes(string utc, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours("Sun 00:00-08:00").WithShort("2026-03-08 02:30").IsOpen(Utc(utc)));
        }

        /// <summary>12:00 in Chicago: 18:00 UTC in winter, 17:00 in summer.</summary>
        [TestCase("2026-11-27 17:59:59Z", true)]
        [TestCase("2026-11-27 18:00:00Z", false)]
        [TestCase("2026-07-03 16:59:59Z", true)]
        [TestCase("2026-07-03 17:00:00Z", false)]
        public void TheEndFollowsTheZone(string utc, bool isOpen)
        {
            Assert.AreEqual(isOpen, Hours(Day).WithShort("2026-11-27 12:00, 2026-07-03 12:00").IsOpen(Utc(utc)));
        }

        [Test]
        public void TheOrderOfTheLinesDoesNotMatter()
        {
            foreach (string[] lines in new[]
            {
                new[] { "hours.short = " + Short, "hours.zone = Etc/UTC", "hours.closed = 2026-12-25", "hours.sessions = " + Day },
                new[] { "hours.sessions = " + Day, "hours.closed = 2026-12-25", "hours.zone = Etc/UTC", "hours.short = " + Short }
            })
            {
                TradingHours hours = SettingsFile.Parse(lines, "limits").Hours;
                Assert.IsTrue(hours.IsOpen(Utc("2026-11-27 11:59:59Z")));
                Assert.IsFalse(hours.IsOpen(Utc("2026-11-27 12:00:00Z")));
                Assert.IsFalse(hours.IsOpen(Utc("2026-12-25 10:00:00Z")));
            }
        }

        [TestCase("2026-11-27 11:59:59", null)]
        [TestCase("2026-11-27 12:00:00", "2026-11-27 12:00")]
        [TestCase("2026-11-28 01:00:00", "2026-11-27 12:00")]
        [TestCase("2026-11-30 07:00:00", null, Description = "closed as on every day")]
        public void WhatCutASessionOffIsSaid(string chicago, string expected)
        {
            Assert.AreEqual(expected, Hours("Mon-Fri 08:30-02:00").ShortEnd(Utc(chicago))?.ToString("yyyy-MM-dd HH:mm",
                CultureInfo.InvariantCulture));
        }

        private static TradingHours Hours(string sessions) =>
            TradingHours.Parse("America/Chicago", sessions, "").WithShort(Short);

        private static DateTime Utc(string text)
        {
            bool isUtc = text.EndsWith("Z", StringComparison.Ordinal);
            DateTime time = DateTime.Parse(text.TrimEnd('Z'), CultureInfo.InvariantCulture);
            return DateTime.SpecifyKind(isUtc ? time : time.AddHours(6), DateTimeKind.Utc);
        }
    }
}
