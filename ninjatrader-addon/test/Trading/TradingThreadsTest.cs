using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Trading with its real thread, called by many at once, as platform, link and window do.</summary>
    [TestFixture]
    public class TradingThreadsTest
    {
        private const int PatienceMillis = 60000;
        private const int Signals = 400;

        [Test]
        public void ManyThreadsAtOnceLeaveEverySignalDecidedOnceAndAKillFlat()
        {
            string folder = Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            var settings = new TradingSettings
            {
                Instruments = new[] { "ES" },
                Hours = TradingHours.Parse("America/Chicago", "Sun-Sat 00:00-00:00", ""),
                MaxPosition = 5,
                MaxOrdersPerSecond = 100000,
                MaxOrdersPerMinute = 100000,
                MaxDailyLoss = 1e9,
                MaxSignalAge = 60000000000,
                MaxClockBound = 60000000000,
                MaxQuoteAge = 60000000000,
                KillRetryInterval = 50000000,
                AuditMinimumFree = 1
            };
            var clock = new LocalClock();
            var platform = new SimulatedPlatform(clock, new ImmediateSchedule(), "Sim101");
            platform.AddContract(new ContractSpec(TradingHarness.Instrument, TradingHarness.Tick, 50, "UsDollar"));
            var largest = new List<int>();
            platform.Submitting = ticket => largest.Add(Math.Abs(platform.Position("Sim101", ticket.Instrument)));
            var sink = new RecordingSink();
            var link = new ClockSynchroniser();
            long now = clock.Now;
            link.Add(now, now, now, now);
            try
            {
                using (var desk = new TradingDesk(settings, platform, folder, new[] { sink }))
                {
                    desk.AttachClock(link);
                    desk.Start();
                    desk.OnLinkUp(TradingHarness.Session);
                    desk.OnInstrumentState(Venue.Cme, TradingHarness.Key, BookState.Trusted);
                    var armed = new ManualResetEvent(false);
                    string refusal = "none";
                    desk.Arm(TradingMode.Simulation, "Sim101", null, why =>
                    {
                        refusal = why;
                        armed.Set();
                    });
                    Assert.IsTrue(armed.WaitOne(PatienceMillis));
                    Assert.IsNull(refusal);
                    platform.SetQuote(TradingHarness.Instrument, TradingHarness.Price(5000),
                        TradingHarness.Price(5000.25));
                    desk.OnInstrument(Venue.Cme, TradingHarness.Key, TradingHarness.Symbol);

                    Thread[] threads =
                    {
                        new Thread(() => SendSignals(desk, clock, 0)), new Thread(() => SendSignals(desk, clock, 0)),
                        new Thread(() => MoveQuotes(platform)), new Thread(() => LookAtStatus(desk))
                    };
                    foreach (Thread thread in threads)
                    {
                        thread.Start();
                    }
                    foreach (Thread thread in threads)
                    {
                        Assert.IsTrue(thread.Join(PatienceMillis));
                    }
                    Assert.IsTrue(desk.WaitUntilIdle(PatienceMillis));
                    Assert.AreEqual(2 * Signals, sink.Decisions.Count);
                    Assert.AreEqual(2 * Signals, desk.Status.SignalsPassed + desk.Status.SignalsRefused);
                    Assert.AreSame(sink.Decisions.Last(), desk.Status.LastDecision);
                    Assert.AreEqual(Signals, sink.Decisions.Select(decision => decision.SignalNumber).Distinct()
                        .Count());
                    List<Decision> sent = sink.Decisions.Where(decision => decision.IsSent).ToList();
                    Assert.Greater(sent.Count, 0);
                    Assert.AreEqual(sent.Count, sent.Select(decision => decision.SignalNumber).Distinct().Count());
                    Assert.LessOrEqual(largest.Max(), settings.MaxPosition);

                    desk.Kill("test");
                    Assert.IsTrue(SpinWait.SpinUntil(() => desk.Status.IsFlatVerified, PatienceMillis),
                        desk.Status.Alarm);
                    Assert.AreEqual(0, platform.OpenPositions);
                    Assert.AreEqual(0, platform.WorkingCount);
                    Assert.IsTrue(desk.Stop());
                }
                Assert.IsTrue(Directory.GetFiles(folder, "*.log").All(file => AuditCheck.File(file).IsWhole));
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        /// <summary>Two threads send the same signals: each is decided twice and acted on once at most.</summary>
        private static void SendSignals(ITradingDesk desk, IClock clock, ulong first)
        {
            for (ulong i = 1; i <= Signals; i++)
            {
                desk.OnSignal(new SignalNotice
                {
                    Session = TradingHarness.Session,
                    Number = first + i,
                    Venue = Venue.Cme,
                    Instrument = TradingHarness.Key,
                    Symbol = TradingHarness.Symbol,
                    Side = i / 16 % 2 == 0 ? Side.Buy : Side.Sell,
                    BidPrice = TradingHarness.Price(5000),
                    AskPrice = TradingHarness.Price(5000.25),
                    ReceiveTime = clock.Now,
                    Timeliness = Timeliness.InTime,
                    TimeToLive = TradingHarness.Second
                });
            }
        }

        private static void MoveQuotes(SimulatedPlatform platform)
        {
            for (int i = 0; i < 2000; i++)
            {
                double bid = 5000 + 0.25 * (i % 12 - 6);
                platform.SetQuote(TradingHarness.Instrument, TradingHarness.Price(bid),
                    TradingHarness.Price(bid + 0.25));
            }
        }

        private static void LookAtStatus(ITradingDesk desk)
        {
            for (int i = 0; i < 2000; i++)
            {
                TradingStatus status = desk.Status;
                Assert.IsFalse(status.IsArmed && status.IsKilled);
            }
        }
    }
}
