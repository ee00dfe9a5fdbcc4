using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What is open when the trading hours end. The harness begins at 15:00 UTC on a Monday.</summary>
    [TestFixture]
    public class HoursWatchTest
    {
        private const long Second = TradingHarness.Second;
        private const long Milli = TradingHarness.Milli;
        private const string UntilOnePast = "Mon-Fri 00:00-15:01";
        private TradingHarness trading;

        [TearDown]
        public void Close()
        {
            trading?.Dispose();
            trading = null;
        }

        [Test]
        public void AtTheEndWhatIsOpenIsClosedAndDisarmedOnceAndNotKilled()
        {
            Armed();
            Buy();
            Until(59 * Second + 950 * Milli);
            Assert.AreEqual(1, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
            trading.Pass(50 * Milli);
            Assert.AreEqual(0, trading.Position, "the end is not within the hours");
            trading.Pass(2 * Second);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
            Assert.AreEqual(1, trading.Sink.Count(NoticeKind.Flat));
            Assert.AreEqual("the trading hours have ended with a trade open",
                trading.Sink.Notices.Single(notice => notice.Kind == NoticeKind.Disarmed
                    && notice.Text != "arming anew").Text);
            Assert.AreEqual(1, Told("the trading hours have ended: what is open is closed"));
            string audited = File.ReadAllText(Directory.GetFiles(trading.Folder, "*.log").Single());
            StringAssert.Contains("the trading hours have ended with a trade open", audited);
        }

        /// <summary>The exchange ends at noon: stop and target end with it, and the position must not stay without.</summary>
        [Test]
        public void AShortDayEndsAtItsTime()
        {
            Armed(settings => settings.Hours = Hours("Mon-Fri 00:00-20:00").WithShort("2026-11-23 15:01"));
            Buy();
            Until(59 * Second + 950 * Milli);
            Assert.AreEqual(1, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
            trading.Pass(50 * Milli);
            Assert.AreEqual(0, trading.Position);
            trading.Pass(2 * Second);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.AreEqual(1, Told("the trading hours have ended: what is open is closed"));
            Assert.IsNull(trading.Arm());
            Decision refused = trading.Signal(Side.Buy);
            Assert.AreEqual(RiskRule.TradingHours, refused.RefusedBy);
            StringAssert.EndsWith(", and hours.short ended them at 2026-11-23 15:01", refused.Text);
        }

        [Test]
        public void WhatAPersonOpensAfterTheEndStays()
        {
            Armed();
            Buy();
            Until(63 * Second);
            Assert.AreEqual(0, trading.Position);
            ByHand();
            Pass(60);
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(1, Told("what is open is closed"));
        }

        [Test]
        public void WithNothingOpenItStaysArmedForTheNextSession()
        {
            Armed(settings => settings.Hours = Hours("Mon-Fri 00:00-15:01; Mon-Fri 15:02-20:00"));
            ByHand();
            Until(90 * Second);
            Assert.AreEqual(1, trading.Position, "a person's");
            Assert.IsTrue(trading.Desk.Status.IsArmed);
            Assert.AreEqual(RiskRule.TradingHours, trading.Signal(Side.Buy).RefusedBy);
            Until(125 * Second);
            Assert.AreNotEqual(RiskRule.TradingHours, trading.Signal(Side.Buy).RefusedBy);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
        }

        [Test]
        public void SwitchedOffNothingIsClosed()
        {
            Armed(settings => settings.FlattenAfterHours = false);
            Buy();
            Until(90 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count());
            Assert.IsTrue(trading.Desk.Status.IsArmed);
        }

        [Test]
        public void HoursWithoutAnEndCloseNothing()
        {
            Armed(settings => settings.Hours = Hours("Sun-Sat 00:00-00:00"));
            Buy();
            for (int hour = 0; hour < 8 * 24; hour++)
            {
                trading.Clock.Advance(3600 * Second);
                trading.Probe();
                trading.Timer();
                Assert.IsTrue(trading.Desk.Status.IsArmed, trading.UtcNow.ToString());
            }
            Assert.AreEqual(1, trading.Position);
        }

        [Test]
        public void SessionsThatFollowOnOneAnotherHaveNoEndBetween()
        {
            Armed(settings => settings.Hours = Hours("Mon-Fri 00:00-15:01; Mon-Fri 15:01-20:00"));
            Buy();
            Until(90 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed);
        }

        [Test]
        public void AnEntryOfTheLastMillisecondIsCancelledAndNothingIsDisarmed()
        {
            Armed();
            Until(59 * Second + 950 * Milli);
            trading.Clock.Advance(49 * Milli);
            WorkingEntry();
            trading.Clock.Advance(Milli);
            trading.Timer();
            trading.Run();
            Assert.IsEmpty(trading.Platform.Working);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsArmed, "nothing was closed");
        }

        [Test]
        public void AFillThatCrossesTheCancelIsClosed()
        {
            Armed();
            Until(59 * Second + 950 * Milli);
            WorkingEntry();
            trading.Clock.Advance(50 * Milli);
            trading.Timer();
            // The cancel is on its way; the market comes first.
            trading.Quote(5000, 5000.25);
            trading.Platform.Faults.RefusesCancel = () => true;
            trading.Run();
            trading.Platform.Faults.RefusesCancel = () => false;
            trading.Pass(3 * Second);
            Assert.AreEqual(1, trading.Sink.Executions.Count(fill => fill.Side == OrderSide.Buy), "it was filled");
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void APartOfAnEntryIsClosedAndItsRestCancelled()
        {
            Armed(settings => settings.OrderQuantity = 3);
            trading.Platform.Faults.FillOf = quantity => 1;
            Until(58 * Second);
            trading.Signal(Side.Buy);
            while (trading.Sink.Executions.Count == 0)
            {
                Assert.IsTrue(trading.Schedule.Step());
                trading.Loop.RunAll();
            }
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            Assert.That(trading.Position, Is.InRange(1, 2), "a part");
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());
            trading.Platform.Faults.FillOf = quantity => quantity;
            trading.Pass(6 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
            Assert.IsFalse(trading.Desk.Status.IsKilled);
        }

        [Test]
        public void WithoutAConnectionItIsClosedOnceThereIsOneAgain()
        {
            Armed();
            Buy();
            trading.Platform.SetConnected(false);
            Until(90 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(0, Told("what is open is closed"));
            trading.Platform.SetConnected(true);
            trading.Pass(Reconciler.Loading + 2 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsEmpty(trading.Platform.Working);
        }

        [Test]
        public void WhatItsStopClosedWhileTheConnectionWasAwayLeavesOthersAlone()
        {
            Armed();
            Buy();
            ByHand();
            trading.Platform.SetConnected(false);
            trading.Run();
            Until(90 * Second);
            trading.Quote(4998, 4998.25);
            trading.Run();
            Assert.AreEqual(1, trading.Position, "stopped at the broker");
            trading.Platform.SetConnected(true);
            Pass(20);
            Assert.AreEqual(1, trading.Position, "a person's");
            Assert.AreEqual(0, Told("what is open is closed"));
        }

        [Test]
        public void WhoIsBackBeforeTheHoursAreOverAgainIsNotClosed()
        {
            Armed(settings => settings.Hours = Hours("Mon-Fri 00:00-15:01; Mon-Fri 15:02-20:00"));
            Buy();
            trading.Platform.SetConnected(false);
            Until(125 * Second);
            trading.Platform.SetConnected(true);
            trading.Pass(3 * Reconciler.Loading);
            Assert.AreEqual(1, trading.Position);
        }

        [Test]
        public void AnAccountThatCannotBeComparedIsClosedAllTheSame()
        {
            Armed();
            Buy();
            trading.Platform.SetConnected(false);
            Until(90 * Second);
            trading.Platform.Faults.HoldsAnswers = () => true;
            trading.Platform.SetConnected(true);
            trading.Pass(Reconciler.Loading + 10 * Second);
            Assert.AreEqual(1, trading.Position);
            trading.Pass(3 * Second);
            Assert.AreEqual(0, trading.Position);
        }

        [TestCase(5000000000, 0)]
        [TestCase(-5000000000, 0)]
        [TestCase(5000000001, 1)]
        [TestCase(-5000000001, 1)]
        public void WhereTheClocksDifferNobodyKnowsTheHour(long offset, int expected)
        {
            Armed();
            Buy();
            var clock = new ClockSynchroniser();
            trading.Desk.AttachClock(clock);
            Until(58 * Second);
            trading.Clock.Advance(2 * Second);
            long now = trading.Clock.Now;
            clock.Add(now, now + offset, now + offset, now);
            trading.Timer();
            trading.Run();
            Assert.AreEqual(expected, trading.Position);
            // Once they agree it is closed late rather than never.
            trading.Desk.AttachClock(null);
            trading.Pass(Second);
            Assert.AreEqual(expected, trading.Position, "not compared");
            Assert.AreEqual(expected, Told("nobody knows what time it is: what is open is not closed"));
            clock = new ClockSynchroniser();
            trading.Desk.AttachClock(clock);
            now = trading.Clock.Now;
            clock.Add(now, now, now, now);
            trading.Pass(2 * Second);
            Assert.AreEqual(0, trading.Position);
        }

        /// <summary>A machine that was suspended: its clock stood, and says that the hours go on.</summary>
        [Test]
        public void WhereOnlyTheGatewaysClockSaysThatTheyEndedThatIsToldToo()
        {
            Armed();
            Buy();
            var clock = new ClockSynchroniser();
            trading.Desk.AttachClock(clock);
            long now = trading.Clock.Now;
            clock.Add(now, now + 50 * Second, now + 50 * Second, now);
            trading.Pass(5 * Second);
            Assert.AreEqual(0, Told("what is open is not closed"), "by both it is within the hours");
            trading.Pass(10 * Second);
            Assert.AreEqual(1, Told("what is open is not closed"));
            Assert.AreEqual(1, trading.Position);
        }

        [Test]
        public void WhatAnEarlierRunLeftIsToldAndNotClosed()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            var first = new TradingHarness(Set, null, folder);
            Assert.IsNull(first.Arm());
            first.Signal(Side.Buy);
            first.Run();
            first.Stop();
            Assert.AreEqual(1, first.Position);
            trading = new TradingHarness(Set, null, folder, null, first);
            trading.Probe();
            Until(90 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.StopLoss).Count());
            Assert.AreEqual(1, Told("what an earlier run left there is open: it is not closed by itself"));
            trading.Stop();

            // Begun after the end: it was open at none of this run's moments within the hours.
            trading = new TradingHarness(Set, null, folder, null, trading);
            trading.Probe();
            Pass(5);
            Assert.AreEqual(1, trading.Position);
            Assert.AreEqual(1, Told("is not closed by itself"));
            Assert.AreEqual(1, Told("covered by its stop"));
        }

        [Test]
        public void AKillMeanwhileIsNotDisturbed()
        {
            Armed();
            Buy();
            Until(59 * Second + 900 * Milli);
            trading.Desk.Kill("test");
            // The broker takes its time.
            for (int i = 0; i < 10; i++)
            {
                trading.Clock.Advance(50 * Milli);
                trading.Timer();
            }
            Assert.AreEqual(1, trading.Position);
            Until(63 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsKilled);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
            Assert.AreEqual(0, Told("what is open is closed"));
        }

        [Test]
        public void KillActsAtOnceWhereTheClosingHasFailedForLong()
        {
            Armed();
            Buy();
            trading.Between.Flattening = (account, instrument, goOn) => { };
            trading.Platform.Faults.Rejects = ticket => ticket.Purpose == OrderPurpose.Exit;
            Until(75 * Second);
            Assert.IsNotNull(trading.Desk.Status.Alarm, "not flat after so many tries");
            int asked = trading.Platform.Orders.Count();
            while (trading.Platform.Orders.Count() == asked)
            {
                trading.Pass(50 * Milli);
            }
            trading.Platform.Faults.Rejects = ticket => false;
            trading.Desk.Kill("the button");
            trading.Pass(Second);
            Assert.AreEqual(0, trading.Position);
        }

        /// <summary>Begun at 15:00 UTC on that day; the clocks in Chicago go back or forth within the night after it.</summary>
        [TestCase("2026-10-31 15:00", 15, 22, Description = "Saturday, daylight time; the night's end 16:00 is 22:00 UTC")]
        [TestCase("2026-03-07 15:00", 15, 21, Description = "Saturday, standard time; the night's end 16:00 is 21:00 UTC")]
        public void TheEndFollowsTheWallClock(string begin, int beginHour, int endHour)
        {
            DateTime from = DateTime.SpecifyKind(DateTime.Parse(begin, System.Globalization.CultureInfo.InvariantCulture),
                DateTimeKind.Utc);
            trading = new TradingHarness(settings =>
            {
                settings.Hours = TradingHours.Parse("America/Chicago", "Sat 09:00-09:00; Sun 09:00-16:00", "");
                settings.FrontMonthOnly = false;
            }, null, null, null, null, null, from);
            Assert.IsNull(trading.Arm());
            Buy();
            long end = (24 + endHour - beginHour) * 3600L * Second;
            trading.Clock.Advance(end - (trading.UtcNow.Ticks - from.Ticks) * 100 - 50 * Milli);
            Tick();
            Assert.AreEqual(1, trading.Position, trading.UtcNow.ToString());
            trading.Clock.Advance(50 * Milli);
            Tick();
            Assert.AreEqual(0, trading.Position, trading.UtcNow.ToString());
        }

        private void Tick()
        {
            trading.Probe();
            trading.Timer();
            trading.Run();
        }

        private void Armed(Action<TradingSettings> change = null)
        {
            trading = new TradingHarness(settings =>
            {
                Set(settings);
                change?.Invoke(settings);
            });
            Assert.IsNull(trading.Arm());
        }

        private static void Set(TradingSettings settings)
        {
            settings.Hours = Hours(UntilOnePast);
            settings.EntryTimeout = 0;
        }

        private static TradingHours Hours(string sessions) => TradingHours.Parse("Etc/UTC", sessions, "");

        private void Buy()
        {
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
        }

        /// <summary>An entry whose limit the market has left when it comes.</summary>
        private void WorkingEntry()
        {
            Assert.IsTrue(trading.Signal(Side.Buy).IsSent);
            trading.Quote(5000.5, 5000.75);
            trading.Run();
            Assert.AreEqual(1, trading.WorkingOf(OrderPurpose.Entry).Count());
        }

        private void ByHand()
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, OrderSide.Buy,
                OrderKind.Market, 1, 0, "by hand", "");
            trading.Run();
        }

        private void Pass(int seconds)
        {
            for (int i = 0; i < seconds; i++)
            {
                trading.Requote();
                trading.Pass(Second);
            }
        }

        /// <summary>So long after 15:00 UTC.</summary>
        private void Until(long sinceStart)
        {
            var start = new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc);
            while ((trading.UtcNow - start).Ticks * 100 < sinceStart)
            {
                trading.Requote();
                trading.Pass(50 * Milli);
            }
        }

        private int Told(string text) => trading.Sink.Notices.Count(notice => notice.Text.Contains(text));
    }
}
