using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Windows;
using System.Windows.Controls;
using System.Xml.Linq;
using NinjaTrader.Cbi;
using NinjaTrader.Gui.Tools;
using NinjaTrader.NinjaScript;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Stubs;
using Tickbridge.Test;
using static Tickbridge.Stubs.WindowContent;
using OrderType = NinjaTrader.Cbi.OrderType;
using OrderState = NinjaTrader.Cbi.OrderState;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// A day in the life of the add-on, as the archive's sources make it: compiled, connected, armed, trading, cut off,
    /// compiled again, terminated. Everything is done through the platform and the window's own controls; at the end no
    /// thread, socket, timer, menu entry or subscription is left.
    /// </summary>
    [TestFixture]
    public class LifeCycleTest : StubFixture
    {
        private static readonly string Here = Path.GetDirectoryName(new Uri(
            Assembly.GetExecutingAssembly().CodeBase).LocalPath);

        private ScriptedGateway gateway;
        private ulong sequence;
        private ulong number;

        [SetUp]
        public void WriteSettings()
        {
            gateway = new ScriptedGateway();
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
            gateway.Dispose();
        }

        [Test]
        public void FromCompilationToTermination()
        {
            int threads = Threads().Length;
            int sockets = Sockets();

            // Compile: the instance that only shows its defaults starts nothing.
            List<AddOnBase> first = StubPlatform.Compile(Load("custom-first"));
            Assert.AreEqual(1, MenuEntries.Count);
            Assert.AreEqual(1, MenuEntries[0].Clicks);

            // The window opens from the menu and says what is missing.
            StubPlatform.Ui.Invoke(() => MenuEntries[0].Press());
            StubPlatform.Settle();
            Window window = StubPlatform.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
            Assert.AreEqual("Not running", BannerLabel(window));
            StringAssert.Contains("host", Banner(window));

            // Connect: host and port as a person types them; the key is in its file already.
            Do(window, () =>
            {
                Find<TextBox>(window, "TickbridgeHost").Text = "127.0.0.1";
                Find<TextBox>(window, "TickbridgePort").Text = gateway.Port.ToString();
                Find<Button>(window, "TickbridgeConnect").Press();
            });
            LogOn();
            Shows(window, "Dry run");
            Assert.IsTrue(Find<Button>(window, "TickbridgeKill").IsEnabled);

            // Dry run: the signal is judged, nothing is sent.
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Signal();
            Logs(window, "passed, not sent");
            Assert.IsEmpty(Account.Orders);

            // Live is not for who may only view, whatever was typed.
            Do(window, () =>
            {
                ComboBox mode = Find<ComboBox>(window, "TickbridgeMode");
                mode.SelectedItem = mode.Items.Cast<object>().First(one => one.ToString() == "Live");
                Find<ComboBox>(window, "TickbridgeAccount").SelectedItem = "Live1";
                Find<TextBox>(window, "TickbridgeConfirmation").Text = "TRADE LIVE ON Live1";
                Find<Button>(window, "TickbridgeArm").Press();
            });
            Logs(window, "only view");
            StringAssert.Contains("Not armed: the gateway lets this add-on only view", Answer(window));

            // Arm, and trade: entry, fill, and a bracket of two orders in one OCO group.
            Arm(window);
            Shows(window, "ARMED");
            Signal();
            Eventually(() => Account.Orders.Count == 3 && Account.Orders.Skip(1).All(
                order => order.OrderState == OrderState.Working), () => Orders(window));
            Assert.AreEqual(OrderState.Filled, Account.Orders[0].OrderState);
            CollectionAssert.AreEquivalent(new[] { OrderType.StopMarket, OrderType.Limit },
                Account.Orders.Skip(1).Select(order => order.OrderType));
            Assert.AreEqual(1, Account.Orders.Skip(1).Select(order => order.Oco).Distinct().Count());
            Assert.AreNotEqual("", Account.Orders[1].Oco);

            // The platform's connection is lost: no signal passes, the bracket stays.
            StubPlatform.Connection.Set(ConnectionStatus.ConnectionLost, ConnectionStatus.ConnectionLost);
            StubPlatform.Settle();
            Signal();
            Logs(window, "refused by PlatformConnection", "refused by Platform");
            Assert.AreEqual(2, Working);
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubPlatform.Settle();

            // The gateway is lost and comes back: the bracket stays, the link stands again.
            gateway.Hangup();
            Shows(window, "No link");
            Assert.AreEqual(2, Working);
            LogOn();
            Shows(window, "ARMED");

            // The target is reached: flat, the stop is cancelled.
            StubPlatform.Market(InstrumentName, 4830, 4830.25);
            Eventually(() => Working == 0 && Account.Positions.Count == 0, () => Orders(window));

            // Disarmed by hand with nothing open it is a dry run again; the answer stands beside the button.
            Do(window, () => Find<Button>(window, "TickbridgeDisarm").Press());
            Shows(window, "Dry run");
            Assert.AreEqual("Disarmed; stops and targets stay", Answer(window));
            Signal();
            Logs(window, "passed, not sent");

            // The workspace keeps the account and no more.
            var saved = new XElement("Window");
            Do(window, () => ((IWorkspacePersistence)window).Save(new XDocument(), saved));
            StringAssert.Contains(AccountName, saved.ToString());
            StringAssert.DoesNotContain("127.0.0.1", saved.ToString());

            // Compile again, the new one before the old one ends: one link, the old window says what it is.
            List<AddOnBase> second = StubPlatform.Compile(Load("custom-second"));
            LogOn();
            StubPlatform.Tick();
            Assert.AreEqual("Not running", BannerLabel(window));
            StringAssert.Contains("earlier compilation", Banner(window));
            StubPlatform.Terminate(first);
            Assert.AreEqual(1, MenuEntries.Count);
            StubPlatform.CloseWindow(window);
            StubPlatform.Ui.Invoke(() => MenuEntries[0].Press());
            StubPlatform.Settle();
            window = StubPlatform.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
            Do(window, () => ((IWorkspacePersistence)window).Restore(new XDocument(), saved));
            Shows(window, "Dry run");
            Assert.AreEqual(AccountName, Find<ComboBox>(window, "TickbridgeAccount").SelectedItem);

            // Kill with a position open: latched, flat, verified.
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () => Orders(window));
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            Eventually(() =>
            {
                StubPlatform.Tick();
                return Banner(window).Contains("everything is flat");
            }, () => Banner(window));
            Assert.AreEqual(0, Working);
            Assert.IsEmpty(Account.Positions);

            // Terminate and close, in the order that the platform did not promise.
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            StubPlatform.Settle();
            Assert.AreEqual("", StubPlatform.Subscribers.ToString());
            Assert.AreEqual(0, StubPlatform.RunningTimers);
            Assert.IsEmpty(MenuEntries);
            Assert.IsEmpty(Threads().Skip(threads));
            gateway.Hangup();
            Eventually(() => Sockets() <= sockets, () => Sockets() + " sockets, " + sockets + " before");
        }

        [Test]
        public void KillAfterARecompilationClosesWhatTheEarlierOneOpened()
        {
            WriteConnection();
            List<AddOnBase> first = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            LogOn();
            Shows(window, "Dry run");
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () => Orders(window));

            // Nobody connects anew while something is open: the next run would not know whose it is.
            Do(window, () => Find<Button>(window, "TickbridgeConnect").Press());
            Logs(window, "Not connected anew");
            StringAssert.Contains("is open; close it by hand", Answer(window));
            Shows(window, "ARMED");

            // Disarmed with a trade open: nothing passes, and the first line does not speak of a dry run.
            Do(window, () => Find<Button>(window, "TickbridgeDisarm").Press());
            Shows(window, "Disarmed");
            Assert.AreEqual(2, Working, "the bracket stays");

            List<AddOnBase> second = StubPlatform.Compile(Load("custom-second"));
            LogOn();
            StubPlatform.Terminate(first);
            StubPlatform.CloseWindow(window);
            window = OpenWindow();
            Shows(window, "Dry run");
            Logs(window, "covered by its stop");
            Assert.AreEqual(2, Working, "the bracket stays");
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            Eventually(() =>
            {
                StubPlatform.Tick();
                return Banner(window).Contains("everything is flat");
            }, () => Banner(window));
            Assert.AreEqual(0, Working);
            Assert.IsEmpty(Account.Positions);

            // The latch outlives another compilation.
            List<AddOnBase> third = StubPlatform.Compile(Load("custom-again-0"));
            LogOn();
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            window = OpenWindow();
            Shows(window, "KILLED");
            StubPlatform.Terminate(third);
            StubPlatform.CloseWindow(window);
            StubPlatform.Settle();
        }

        [Test]
        public void ClosingTheLastWindowDisarmsAndLeavesStopsAndTargets()
        {
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            Window second = OpenAnother(window);
            LogOn();
            Shows(window, "Dry run");
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () => Orders(window));

            // Another window has its KILL: trading goes on, whichever is closed.
            StubPlatform.CloseWindow(window);
            Shows(second, "ARMED");
            StubPlatform.CloseWindow(second);
            StubPlatform.Settle();

            // What comes while no window is open is refused.
            Signal();
            window = OpenWindow();
            Logs(window, "refused by Mode, not armed");
            Shows(window, "Disarmed");
            Logs(window, "Disarmed " + AccountName + ": the last Tickbridge window was closed");
            Assert.AreEqual(2, Working, "the bracket stays");
            Assert.AreEqual(1, Account.Positions.Count);
            StringAssert.Contains("the last Tickbridge window was closed", AuditText());

            // With a window on the screen again a person may arm again.
            Arm(window);
            Shows(window, "ARMED");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(window);
            StubPlatform.Settle();
        }

        /// <summary>NinjaTrader may drop a page without its Cleanup, or clean it up in a window that stays.</summary>
        [TestCase(true)]
        [TestCase(false)]
        public void EitherOfWindowAndPageThatIsGoneDisarms(bool isPage)
        {
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            LogOn();
            Shows(window, "Dry run");
            Arm(window);
            Shows(window, "ARMED");
            NTTabPage page = StubPlatform.OpenPages.Single();
            Do(window, isPage ? (Action)page.Cleanup : window.Close);
            Window another = OpenAnother(window);
            Shows(another, "Disarmed");
            Logs(another, "Disarmed " + AccountName + ": the last Tickbridge window was closed");
            // Late, and twice: nobody is disarmed by what is gone already.
            Arm(another);
            Shows(another, "ARMED");
            Do(window, page.Cleanup);
            Do(window, window.Close);
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () => Orders(another));
            Shows(another, "ARMED");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(another);
            StubPlatform.Settle();
        }

        [Test]
        public void AWindowOfAnEarlierCompilationDisarmsNobody()
        {
            WriteConnection();
            List<AddOnBase> first = StubPlatform.Compile(Load("custom-first"));
            Window old = OpenWindow();
            LogOn();
            List<AddOnBase> second = StubPlatform.Compile(Load("custom-second"));
            StubPlatform.Terminate(first);
            LogOn();
            Window window = OpenAnother(old);
            Shows(window, "Dry run");
            Arm(window);
            Shows(window, "ARMED");
            StubPlatform.CloseWindow(old);
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Signal();
            Eventually(() => Account.Positions.Count == 1 && Working == 2, () => Orders(window));
            Shows(window, "ARMED");
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            StubPlatform.Settle();
        }

        private static Window OpenAnother(Window known)
        {
            StubPlatform.Ui.Invoke(() => MenuEntries[0].Press());
            StubPlatform.Settle();
            return StubPlatform.OpenWindows.Single(one => one != StubPlatform.ControlCenter && one != known);
        }

        private string AuditText()
        {
            string path = Directory.GetFiles(Path.Combine(Folder, "Tickbridge", "audit"), "*.log").Single();
            using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
            {
                return reader.ReadToEnd();
            }
        }

        private static Window OpenWindow()
        {
            StubPlatform.Ui.Invoke(() => MenuEntries[0].Press());
            StubPlatform.Settle();
            return StubPlatform.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
        }

        [Test]
        public void RecompilingAgainAndAgainLeavesOneLink()
        {
            WriteConnection();
            List<AddOnBase> old = StubPlatform.Compile(Load("custom-first"));
            LogOn();
            int threads = Threads().Length;
            int subscriptions = StubPlatform.Subscribers.Count;
            for (int i = 0; i < 6; i++)
            {
                // Both orders occur: the old one terminated before and after the new one is there.
                if (i % 2 == 0)
                {
                    StubPlatform.Terminate(old);
                }
                List<AddOnBase> made = StubPlatform.Compile(Load("custom-again-" + i));
                if (i % 2 == 1)
                {
                    StubPlatform.Terminate(old);
                }
                old = made;
                LogOn();
                StubPlatform.Settle();
                Assert.AreEqual(threads, Threads().Length, "threads after " + i);
                Assert.AreEqual(1, MenuEntries.Count);
                // An instrument is watched once the gateway told of it, which LogOn does.
                Eventually(() => StubPlatform.Subscribers.Count == subscriptions,
                    () => StubPlatform.Subscribers.ToString());
            }
            StubPlatform.Terminate(old);
            Assert.IsEmpty(Threads());
        }

        [Test]
        public void WhatStartsTwiceRunsOnce()
        {
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            LogOn();
            int threads = Threads().Length;
            foreach (AddOnBase addOn in added)
            {
                StubPlatform.Ui.Invoke(() =>
                {
                    addOn.Enter(State.Configure);
                    addOn.Enter(State.Active);
                    addOn.Created(StubPlatform.ControlCenter);
                });
            }
            Assert.AreEqual(threads, Threads().Length);
            Assert.AreEqual(1, MenuEntries.Count);
            StubPlatform.Terminate(added);
            foreach (AddOnBase addOn in added)
            {
                StubPlatform.Ui.Invoke(() => addOn.Enter(State.Terminated));
            }
            Assert.IsEmpty(Threads());
        }

        private int Working
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
        private static Assembly Load(string name) => Assembly.Load(File.ReadAllBytes(Path.Combine(Here, name + ".dll")));

        private void WriteConnection()
        {
            File.WriteAllText(Path.Combine(Folder, "Tickbridge", "connection.txt"),
                "host = 127.0.0.1\nport = " + gateway.Port + "\n");
        }

        private void LogOn()
        {
            // Heartbeats so rare that none is missed while a test takes its time.
            gateway.Accept().Challenge().AcceptLogon(sequence + 1, sequence, ScriptedGateway.Session, 600000000000);
            byte[] probe = gateway.ReadFrame(7);
            long sent = BitConverter.ToInt64(probe, 40);
            gateway.Send(FrameBuilder.Join(
                FrameBuilder.ClockReply(BitConverter.ToUInt64(probe, 32), sent, sent, sent, sequence),
                FrameBuilder.SignalDefinition(sequence),
                FrameBuilder.InstrumentDefinition(sequence),
                FrameBuilder.InstrumentState(0, sequence, 0)));
            Eventually(() => StubPlatform.Subscribers.Of(InstrumentName + ".MarketData").Length > 0,
                () => "the instrument's quotes are not watched: " + StubPlatform.Subscribers);
        }

        private void Signal()
        {
            long now = new LocalClock().Now;
            gateway.Send(FrameBuilder.Signal(++sequence, ++number, now, now));
        }

        private static void Arm(Window window)
        {
            Do(window, () =>
            {
                ComboBox mode = Find<ComboBox>(window, "TickbridgeMode");
                mode.SelectedItem = mode.Items.Cast<object>().First(one => one.ToString() == "Simulation");
                Find<ComboBox>(window, "TickbridgeAccount").SelectedItem = AccountName;
                Find<Button>(window, "TickbridgeArm").Press();
            });
        }

        private static void Shows(Window window, string banner)
        {
            Eventually(() =>
            {
                StubPlatform.Tick();
                return BannerLabel(window) == banner;
            }, () => "wanted " + banner + ", shown " + BannerLabel(window) + ": " + Banner(window) + "\n" + Orders(window));
        }

        private static void Logs(Window window, params string[] anyOf)
        {
            Eventually(() =>
            {
                StubPlatform.Tick();
                return anyOf.Any(text => Orders(window).Contains(text));
            }, () => "wanted " + string.Join(" or ", anyOf) + " in\n" + Orders(window));
        }

        private static void Do(Window window, Action what)
        {
            window.Dispatcher.Invoke(what);
        }

        /// <summary>The window's tables as text.</summary>
        private static string Orders(Window window) => string.Join("\n", Rows(window));

        private static string[] Threads()
        {
            if (!ProcessSystem.IsKnown)
            {
                Assert.Ignore("needs /proc, to see threads and sockets from outside");
            }
            return ProcessSystem.Threads();
        }

        private static int Sockets() => ProcessSystem.Sockets();
    }
}
