using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NinjaTrader.NinjaScript;
using NinjaTrader.NinjaScript.Indicators;
using NinjaTrader.NinjaScript.Strategies;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Host;
using Tickbridge.Stubs;
using Tickbridge.Test;

namespace Tickbridge.PlatformTest
{
    /// <summary>Indicator and strategies on a chart, with a link to a gateway that all of them share.</summary>
    [TestFixture]
    public class ScriptsTest : StubFixture
    {
        private ScriptedGateway gateway;
        private ulong number;
        private ulong sequence;

        [SetUp]
        public void WriteSettings()
        {
            gateway = new ScriptedGateway();
            number = 0;
            sequence = 0;
            string folder = Path.Combine(Folder, "Tickbridge");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "limits.txt"), "map.ESZ5 = ES 12-26\naudit.free.mb = 1\n");
            File.WriteAllText(Path.Combine(folder, "link.key"), string.Concat(ScriptedGateway.Key.Select(
                one => one.ToString("x2"))));
            File.WriteAllText(Path.Combine(folder, "connection.txt"), "host = 127.0.0.1\nport = " + gateway.Port);
        }

        [TearDown]
        public void EndGateway()
        {
            gateway.Dispose();
        }

        [Test]
        public void AllShareOneLinkUntilTheLastLeaves()
        {
            var indicator = Start(new TickbridgeFlow());
            LogOn();
            var one = Start(new Recorder());
            var other = Start(new Recorder());
            Assert.AreEqual(3, SharedBridge.Count);
            Signal();
            Eventually(() => one.Heard.Count == 1 && other.Heard.Count == 1, () => "not heard");
            Bars(indicator);
            one.Enter(State.Terminated);
            indicator.Enter(State.Terminated);
            Assert.AreEqual(1, SharedBridge.Count);
            Signal();
            Eventually(() => other.Heard.Count == 2, () => "not heard");
            Assert.AreEqual(1, one.Heard.Count);
            other.Enter(State.Terminated);
            other.Enter(State.Terminated);
            Assert.AreEqual(0, SharedBridge.Count);
        }

        [Test]
        public void TheIndicatorPlotsWhatIsTrustedAndMarksSignals()
        {
            var indicator = Start(new TickbridgeFlow());
            LogOn();
            gateway.Send(FrameBuilder.Quote(sequence, 0, 4825250000000, 12));
            Bars(indicator);
            Eventually(() =>
            {
                indicator.Bar();
                return Math.Abs(indicator.Values[0][0] - 4825.45) < 1e-9;
            }, () => "plotted " + indicator.Values[0][0]);
            Assert.AreEqual("Imbalance 0.60", StubScreen.Drawn()["TickbridgeFlow tickbridge-imbalance"]);
            Signal();
            string tag = "TickbridgeFlow tickbridge-fedcba9876543210-1";
            Eventually(() => StubScreen.Drawn().ContainsKey(tag), () => "no arrow");
            Assert.AreEqual("up 4825.25", StubScreen.Drawn()[tag]);

            gateway.Send(FrameBuilder.InstrumentState(1, ++sequence, 2));
            Eventually(() =>
            {
                indicator.Bar();
                return StubScreen.Drawn()["TickbridgeFlow tickbridge-imbalance"].Contains("no trusted book");
            }, () => "still plotted");
            indicator.Bar();
            Assert.AreEqual(0, indicator.Values[0][0], "nothing is plotted on a bar without a trusted book");
            indicator.Enter(State.Terminated);
        }

        [Test]
        public void AStrategyHearsOnlyWhatMayBeActedOnInRealTime()
        {
            var strategy = Start(new Recorder(), State.Historical);
            LogOn();
            Signal();
            Eventually(() => strategy.Withheld == 1, () => "not withheld in history: " + strategy.Withheld);
            strategy.Enter(State.Transition);
            strategy.Enter(State.Realtime);
            Signal();
            Eventually(() => strategy.Heard.Count == 1, () => "not heard");
            Assert.AreEqual(2, strategy.Heard[0].Number);
            Assert.IsTrue(strategy.Heard[0].IsActionable);
            Assert.GreaterOrEqual(strategy.Heard[0].AgeBound, 0);

            gateway.Send(FrameBuilder.InstrumentState(1, ++sequence, 2));
            Signal();
            Eventually(() => strategy.Withheld == 2, () => "an untrusted book's signal was shown");
            strategy.Enter(State.Terminated);
            Assert.AreEqual(1, strategy.Heard.Count);
        }

        [Test]
        public void AfterFramesThatAreNotAccountedForNobodyTrustsABook()
        {
            var strategy = Start(new Recorder());
            LogOn();
            Signal();
            Eventually(() => strategy.Heard.Count == 1, () => "not heard");
            sequence++;
            Signal();
            Eventually(() => strategy.Withheld == 1, () => "shown after a hole");
            Bridge bridge = SharedBridge.Acquire(this);
            Eventually(() => bridge.Read().Trading.LastDecision?.SignalNumber == 2, () => "not decided");
            Assert.IsNull(bridge.Read().Books.Single().State);
            Assert.IsTrue(bridge.Read().Trading.IsLinkUp);
            gateway.Send(FrameBuilder.InstrumentState(1, ++sequence, 0));
            Signal();
            Eventually(() => strategy.Heard.Count == 2, () => "not heard again");
            SharedBridge.Release(this);
            strategy.Enter(State.Terminated);
        }

        [Test]
        public void ASignalThatWaitedTooLongForTheStrategyIsWithheld()
        {
            var strategy = Start(new Recorder());
            LogOn();
            strategy.Longest(-1);
            Signal();
            Eventually(() => strategy.Withheld == 1, () => "shown though too old");
            Assert.IsEmpty(strategy.Heard);
            strategy.Enter(State.Terminated);
        }

        [TestCase(0)]
        [TestCase(2)]
        [TestCase(3)]
        [TestCase(9)]
        public void AStrategyOnALiveAccountHearsNothingOfARehearsal(byte market)
        {
            var live = Start(new Recorder { Account = StubPlatform.AccountOf("Live1") });
            var simulated = Start(new Recorder());
            LogOn(FrameBuilder.LinkTerms(600000000000, 2, market));
            Signal();
            Eventually(() => simulated.Heard.Count == 1, () => "a simulation does not hear it");
            Eventually(() => live.Withheld == 1, () => "not withheld");
            Assert.AreEqual((Market)market, simulated.Heard[0].Market);
            Assert.IsEmpty(live.Heard);
            live.Enter(State.Terminated);
            simulated.Enter(State.Terminated);
        }

        [Test]
        public void AStrategyOnALiveAccountHearsTheLiveMarket()
        {
            var live = Start(new Recorder { Account = StubPlatform.AccountOf("Live1") });
            LogOn(FrameBuilder.LinkTerms(600000000000, 2));
            Signal();
            Eventually(() => live.Heard.Count == 1, () => "not heard");
            live.Enter(State.Terminated);
        }

        [Test]
        public void AChartThatFailsDisturbsNobody()
        {
            var strategy = Start(new Recorder());
            LogOn();
            Bridge bridge = SharedBridge.Acquire(this);
            var broken = new Broken();
            bridge.Follow(broken);
            Signal();
            Eventually(() => strategy.Heard.Count == 1, () => "not heard");
            Eventually(() => bridge.Read().Log.Any(line => line.Text.Contains("broken chart")), () => "not noted");
            bridge.Unfollow(broken);
            SharedBridge.Release(this);
            strategy.Enter(State.Terminated);
        }

        private void LogOn(byte[] terms = null)
        {
            gateway.Accept().Challenge(terms == null ? 1 : 2).AcceptLogon(sequence + 1, sequence, ScriptedGateway.Session, 600000000000);
            byte[] probe = gateway.ReadFrame(7);
            long sent = BitConverter.ToInt64(probe, 40);
            gateway.Send(FrameBuilder.Join(terms ?? new byte[0],
                FrameBuilder.ClockReply(BitConverter.ToUInt64(probe, 32), sent, sent, sent, sequence),
                FrameBuilder.SignalDefinition(sequence), FrameBuilder.InstrumentDefinition(sequence),
                FrameBuilder.InstrumentState(0, sequence, 0)));
        }

        private void Signal()
        {
            long now = new LocalClock().Now;
            gateway.Send(FrameBuilder.Signal(++sequence, ++number, now, now));
        }

        private T Start<T>(T script, State until = State.Realtime) where T : NinjaScriptBase
        {
            script.Instrument = Instrument;
            var strategy = script as Strategy;
            if (strategy != null)
            {
                strategy.Account = strategy.Account ?? Account;
            }
            foreach (State state in new[] { State.SetDefaults, State.Configure, State.DataLoaded, State.Historical,
                State.Transition, State.Realtime }.TakeWhile(state => state <= until))
            {
                script.Enter(state);
            }
            return script;
        }

        private static void Bars(NinjaScriptBase script)
        {
            script.Bar();
        }

        private sealed class Broken : IBridgeSubscriber
        {
            public string Instrument => InstrumentName;

            public void OnSignal(BridgeSignal signal)
            {
                throw new InvalidOperationException("broken chart");
            }
        }

        private sealed class Recorder : TickbridgeStrategy
        {
            private readonly List<BridgeSignal> heard = new List<BridgeSignal>();

            public List<BridgeSignal> Heard
            {
                get
                {
                    lock (heard)
                    {
                        return heard.ToList();
                    }
                }
            }

            public long Withheld => SignalsWithheld;

            public void Longest(int millis)
            {
                MaxSignalAgeMillis = millis;
            }

            protected override void OnStateChange()
            {
                base.OnStateChange();
                if (State == State.SetDefaults)
                {
                    MaxSignalAgeMillis = 60000;
                }
            }

            protected override void OnSignal(BridgeSignal signal)
            {
                lock (heard)
                {
                    heard.Add(signal);
                }
            }
        }
    }
}
