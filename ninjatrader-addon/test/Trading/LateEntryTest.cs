using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;

namespace Tickbridge.Test
{
    /// <summary>What takes its time between the decision and the market, and the signal's age meanwhile.</summary>
    [TestFixture]
    public class LateEntryTest
    {
        private const long Milli = TradingHarness.Milli;

        private TradingHarness trading;
        private SlowDisk disk;

        [SetUp]
        public void Open()
        {
            disk = new SlowDisk();
            trading = new TradingHarness(null, null, null, path => disk);
            Assert.IsNull(trading.Arm());
        }

        [TearDown]
        public void Close()
        {
            trading.Dispose();
        }

        [TestCase("decision", 3000)]
        [TestCase("submit", 3000)]
        [TestCase("decision", 250)]
        public void AnEntryThatTheDiskKeptForTooLongIsNotSent(string kind, int millis)
        {
            disk.Writing = line => trading.Clock.Advance(line.Contains("\t" + kind + "\t") ? millis * Milli : 0);
            Assert.IsTrue(trading.Signal(Side.Buy).IsPassed);
            trading.Run();
            Assert.IsEmpty(trading.Platform.Orders);
            OrderReport told = trading.Sink.Orders.Single();
            Assert.AreEqual(OrderStatus.Cancelled, told.Status);
            StringAssert.Contains("not sent", told.Comment);
            StringAssert.Contains("not sent", disk.Text);
            Assert.IsTrue(trading.Desk.Status.IsArmed, "it is the disk's delay, not a doubt about the platform");
            disk.Writing = line => { };
            trading.Requote();
            trading.Run();
            Assert.IsTrue(trading.Signal(Side.Sell).IsPassed, "nothing of the first is taken to be open");
            trading.Run();
            Assert.AreEqual(-1, trading.Position);
        }

        [Test]
        public void AnEntryThatTheDiskKeptForAMomentIsSent()
        {
            disk.Writing = line => trading.Clock.Advance(line.Contains("\tdecision\t") ? 200 * Milli : 0);
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.AreEqual(1, trading.Position);
        }

        [TestCase(100, 1000, 150)]
        [TestCase(100, 120, 20)]
        [TestCase(249, 1000, 1)]
        public void AnEntryMayLeaveForWhatItsSignalHasLeft(int ageMillis, int timeToLiveMillis, int expectedMillis)
        {
            OrderTicket entry = null;
            trading.Between.Submitting = (tickets, goOn) =>
            {
                entry = entry ?? tickets[0];
                goOn();
            };
            long now = trading.Clock.Now;
            Assert.IsTrue(trading.Signal(Side.Buy, signal =>
            {
                signal.ReceiveTime = trading.Clock.Now - ageMillis * Milli;
                signal.TimeToLive = timeToLiveMillis * Milli;
            }).IsSent);
            Assert.AreEqual(now + expectedMillis * Milli, entry.NotAfter);
        }

        [Test]
        public void AnEntryWhoseOwnLineCannotBeWrittenIsNotSent()
        {
            disk.Writing = line =>
            {
                if (line.Contains("\tsubmit\t"))
                {
                    throw new IOException("no space");
                }
            };
            trading.Signal(Side.Buy);
            trading.Run();
            Assert.IsEmpty(trading.Platform.Orders);
            Assert.IsFalse(trading.Desk.Status.IsArmed);
        }

        /// <summary>Does what a test wants before each line.</summary>
        private sealed class SlowDisk : MemoryStream
        {
            public Action<string> Writing { get; set; } = line => { };

            public string Text => Encoding.UTF8.GetString(ToArray());

            public override void Write(byte[] buffer, int offset, int count)
            {
                Writing(Encoding.UTF8.GetString(buffer, offset, count));
                base.Write(buffer, offset, count);
            }
        }
    }
}
