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
    public class LifeCycleTest : LifeCycleFixture
    {
        [Test]
        public void FromCompilationToTermination()
        {
            string[] threads = Threads();
            int sockets = Sockets();

            // Compile: the instance that only shows its defaults starts nothing.
            List<AddOnBase> first = StubPlatform.Compile(Load("custom-first"));
            Assert.AreEqual(1, MenuEntries.Count);
            Assert.AreEqual(1, MenuEntries[0].Clicks);

            // The window opens from the menu and says what is missing.
            StubThreads.Ui.Invoke(() => MenuEntries[0].Press());
            StubThreads.Settle();
            Window window = StubScreen.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
            Assert.AreEqual("Not running", BannerLabel(window));
            StringAssert.Contains("host", Banner(window));

            // Connect: host and port as a person types them; the key is in its file already.
            Do(window, () =>
            {
                Find<TextBox>(window, "TickbridgeHost").Text = "127.0.0.1";
                Find<TextBox>(window, "TickbridgePort").Text = Gateway.Port.ToString();
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
            Answers(window, "Not armed: the gateway lets this add-on only view");

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
            StubThreads.Settle();
            Signal();
            Logs(window, "refused by PlatformConnection", "refused by Platform");
            Assert.AreEqual(2, Working);
            StubPlatform.Connection.Set(ConnectionStatus.Connected, ConnectionStatus.Connected);
            StubThreads.Settle();

            // The gateway is lost and comes back: the bracket stays, the link stands again.
            Gateway.Hangup();
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
            Answers(window, "Disarmed; stops and targets stay");
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Signal();
            Logs(window, " | 2 | passed, not sent | ");

            // The workspace keeps the account and no more.
            var saved = new XElement("Window");
            Do(window, () => ((IWorkspacePersistence)window).Save(new XDocument(), saved));
            StringAssert.Contains(AccountName, saved.ToString());
            StringAssert.DoesNotContain("127.0.0.1", saved.ToString());

            // Compile again, the new one before the old one ends: one link, the old window says what it is.
            List<AddOnBase> second = StubPlatform.Compile(Load("custom-second"));
            LogOn(true);
            StubThreads.Tick();
            Assert.AreEqual("Not running", BannerLabel(window));
            StringAssert.Contains("earlier compilation", Banner(window));
            StubPlatform.Terminate(first);
            Assert.AreEqual(1, MenuEntries.Count);
            StubPlatform.CloseWindow(window);
            StubThreads.Ui.Invoke(() => MenuEntries[0].Press());
            StubThreads.Settle();
            window = StubScreen.OpenWindows.Single(one => one != StubPlatform.ControlCenter);
            Do(window, () => ((IWorkspacePersistence)window).Restore(new XDocument(), saved));
            Shows(window, "Dry run");
            Assert.AreEqual(AccountName, Find<ComboBox>(window, "TickbridgeAccount").SelectedItem);

            // Kill with a position open: latched, flat, verified.
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Arm(window);
            Shows(window, "ARMED");
            Trade(window);
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            ShowsBehind(window, "; flat in ES 12-26 on " + AccountName);
            Assert.AreEqual(0, Working);
            Assert.IsEmpty(Account.Positions);

            // Terminate and close, in the order that the platform did not promise.
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
            Assert.AreEqual("", StubPlatform.Subscribers.ToString());
            Assert.AreEqual(0, StubThreads.RunningTimers);
            Assert.IsEmpty(MenuEntries);
            HasNoMoreThreadsThan(threads);
            Gateway.Hangup();
            Eventually(() => Sockets() <= sockets, () => Sockets() + " sockets, " + sockets + " before");
        }

        [Test]
        public void KillAfterARecompilationClosesWhatTheEarlierOneOpened()
        {
            WriteConnection();
            List<AddOnBase> first = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            LogOn();
            ArmAndTrade(window);

            // Nobody connects anew while something is open: the next run would not know whose it is.
            Do(window, () => Find<Button>(window, "TickbridgeConnect").Press());
            Logs(window, "Not connected anew");
            Answers(window, "is open; close it by hand");
            Shows(window, "ARMED");

            // Disarmed with a trade open: nothing passes, and the first line does not speak of a dry run.
            Do(window, () => Find<Button>(window, "TickbridgeDisarm").Press());
            Shows(window, "Disarmed");
            Assert.AreEqual(2, Working, "the bracket stays");

            List<AddOnBase> second = StubPlatform.Compile(Load("custom-second"));
            LogOn(true);
            StubPlatform.Terminate(first);
            StubPlatform.CloseWindow(window);
            window = OpenWindow();
            Shows(window, "Dry run");
            Logs(window, "covered by its stop");
            ShowsBehind(window, "; open from before: " + AccountName + " " + InstrumentName + ", its stop stays");
            Assert.AreEqual(2, Working, "the bracket stays");
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            ShowsBehind(window, "; flat in ES 12-26 on " + AccountName);
            Assert.AreEqual(0, Working);
            Assert.IsEmpty(Account.Positions);

            // The latch outlives another compilation.
            List<AddOnBase> third = StubPlatform.Compile(Load("custom-again-0"));
            LogOn(true);
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            window = OpenWindow();
            Shows(window, "KILLED");
            StubPlatform.Terminate(third);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
        }

        [Test]
        public void KillNeedsNoLink()
        {
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            LogOn();
            ArmAndTrade(window);
            Gateway.Hangup();
            Shows(window, "No link");
            StringAssert.EndsWith("still armed on " + AccountName, Banner(window));
            Assert.AreEqual(2, Working, "the bracket stays");
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            ShowsBehind(window, "; flat in ES 12-26 on " + AccountName);
            Assert.AreEqual(0, Working);
            Assert.IsEmpty(Account.Positions);
            Answers(window, "KILL: orders are cancelled and positions closed in ES 12-26 on " + AccountName);
            Do(window, () => Find<Button>(window, "TickbridgeClearKill").Press());
            Shows(window, "No link");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
        }

        /// <summary>As a new installation is: the red button must not say that all is flat while it may touch nothing.</summary>
        [Test]
        public void KillBeforeInstrumentsAreNamedSaysThatItClosesNothing()
        {
            string limits = Path.Combine(Folder, "Tickbridge", "limits.txt");
            File.WriteAllText(limits, File.ReadAllText(limits).Replace("instruments = ES 12-26", "instruments ="));
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            AcceptLogOn();
            Shows(window, "Dry run");
            Do(window, () => Find<Button>(window, "TickbridgeKill").Press());
            Shows(window, "KILLED");
            Answers(window, "KILL closes nothing, since nothing is in instruments of limits.txt; close by hand");
            Assert.AreEqual("the kill button; nothing is in instruments of limits.txt, so nothing was closed or looked at",
                Banner(window));
            Logs(window, "ALARM: nothing is in instruments of limits.txt: KILL closed nothing and looked at nothing");
            StringAssert.DoesNotContain("verified", Orders(window));
            Do(window, () => Find<Button>(window, "TickbridgeClearKill").Press());
            Shows(window, "Dry run");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
        }

        [Test]
        public void ClosingTheLastWindowDisarmsAndLeavesStopsAndTargets()
        {
            WriteConnection();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            Window window = OpenWindow();
            Window second = OpenAnother(window);
            LogOn();
            ArmAndTrade(window);

            // Another window has its KILL: trading goes on, whichever is closed.
            StubPlatform.CloseWindow(window);
            Shows(second, "ARMED");
            StubPlatform.CloseWindow(second);
            StubThreads.Settle();

            // What comes while no window is open is refused, and more of it than the log has rows hides nothing.
            for (int i = 0; i < 300; i++)
            {
                Signal();
            }
            window = OpenWindow();
            Logs(window, " | 300 | refused by Mode | ");
            Shows(window, "Disarmed");
            StringAssert.Contains(" UTC: the last Tickbridge window was closed; signals are refused", Banner(window));
            Logs(window, "Disarmed " + AccountName + ": the last Tickbridge window was closed");
            Assert.AreEqual(2, Working, "the bracket stays");
            Assert.AreEqual(1, Account.Positions.Count);
            StringAssert.Contains("the last Tickbridge window was closed", AuditText());

            // With a window on the screen again a person may arm again.
            Arm(window);
            Shows(window, "ARMED");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
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
            NTTabPage page = StubScreen.OpenPages.Single();
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
            Trade(another);
            Shows(another, "ARMED");
            StubPlatform.Terminate(added);
            StubPlatform.CloseWindow(another);
            StubThreads.Settle();
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
            LogOn(true);
            Window window = OpenAnother(old);
            Shows(window, "Dry run");
            Arm(window);
            Shows(window, "ARMED");
            StubPlatform.CloseWindow(old);
            StubPlatform.Market(InstrumentName, 4825.25, 4825.5);
            Trade(window);
            Shows(window, "ARMED");
            StubPlatform.Terminate(second);
            StubPlatform.CloseWindow(window);
            StubThreads.Settle();
        }

        private static Window OpenAnother(Window known)
        {
            StubThreads.Ui.Invoke(() => MenuEntries[0].Press());
            StubThreads.Settle();
            return StubScreen.OpenWindows.Single(one => one != StubPlatform.ControlCenter && one != known);
        }

        private string AuditText()
        {
            string path = Directory.GetFiles(Path.Combine(Folder, "Tickbridge", "audit"), "*.log").Single();
            using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)))
            {
                return reader.ReadToEnd();
            }
        }

        [Test]
        public void RecompilingAgainAndAgainLeavesOneLink()
        {
            WriteConnection();
            string[] idle = Threads();
            List<AddOnBase> old = StubPlatform.Compile(Load("custom-first"));
            LogOn();
            string[] running = Threads();
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
                LogOn(true);
                StubThreads.Settle();
                HasNoMoreThreadsThan(running);
                Assert.AreEqual(1, MenuEntries.Count);
                // An instrument is watched once the gateway told of it, which LogOn does.
                Eventually(() => StubPlatform.Subscribers.Count == subscriptions,
                    () => StubPlatform.Subscribers.ToString());
            }
            StubPlatform.Terminate(old);
            HasNoMoreThreadsThan(idle);
        }

        [Test]
        public void WhatStartsTwiceRunsOnce()
        {
            WriteConnection();
            string[] idle = Threads();
            List<AddOnBase> added = StubPlatform.Compile(Load("custom-first"));
            LogOn();
            string[] running = Threads();
            foreach (AddOnBase addOn in added)
            {
                StubThreads.Ui.Invoke(() =>
                {
                    addOn.Enter(State.Configure);
                    addOn.Enter(State.Active);
                    addOn.Created(StubPlatform.ControlCenter);
                });
            }
            HasNoMoreThreadsThan(running);
            Assert.AreEqual(1, MenuEntries.Count);
            StubPlatform.Terminate(added);
            foreach (AddOnBase addOn in added)
            {
                StubThreads.Ui.Invoke(() => addOn.Enter(State.Terminated));
            }
            HasNoMoreThreadsThan(idle);
        }
    }
}
