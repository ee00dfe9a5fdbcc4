using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>
    /// An entry that the platform held up sending, until the run that had sent it was given up and the next one had looked
    /// and found nothing.
    /// </summary>
    [TestFixture]
    public class HeldEntryTest
    {
        private const long Second = TradingHarness.Second;
        private const string Label = "TB-00000007-9";
        private string folder;
        private TradingHarness trading;

        [SetUp]
        public void NameFolder()
        {
            folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
        }

        [TearDown]
        public void Close()
        {
            trading.Dispose();
        }

        [TestCase(true)]
        [TestCase(false)]
        public void ItsPositionWithoutAStopIsAnAlarmUntilItIsClosed(bool wasArmed)
        {
            Begin(wasArmed);
            Place(OrderSide.Buy, OrderKind.Market, 0, "-E");
            trading.Pass(Second);
            Assert.AreEqual(1, trading.Position);
            StringAssert.Contains("position of 1 ES 12-26 of an earlier run without a stop", trading.Desk.Status.Alarm);
            Assert.AreEqual(1, Told("TB-00000007-9-E is of an earlier run, and goes on only now"));
            StringAssert.Contains("armed = Sim101", File.ReadAllText(Record));
            Place(OrderSide.Sell, OrderKind.Market, 0, "by hand");
            trading.Pass(11 * Second);
            Assert.IsNull(trading.Desk.Status.Alarm);
            Assert.IsFalse(File.Exists(Record) && File.ReadAllText(Record).Contains("armed"), "nothing is left of it");
            Assert.IsNull(trading.Arm());
        }

        [Test]
        public void AKillOfOursClosesIt()
        {
            Begin(false);
            Place(OrderSide.Buy, OrderKind.Market, 0, "-E");
            trading.Desk.Core.Kill("internal");
            trading.Requote();
            trading.Pass(10 * Second);
            Assert.AreEqual(0, trading.Position);
            Assert.IsTrue(trading.Desk.Status.IsFlatVerified);
        }

        [Test]
        public void AnEntryThatOnlyWorksIsAnAlarmToo()
        {
            Begin(false);
            Place(OrderSide.Buy, OrderKind.Limit, 4990, "-E");
            trading.Pass(Second);
            StringAssert.Contains("TB-00000007-9-E of an earlier run works with nothing to close", trading.Desk.Status.Alarm);
        }

        [Test]
        public void WithItsStopItIsToldAndNoAlarm()
        {
            Begin(true);
            Place(OrderSide.Sell, OrderKind.StopMarket, 4990, "-S1");
            Place(OrderSide.Buy, OrderKind.Market, 0, "-E");
            trading.Pass(11 * Second);
            Assert.AreEqual(1, trading.Position);
            Assert.IsNull(trading.Desk.Status.Alarm);
            Assert.AreEqual(1, Told("covered by its stop"));
        }

        private string Record => Path.Combine(folder, KillRecord.FileName);

        private void Begin(bool wasArmed)
        {
            if (wasArmed)
            {
                File.WriteAllText(Record, "# Tickbridge writes this: what a restart must not forget.\narmed = Sim101\tES\n");
            }
            trading = new TradingHarness(null, null, folder);
            trading.Pass(2 * Second);
            Assert.IsNull(trading.Desk.Status.Alarm);
            Assert.AreEqual(wasArmed ? 1 : 0, Told("nothing of an earlier run is open there any more"));
        }

        private void Place(OrderSide side, OrderKind kind, double price, string suffix)
        {
            trading.Platform.PlaceForeign(TradingHarness.Account, TradingHarness.Instrument, side, kind, 1,
                price == 0 ? LinkProtocol.NullPrice : TradingHarness.Price(price),
                suffix.StartsWith("-", StringComparison.Ordinal) ? Label + suffix : suffix, "");
            trading.Run();
        }

        private int Told(string text) => trading.Sink.Notices.Count(notice => notice.Text.Contains(text));
    }
}
