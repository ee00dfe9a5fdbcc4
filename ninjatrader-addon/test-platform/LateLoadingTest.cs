using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using Tickbridge.Stubs;
using Mode = Tickbridge.Core.Trading.TradingMode;
using NtState = NinjaTrader.Cbi.OrderState;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// NinjaTrader lists nothing of an account while it is not connected, and at the next connection only after some
    /// moments. Time passes when the test says so.
    /// </summary>
    [TestFixture]
    public class LateLoadingTest : StubFixture
    {
        private const long Milli = 1000000;
        private const long Second = 1000 * Milli;
        private const long Long = 60 * Second;
        private readonly ConcurrentQueue<Action> work = new ConcurrentQueue<Action>();
        private ShiftedClock clock;
        private TradingDesk desk;
        private NinjaPlatform.NinjaPlatform platform;

        [TestCase(false)]
        [TestCase(true)]
        public void WhatIsListedLateKeepsItsStopAndKillCallsItFlatOnlyOnceItIs(bool isKilled)
        {
            clock = new ShiftedClock();
            platform = new NinjaPlatform.NinjaPlatform(clock);
            // The clock goes on by itself while the test is held up: no age is judged here.
            var settings = new TradingSettings
            {
                Instruments = new[] { "ES" }, AuditMinimumFree = 1, MaxQuoteAge = Long, MaxSignalAge = Long, MaxClockBound = Long
            };
            desk = new TradingDesk(settings, platform, new AuditLog(Path.Combine(Folder, "audit"), 1), clock,
                () => new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc), new Queue(work));
            desk.Start();
            GoLong();
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            Account.Unload();
            Pass(5 * Second);
            if (isKilled)
            {
                desk.Kill("the button");
                Pass(Second);
            }
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            Pass(4 * Second);
            Assert.IsTrue(desk.Status.Account == AccountName && !desk.Status.IsFlatVerified && !desk.Status.IsReconciled);
            Account.Load();
            Assert.AreEqual(isKilled ? 0 : 1, Stops(), "only KILL takes it away");
            Pass(20 * Second);
            Assert.AreEqual(isKilled ? 0 : 1, Stops());
            Assert.AreEqual(isKilled ? 0 : 1, Account.Positions.Count);
            Assert.AreEqual(isKilled, desk.Status.IsFlatVerified);
            Assert.AreNotEqual(isKilled, desk.Status.IsReconciled && desk.Status.IsArmed);
            Assert.IsNull(desk.Status.Alarm);
        }

        [TearDown]
        public void End()
        {
            desk.Stop();
            Pass(5 * Second);
            platform.Stop();
            StubThreads.Settle();
        }

        private void GoLong()
        {
            var clocks = new ClockSynchroniser();
            desk.AttachClock(clocks);
            desk.AttachRights(() => PeerRights.Trade);
            desk.OnLinkUp(7);
            desk.OnInstrumentState(Venue.Cme, 42, BookState.Trusted);
            desk.OnInstrument(Venue.Cme, 42, "ESZ6");
            string refusal = "no answer";
            desk.Arm(Mode.Simulation, AccountName, null, why => refusal = why);
            Pass(Second);
            Assert.IsNull(refusal);
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Pass(0);
            long now = clock.Now;
            clocks.Add(now, now, now, now);
            desk.OnSignal(new SignalNotice
            {
                Session = 7, Market = Market.Live, Number = 1, Venue = Venue.Cme, Instrument = 42, Symbol = "ESZ6",
                Side = Side.Buy, Rule = 1, RuleName = "book-imbalance", BidPrice = 5000000000000, AskPrice = 5000250000000,
                ReceiveTime = now - Milli, ArrivalTime = now, Timeliness = Timeliness.InTime, TimeToLive = Long
            });
            Pass(Second);
            Assert.AreEqual(1, Account.Positions.Count);
            Assert.AreEqual(1, Stops());
        }

        private int Stops()
        {
            lock (Account.Orders)
            {
                return Account.Orders.Count(order => order.Name.EndsWith("-S1", StringComparison.Ordinal)
                    && order.OrderState == NtState.Working);
            }
        }

        private void Pass(long nanos)
        {
            Drain();
            for (long passed = 0; passed < nanos; passed += 200 * Milli)
            {
                clock.Shift += 200 * Milli;
                work.Enqueue(desk.Core.OnTimer);
                Drain();
            }
        }

        private void Drain()
        {
            Action one;
            do
            {
                while (work.TryDequeue(out one))
                {
                    one();
                }
                StubThreads.Settle();
            }
            while (!work.IsEmpty);
        }

        private sealed class ShiftedClock : IClock
        {
            private readonly LocalClock real = new LocalClock();

            public long Shift { get; set; }

            public long Now => real.Now + Shift;
        }

        private sealed class Queue : ITradingLoop
        {
            private readonly ConcurrentQueue<Action> work;

            public Queue(ConcurrentQueue<Action> work)
            {
                this.work = work;
            }

            public void Post(Action one)
            {
                work.Enqueue(one);
            }
        }
    }
}
