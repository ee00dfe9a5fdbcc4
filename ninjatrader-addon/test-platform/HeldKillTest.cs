using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Host;
using Tickbridge.Stubs;
using NtState = NinjaTrader.Cbi.OrderState;
using NtTimeInForce = NinjaTrader.Cbi.TimeInForce;
using OrderAction = NinjaTrader.Cbi.OrderAction;
using OrderType = NinjaTrader.Cbi.OrderType;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// A call of NinjaTrader's holds the trading thread, and nothing happens when KILL is pressed; so the person presses
    /// Connect or F5, or NinjaTrader ends. Then the call returns.
    /// </summary>
    [TestFixture]
    public class HeldKillTest : StubFixture
    {
        private string data;
        private List<HeldPlatform> platforms;
        private Bridge bridge;
        private Bridge second;
        private Order stop;

        [SetUp]
        public void HoldAPosition()
        {
            data = Path.Combine(Folder, "Tickbridge");
            Directory.CreateDirectory(data);
            File.WriteAllText(Path.Combine(data, "limits.txt"), "instruments = ES\naudit.free.mb = 1\n");
            File.WriteAllText(Path.Combine(data, "link.key"), new string('a', 64));
            File.WriteAllText(Path.Combine(data, "connection.txt"), "host = 127.0.0.1\nport = 1\n");
            platforms = new List<HeldPlatform>();
            second = null;
            StubPlatform.Market(InstrumentName, 5000, 5000.25);
            Submit(OrderAction.Buy, OrderType.Market, 0, "mine");
            stop = Submit(OrderAction.Sell, OrderType.StopMarket, 4990, "my stop");
            Assert.AreEqual(1, Account.Positions.Count);
            Assert.AreEqual(NtState.Working, stop.OrderState);
            bridge = Make();
            bridge.Start();
            Assert.IsNull(bridge.Failure);
            Eventually(() => bridge.Log.Lines().Any(line => line.Text.Contains("agree") && line.Text.Contains(AccountName)),
                () => Text(bridge));
        }

        [TearDown]
        public void LetGo()
        {
            foreach (HeldPlatform platform in platforms)
            {
                platform.GoOn.Set();
            }
            second?.Stop();
            bridge.Stop();
            Eventually(() => TradingThreads() == 0, () => "a trading thread is left");
            StubThreads.Settle();
        }

        [TestCase(true)]
        [TestCase(false)]
        public void TheRunThatFollowsDoesItAndTheOneBeforeNothingMore(bool isConnect)
        {
            HoldAndKill();
            if (isConnect)
            {
                Assert.IsNull(bridge.Connect("127.0.0.1", "1", ""));
                StringAssert.Contains("the run before was held up (trading has not answered for", bridge.Read().Answer.Text);
                StringAssert.Contains("KILL was pressed and is not done", Text(bridge));
            }
            else
            {
                // As SharedBridge does it for a compilation: the new one is there before the old one ends.
                second = Make();
                bridge.KillElsewhere = () =>
                {
                    second.Kill();
                    return true;
                };
                Assert.IsFalse(bridge.Stop(), "it is held");
                Assert.IsFalse(bridge.Read().IsKillWaiting, "handed over");
                Assert.IsTrue(second.Read().IsKillWaiting);
                second.Start();
            }
            Bridge running = second ?? bridge;
            Eventually(() => running.Read().Trading.IsKilled, () => Text(running));
            Eventually(() => running.Read().Trading.IsFlatVerified, () => Text(running));
            Assert.IsEmpty(Account.Positions);
            Eventually(() => !running.Read().IsKillWaiting && !File.Exists(KillFile), () => "done, and written down");

            Assert.AreEqual(1, running.Log.Lines().Count(line => line.Text.StartsWith("KILLED", StringComparison.Ordinal)));

            // The person releases it and has a position again: what the run before still has in hand must not touch it.
            running.ClearKill();
            Eventually(() => !running.Read().Trading.IsKilled, () => Text(running));
            Submit(OrderAction.Buy, OrderType.Market, 0, "mine again");
            stop = Submit(OrderAction.Sell, OrderType.StopMarket, 4990, "my stop again");
            platforms[0].GoOn.Set();
            Eventually(() => TradingThreads() == 1, () => "it did not end");
            StubThreads.Settle();
            Assert.AreEqual(1, Account.Positions.Count);
            Assert.AreEqual(NtState.Working, stop.OrderState);
            Assert.IsFalse(running.Read().Trading.IsKilled, "not done twice");
            Assert.IsFalse(File.Exists(KillFile));
            Assert.IsEmpty(bridge.Log.Lines().Where(line => line.Text.Contains("KILLED") && line.Text.EndsWith("the kill button",
                StringComparison.Ordinal)));
        }

        [Test]
        public void ANinjaTraderThatEndsMeanwhileLeavesItToTheNext()
        {
            HoldAndKill();
            Eventually(() => File.Exists(KillFile), () => "it is not kept");
            Assert.IsTrue(bridge.Read().IsKillWaiting);

            // As the process that begins then finds it.
            string next = Path.Combine(Folder, "next", "Tickbridge");
            Directory.CreateDirectory(next);
            foreach (string file in Directory.GetFiles(data, "*.txt").Concat(new[] { Path.Combine(data, "link.key") }))
            {
                File.Copy(file, Path.Combine(next, Path.GetFileName(file)));
            }
            data = next;
            second = Make();
            second.Start();
            Eventually(() => second.Read().Trading.IsKilled, () => Text(second));
            Eventually(() => second.Read().Trading.IsFlatVerified, () => Text(second));
            Assert.IsEmpty(Account.Positions);
            Assert.AreNotEqual(NtState.Working, stop.OrderState);
        }

        [Test]
        public void ACallThatReturnsInTimeHasItDoneOnce()
        {
            HoldAndKill();
            platforms[0].GoOn.Set();
            Eventually(() => bridge.Read().Trading.IsFlatVerified, () => Text(bridge));
            Eventually(() => !bridge.Read().IsKillWaiting && !File.Exists(KillFile), () => "done, and written down");
            bridge.Stop();
            Eventually(() => TradingThreads() == 0, () => "it did not end");
            second = Make();
            second.Start();
            Eventually(() => second.Read().Trading.IsKilled, () => Text(second));
            StringAssert.Contains("still pulled from an earlier run: the kill button", Text(second));
            StringAssert.DoesNotContain("pressed before", Text(second));
        }

        [Test]
        public void WithoutAConnectionItsAnswerSaysWhereNothingIsClosed()
        {
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            StubThreads.Settle();
            Eventually(() => bridge.Read().Trading.Unconnected.Contains(AccountName), () => Text(bridge));
            bridge.Kill();
            StringAssert.Contains("; not on " + AccountName + " while not connected: close by hand there: Control Center",
                bridge.Read().Answer.Text);
        }

        private string KillFile => Path.Combine(data, WantedKill.FileName);

        private void HoldAndKill()
        {
            platforms[0].Holds = true;
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            StubThreads.Settle();
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            Assert.IsTrue(platforms[0].IsInside.WaitOne(PatienceMillis));
            bridge.Kill();
            Eventually(() => (bridge.Read().Trading.Alarm ?? "").Contains("KILL was pressed and does not act"), () => "no alarm");
        }

        private Bridge Make() => new Bridge(data, () =>
        {
            platforms.Add(new HeldPlatform(new NinjaPlatform.NinjaPlatform(new LocalClock())));
            return platforms.Last();
        })
        {
            EndMillis = 300
        };

        private Order Submit(OrderAction action, OrderType type, double stopPrice, string name)
        {
            Order order = Account.CreateOrder(Instrument, action, type, OrderEntry.Manual, NtTimeInForce.Gtc, 1, 0, stopPrice,
                "", name, DateTime.MaxValue, null);
            Account.Submit(new[] { order });
            StubThreads.Settle();
            return order;
        }

        private static string Text(Bridge of) => string.Join("\n", of.Log.Lines().Select(line => line.Text));

        private static int TradingThreads()
        {
            if (!ProcessSystem.IsKnown)
            {
                Assert.Ignore("needs /proc, to see threads from outside");
            }
            return ProcessSystem.Threads().Count(name => name.EndsWith(" tickbridge-trad", StringComparison.Ordinal));
        }
    }
}
