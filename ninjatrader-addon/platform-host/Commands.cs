using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Windows;
using System.Windows.Controls;
using NinjaTrader.Cbi;
using NinjaTrader.NinjaScript;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformHost
{
    /// <summary>What a person, the market and the broker do. One thread.</summary>
    internal sealed class Commands
    {
        private readonly Queue<List<AddOnBase>> compiled = new Queue<List<AddOnBase>>();
        private readonly Dictionary<string, Action<string[]>> known;
        private readonly string[] threads = ProcessSystem.Threads();

        public Commands(string assemblies)
        {
            known = new Dictionary<string, Action<string[]>>
            {
                // compile NAME: the assembly beside those that ran before; each has statics of its own.
                { "compile", words => compiled.Enqueue(StubPlatform.Compile(Assembly.Load(File.ReadAllBytes(
                    Path.Combine(assemblies, words[1] + ".dll"))))) },
                // terminate: what was compiled first of all that runs.
                { "terminate", words => StubPlatform.Terminate(compiled.Dequeue()) },
                { "open", words => Ui(() => WindowContent.MenuEntries[0].Press()) },
                { "close", words => StubPlatform.CloseWindow(Shown) },
                { "type", words => InWindow(window => Type(window, words[1], words[2])) },
                { "choose", words => InWindow(window => Choose(window, words[1], words[2])) },
                { "press", words => InWindow(window => WindowContent.Find<Button>(window, words[1]).Press()) },
                // instrument UsDollar ES 12-26: its currency and name; ticks of 0.25, 50 a point.
                { "instrument", words => StubPlatform.AddInstrument(words[2], 0.25, 50).MasterInstrument.Currency =
                    (Currency)Enum.Parse(typeof(Currency), words[1]) },
                // market 5000/5000.25 ES 12-26
                { "market", words => StubPlatform.Market(words[2], Number(words[1].Split('/')[0]), Number(words[1].Split('/')[1])) },
                // atm 8/4 Scalp: a saved template, ticks of its stop and target.
                { "atm", words => StubPlatform.AtmTemplates[words[2]] =
                    new AtmTemplate((int)Number(words[1].Split('/')[0]), (int)Number(words[1].Split('/')[1])) },
                { "broker", words => Broker(words[1]) },
                { "reject", words => StubPlatform.AccountOf(words[1]).Broker.RefusesNext = ErrorCode.OrderRejected },
                { "left", words => Left() }
            };
        }

        /// <exception cref="InvalidOperationException">There is no such thing to do it to.</exception>
        public void Do(string line)
        {
            string[] words = line.Split(new[] { ' ' }, 3);
            Action<string[]> action;
            if (!known.TryGetValue(words[0], out action))
            {
                throw new InvalidOperationException("commands are " + string.Join(", ", known.Keys));
            }
            action(words);
            StubThreads.Settle();
        }

        private static Window Shown => StubScreen.OpenWindows.Single(one => one != StubPlatform.ControlCenter);

        private static void Ui(Action what)
        {
            StubThreads.Ui.Invoke(what);
        }

        private static void InWindow(Action<Window> what)
        {
            Window window = Shown;
            window.Dispatcher.Invoke(() => what(window));
        }

        private static void Type(Window window, string name, string text)
        {
            if (name == "TickbridgeKey")
            {
                WindowContent.Find<PasswordBox>(window, name).Password = text;
            }
            else
            {
                WindowContent.Find<TextBox>(window, name).Text = text;
            }
        }

        private static void Choose(Window window, string name, string text)
        {
            ComboBox box = WindowContent.Find<ComboBox>(window, name);
            box.SelectedItem = box.Items.Cast<object>().First(one => one.ToString() == text);
        }

        private static void Broker(string state)
        {
            ConnectionStatus status = state == "down" ? ConnectionStatus.ConnectionLost : ConnectionStatus.Connected;
            StubPlatform.Connection.Set(status, status);
        }

        private void Left()
        {
            string[] now = ProcessSystem.Threads();
            Console.WriteLine("left threads=" + (now.Length <= threads.Length ? "" : string.Join(",", now.Except(threads))) + " sockets=" + ProcessSystem.Sockets()
                + " subscriptions=" + StubPlatform.Subscribers + " timers=" + StubThreads.RunningTimers
                + " entries=" + WindowContent.MenuEntries.Count);
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }
}
