using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Windows;
using System.Windows.Controls;
using NinjaTrader.Cbi;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Stubs;
using Tickbridge.Test;
using static Tickbridge.Stubs.WindowContent;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// The add-on as the archive's sources make it, with a gateway that does what a test says, and what a person does in the
    /// window: by its own controls.
    /// </summary>
    public abstract class LifeCycleFixture : StubFixture
    {
        private static readonly string Here = Path.GetDirectoryName(new Uri(
            Assembly.GetExecutingAssembly().CodeBase).LocalPath);

        private ulong sequence;
        private ulong number;
        private Delegate[] quoted = new Delegate[0];

        protected ScriptedGateway Gateway { get; private set; }

        [SetUp]
        public void WriteSettings()
        {
            Gateway = new ScriptedGateway();
            sequence = 0;
            number = 0;
            string folder = Path.Combine(Folder, "Tickbridge");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "limits.txt"), @"
instruments = ES 12-26
map.ESZ5 = ES 12-26
instruments.front.only = false
hours.sessions = Sun-Sat 00:00-00:00
limit.signal.age.ms = 60000
limit.clock.bound.ms = 60000
limit.quote.age.ms = 600000
limit.orders.second = 100
limit.orders.minute = 100
order.entry.timeout.ms = 0
order.response.ms = 60000
audit.free.mb = 1
");
            File.WriteAllText(Path.Combine(folder, "link.key"), string.Concat(ScriptedGateway.Key.Select(
                one => one.ToString("x2"))));
        }

        [TearDown]
        public void EndGateway()
        {
            Gateway.Dispose();
        }

        protected static Window OpenWindow()
        {
            StubThreads.Ui.Invoke(() => MenuEntries[0].Press());
            StubThreads.Settle();
            return StubScreen.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
        }

        protected int Working
        {
            get
            {
                lock (Account.Orders)
                {
                    return Account.Orders.Count(order => !Order.IsTerminalState(order.OrderState));
                }
            }
        }

        /// <summary>Each load is an assembly of its own with its own statics, as after each compilation.</summary>
        protected static Assembly Load(string name) => Assembly.Load(File.ReadAllBytes(Path.Combine(Here, name + ".dll")));

        protected void WriteConnection()
        {
            File.WriteAllText(Path.Combine(Folder, "Tickbridge", "connection.txt"),
                "host = 127.0.0.1\nport = " + Gateway.Port + "\n");
        }

        /// <summary>Heartbeats are so rare that none is missed while a test takes its time.</summary>
        protected void AcceptLogOn()
        {
            Gateway.Accept().Challenge().AcceptLogon(sequence + 1, sequence, ScriptedGateway.Session, 600000000000);
        }

        /// <param name="isAnotherRun">an earlier one has logged on in this test, and may hear quotes still</param>
        protected void LogOn(bool isAnotherRun = false)
        {
            Delegate[] before = isAnotherRun ? quoted : new Delegate[0];
            AcceptLogOn();
            byte[] probe = Gateway.ReadFrame(7);
            long sent = BitConverter.ToInt64(probe, 40);
            Gateway.Send(FrameBuilder.Join(
                FrameBuilder.ClockReply(BitConverter.ToUInt64(probe, 32), sent, sent, sent, sequence),
                FrameBuilder.SignalDefinition(sequence),
                FrameBuilder.InstrumentDefinition(sequence),
                FrameBuilder.InstrumentState(0, sequence, 0)));
            // What comes before it does is never heard.
            Eventually(() => Quoted().Except(before).Any(),
                () => "the instrument's quotes are not watched: " + StubPlatform.Subscribers);
            quoted = Quoted();
        }

        private static Delegate[] Quoted() => StubPlatform.Subscribers.Of(InstrumentName + ".MarketData");

        protected void Signal()
        {
            long now = new LocalClock().Now;
            Gateway.Send(FrameBuilder.Signal(++sequence, ++number, now, now));
        }

        protected static void Arm(Window window)
        {
            Do(window, () =>
            {
                ComboBox mode = Find<ComboBox>(window, "TickbridgeMode");
                mode.SelectedItem = mode.Items.Cast<object>().First(one => one.ToString() == "Simulation");
                Find<ComboBox>(window, "TickbridgeAccount").SelectedItem = AccountName;
                Find<Button>(window, "TickbridgeArm").Press();
            });
        }

        /// <summary>A signal becomes a position with its stop and its target.</summary>
        protected void Trade(Window window)
        {
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () =>
            {
                StubThreads.Tick();
                return Orders(window);
            });
        }

        protected void ArmAndTrade(Window window)
        {
            Shows(window, "Dry run");
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Trade(window);
        }

        /// <summary>The first line's end.</summary>
        protected static void ShowsBehind(Window window, string end)
        {
            Eventually(() =>
            {
                StubThreads.Tick();
                return Banner(window).EndsWith(end);
            }, () => "wanted " + end + ", shown " + Banner(window));
        }

        protected static void Shows(Window window, string banner)
        {
            Eventually(() =>
            {
                StubThreads.Tick();
                return BannerLabel(window) == banner;
            }, () => "wanted " + banner + ", shown " + BannerLabel(window) + ": " + Banner(window) + "\n" + Orders(window));
        }

        /// <summary>Of a picture that shows what a button did the answer may be of just before: the next one has both.</summary>
        protected static void Answers(Window window, string text)
        {
            Eventually(() =>
            {
                StubThreads.Tick();
                return Answer(window).Contains(text);
            }, () => "wanted " + text + ", answered " + Answer(window));
        }

        protected static void Logs(Window window, params string[] anyOf)
        {
            Eventually(() =>
            {
                StubThreads.Tick();
                return anyOf.Any(text => Orders(window).Contains(text));
            }, () => "wanted " + string.Join(" or ", anyOf) + " in\n" + Orders(window));
        }

        protected static void Do(Window window, Action what)
        {
            window.Dispatcher.Invoke(what);
        }

        /// <summary>The window's tables as text.</summary>
        protected static string Orders(Window window) => string.Join("\n", Rows(window));

        /// <summary>All of the process, but for those that the runtime keeps for itself.</summary>
        protected static string[] Threads()
        {
            if (!ProcessSystem.IsKnown)
            {
                Assert.Ignore("needs /proc, to see threads and sockets from outside");
            }
            return ProcessSystem.Threads();
        }

        /// <summary>A thread that was joined is gone from the system a moment later.</summary>
        protected static void HasNoMoreThreadsThan(string[] before)
        {
            Eventually(() => Threads().Length <= before.Length,
                () => "threads " + string.Join(", ", Threads()) + "; before " + string.Join(", ", before));
        }

        protected static int Sockets() => ProcessSystem.Sockets();
    }
}
