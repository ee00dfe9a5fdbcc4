using System;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    [TestFixture]
    public class TradingSettingsTest
    {
        [Test]
        public void TheTemplateIsTheDefaults()
        {
            TradingSettings fromFile = Parse(SettingsFile.Template().Split('\n'));
            var plain = new TradingSettings();
            foreach (System.Reflection.PropertyInfo property in typeof(TradingSettings).GetProperties()
                .Where(property => property.Name != "Hours"))
            {
                Assert.AreEqual(property.GetValue(plain, null), property.GetValue(fromFile, null), property.Name);
            }
        }

        /// <summary>The lines for names stand there as comments; without their # they do what they say.</summary>
        [Test]
        public void TheTemplateShowsHowNamesAreWritten()
        {
            TradingSettings settings = Parse(SettingsFile.Template().Replace("# map.", "map.").Replace("# root.", "root.")
                .Replace("# roll.", "roll.").Split('\n'));
            Assert.AreEqual("ES 12-26", settings.Names["ESZ6"]);
            Assert.AreEqual(1, settings.Roots.Count);
            Assert.AreEqual(1, settings.Rolls.Count);
        }

        [Test]
        public void EverySettingIsInTheReadmeWithDefaultAndUnit()
        {
            string readme = File.ReadAllText(Path.Combine(Folder, "README.md"));
            foreach (SettingKey key in SettingKeys.All)
            {
                string row = "| `" + key.Name + "` | " + (key.Default.Length == 0 ? "" : "`" + key.Default + "` ")
                    + "| " + key.Unit + " | " + key.Meaning + " |";
                StringAssert.Contains(row, readme);
            }
        }

        [TestCase("limit.position = many", "limits line 2: limit.position = many: allowed is a whole number from 1 to 1000000")]
        [TestCase("limit.position = 0", "allowed is a whole number from 1")]
        [TestCase("limit.position = -1", "allowed is a whole number from 1")]
        [TestCase("limit.position = 1.5", "allowed is a whole number from 1")]
        [TestCase("limit.posotion = 1", "there is no such setting; did you mean limit.position?")]
        [TestCase("instrument = ES", "did you mean instruments?")]
        [TestCase("mpa.ESZ6 = ES 12-26", "did you mean map.<name>?")]
        [TestCase("limit.position", "is not of the form key = value")]
        [TestCase("instruments = ES,,NQ", "different names with a comma between")]
        [TestCase("instruments = ES, ES", "different names with a comma between")]
        [TestCase("order.entry = stop", "allowed are limit and market")]
        [TestCase("hours.zone = Mars/Olympus", "knows no time zone 'Mars/Olympus'")]
        [TestCase("hours.sessions = ", "at least one session")]
        [TestCase("hours.sessions = Mon-Fri 8:30-15:00", "is no time")]
        [TestCase("hours.sessions = Mon-Fry 08:30-15:00", "is no session")]
        [TestCase("hours.closed = 25.12.2026", "is no date")]
        [TestCase("hours.short = 2026-11-27", "limits line 2: hours.short = 2026-11-27: '2026-11-27' is no date with a time; "
            + "allowed are those as 2026-11-27 12:00")]
        [TestCase("hours.short = 2026-11-27 12:00, 24.12.2026 12:00", "'24.12.2026 12:00' is no date with a time")]
        [TestCase("hours.short = 2026-11-27 24:00", "is no date with a time")]
        [TestCase("hours.short = 2026-11-27 12:00, 2026-11-27 12:15", "2026-11-27 stands there twice")]
        [TestCase("limit.loss.reset = 24:00", "is no time")]
        [TestCase("order.quantity = 2", "above limit.order.quantity 1")]
        [TestCase("order.stop.ticks = 0", "a position would have no stop")]
        [TestCase("order.entry.offset.ticks = 9", "above limit.collar.ticks")]
        [TestCase("limit.clock.bound.ms = 251", "above limit.signal.age.ms")]
        [TestCase("rules =", "allowed are all alone, or different names of rules")]
        [TestCase("rules = all, sweep", "allowed are all alone")]
        [TestCase("rules = sweep, sweep", "different names of rules")]
        [TestCase("rules = sweep,", "different names of rules")]
        [TestCase("rules = Sweep", "small letters, digits and -")]
        [TestCase("rules = book imbalance", "small letters, digits and -")]
        [TestCase("rule = sweep", "did you mean rules?")]
        [TestCase("hours.flatten = true", "allowed are yes and no")]
        [TestCase("limit.orders.minute = 1\nlimit.orders.second = 2", "above limit.orders.minute")]
        [TestCase("accounts.live = Sim101", "both in accounts.simulation and accounts.live")]
        [TestCase("limit.position = 2\nlimit.position = 3", "was set in line 2 already")]
        [TestCase("roll.CL = soon", "as 12-26@2026-09-14")]
        [TestCase("map.ESZ6 =", "a value is needed")]
        [TestCase("map. = x", "there is no such setting")]
        public void OneClearErrorEach(string lines, string expected)
        {
            var e = Assert.Throws<FormatException>(() => Parse(("# limits\n" + lines).Split('\n')));
            StringAssert.Contains(expected, e.Message);
            StringAssert.StartsWith("limits", e.Message);
        }

        [TestCase("rules = all", "all")]
        [TestCase("rules = sweep", "sweep")]
        [TestCase("rules = book-imbalance , sweep,x2", "book-imbalance|sweep|x2")]
        public void RulesByName(string line, string expected)
        {
            Assert.AreEqual(expected, string.Join("|", Parse(new[] { line }).Rules));
        }

        [TestCase("2026-03-08 07:59", false, Description = "standard time ends at 08:00 UTC that Sunday")]
        [TestCase("2026-03-08 21:59", false)]
        [TestCase("2026-03-08 22:00", true, Description = "17:00 in daylight time")]
        [TestCase("2026-03-09 20:59", true)]
        [TestCase("2026-03-09 21:00", false)]
        [TestCase("2026-03-09 22:00", true)]
        [TestCase("2026-11-01 22:59", false, Description = "standard time again: 16:59")]
        [TestCase("2026-11-01 23:00", true)]
        [TestCase("2026-11-06 21:59", true, Description = "Friday 15:59, of Thursday's session")]
        [TestCase("2026-11-06 22:00", false)]
        [TestCase("2026-11-06 23:30", false, Description = "no session begins on a Friday")]
        [TestCase("2026-11-07 15:00", false)]
        public void SessionsGoOverMidnightAndFollowTheZone(string utc, bool expected)
        {
            TradingHours hours = TradingHours.Parse("America/Chicago", "Sun-Thu 17:00-16:00", "");
            Assert.AreEqual(expected, hours.IsOpen(Utc(utc)));
        }

        [TestCase("2026-12-25 15:00", false)]
        [TestCase("2026-12-24 15:00", true)]
        public void ClosedDaysAreClosed(string utc, bool expected)
        {
            Assert.AreEqual(expected, TradingHours.Parse("America/Chicago", "Mon-Fri 08:30-15:00",
                "2026-11-26, 2026-12-25").IsOpen(Utc(utc)));
        }

        [Test]
        public void TheZoneHasBothNames()
        {
            DateTime winter = Utc("2026-12-01 12:00");
            Assert.AreEqual(6, TradingHours.Parse("Central Standard Time", "Mon 00:00-00:00", "").ToLocal(winter).Hour);
            Assert.AreEqual(6, TradingHours.Parse("America/Chicago", "Mon 00:00-00:00", "").ToLocal(winter).Hour);
        }

        [Test]
        public void TheDayOfTheLossBeginsAtItsTime()
        {
            TradingHours hours = TradingHours.Parse("America/Chicago", "Mon 00:00-00:00", "");
            TimeSpan reset = TimeSpan.FromHours(17);
            Assert.AreEqual(new DateTime(2026, 11, 22), hours.DayOf(Utc("2026-11-23 22:59"), reset));
            Assert.AreEqual(new DateTime(2026, 11, 23), hours.DayOf(Utc("2026-11-23 23:00"), reset));
        }

        [TestCase(Venue.Cme, "ESZ6", "ES 12-26")]
        [TestCase(Venue.Cme, "ESH27", "ES 03-27")]
        [TestCase(Venue.Cme, "ESZ5", "ES 12-25", Description = "last year's: expired, but that is its name")]
        [TestCase(Venue.Cme, "SR3M4", "SR3 06-34", Description = "a contract eight years ahead")]
        [TestCase(Venue.Cme, "6EZ6", "6E 12-26")]
        [TestCase(Venue.Cme, "ES", "ES 12-26")]
        [TestCase(Venue.Cme, "GLBXZ6", "GLBX 12-26")]
        [TestCase(Venue.Cme, "EUFXZ6", "6E 12-26", Description = "root.EUFX")]
        [TestCase(Venue.Cme, "ODD-NAME", "CL 01-27", Description = "map.ODD-NAME")]
        [TestCase(Venue.Cme, "CL", "CL 01-27", Description = "roll.CL")]
        [TestCase(Venue.Nasdaq, "AAPL", "AAPL")]
        [TestCase(Venue.Iex, "BRK.B", "BRK.B")]
        [TestCase(Venue.Cme, "GC", null)]
        [TestCase(Venue.Cme, "ESZ6-ESH7", null)]
        [TestCase(Venue.Cme, "ESA6", null)]
        [TestCase(Venue.Cme, "Z6", null)]
        [TestCase(Venue.Cme, "", null)]
        [TestCase(Venue.Nasdaq, "aapl", null)]
        [TestCase(Venue.Nasdaq, "", null)]
        public void NamesOnThePlatform(Venue venue, string symbol, string expected)
        {
            InstrumentMap map = Map("map.ODD-NAME = CL 01-27", "root.EUFX = 6E",
                "roll.CL = 12-26@2026-10-19, 01-27@2026-11-17, 02-27@2026-12-18");
            PlatformInstrument found = map.Find(venue, symbol, new DateTime(2026, 11, 23));
            Assert.AreEqual(expected, found?.Name);
            CollectionAssert.AreEqual(expected == null ? new[] { symbol } : new string[0], map.Unknown);
        }

        [TestCase("2026-09-13", "09-26", Description = "third Friday is the 18th, the Monday before the 14th")]
        [TestCase("2026-09-14", "12-26")]
        [TestCase("2026-10-01", "12-26")]
        [TestCase("2026-12-13", "12-26")]
        [TestCase("2026-12-14", "03-27")]
        [TestCase("2026-12-31", "03-27")]
        public void IndexFuturesRollOnTheMondayBeforeTheThirdFriday(string day, string expected)
        {
            InstrumentMap map = Map("instruments = ES");
            DateTime date = DateTime.Parse(day, CultureInfo.InvariantCulture);
            Assert.AreEqual("ES " + expected, map.Find(Venue.Cme, "ES", date).Name);
        }

        [TestCase("ESZ6", true)]
        [TestCase("ESH7", false)]
        [TestCase("NQZ6", false)]
        [TestCase("NQH7", true, Description = "named in full")]
        [TestCase("GCZ6", false, Description = "its front month is not known")]
        public void OnlyWhatIsListedAndInFront(string symbol, bool expected)
        {
            InstrumentMap map = Map("instruments = ES, GC, NQ 03-27");
            PlatformInstrument found = map.Find(Venue.Cme, symbol, new DateTime(2026, 11, 23));
            Assert.AreEqual(expected, found.IsAllowed);
            Assert.AreEqual(expected, found.WhyNot.Length == 0);
        }

        [Test]
        public void WithoutAListNothingIsAllowed()
        {
            Assert.IsFalse(Map().Find(Venue.Nasdaq, "AAPL", DateTime.UtcNow).IsAllowed);
        }

        /// <summary>The module's folder, which has the test's own in it.</summary>
        private static string Folder =>
            Path.GetDirectoryName(Path.GetDirectoryName(typeof(TradingSettingsTest).Assembly.Location));

        private static InstrumentMap Map(params string[] lines) => new InstrumentMap(Parse(lines));

        private static TradingSettings Parse(string[] lines) => SettingsFile.Parse(lines, "limits");

        private static DateTime Utc(string text) => DateTime.SpecifyKind(
            DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);

        [TestCase("2026-12-24T16:59:00", false)]
        [TestCase("2026-12-24T17:00:00", false)]
        [TestCase("2026-12-23T17:00:00", true)]
        [TestCase("2026-12-24T15:59:00", true)]
        [TestCase("2026-12-25T17:00:00", false)]
        [TestCase("2026-12-28T10:00:00", true)]
        public void AClosedDayBeginsWithTheEveningBefore(string chicago, bool isOpen)
        {
            TradingHours hours = TradingHours.Parse("America/Chicago", "Sun-Thu 17:00-16:00", "2026-12-25");
            DateTime utc = DateTime.SpecifyKind(DateTime.Parse(chicago, System.Globalization.CultureInfo.InvariantCulture)
                .AddHours(6), DateTimeKind.Utc);
            Assert.AreEqual(isOpen, hours.IsOpen(utc));
        }
    }
}
