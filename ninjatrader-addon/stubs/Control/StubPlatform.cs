using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Windows;
using System.Windows.Threading;
using NinjaTrader.Cbi;
using NinjaTrader.Gui;
using NinjaTrader.Gui.Tools;
using NinjaTrader.NinjaScript;

[assembly: InternalsVisibleTo("tickbridge-platform-tests")]
[assembly: InternalsVisibleTo("tickbridge-platform-host")]

namespace Tickbridge.Stubs
{
    /// <summary>
    /// What a test does to the platform that the stubs are: opens it, compiles add-ons into it, moves markets, cuts
    /// connections, lets timers tick, and counts what an add-on left behind. Nothing of it is NinjaTrader's.
    /// </summary>
    internal static class StubPlatform
    {
        private const int UiThreads = 3;
        private const int PatienceMillis = 60000;

        private static readonly object Access = new object();
        private static readonly List<DispatcherTimer> Timers = new List<DispatcherTimer>();
        private static readonly List<Window> Windows = new List<Window>();
        private static readonly List<NTTabPage> Pages = new List<NTTabPage>();
        private static readonly List<string> Output = new List<string>();
        private static readonly List<Exception> Failures = new List<Exception>();
        private static readonly Dictionary<string, string> Drawings = new Dictionary<string, string>();
        private static readonly Random Choice = new Random(1);

        private static Dispatcher[] ui = new Dispatcher[0];
        private static Dispatcher broker;
        private static Dispatcher events;
        private static List<AddOnBase> addOns = new List<AddOnBase>();

        /// <summary>Who is subscribed to what.</summary>
        public static SubscriberList Subscribers { get; private set; } = new SubscriberList();

        /// <summary>The ATM templates that a person has saved, by name.</summary>
        public static Dictionary<string, AtmTemplate> AtmTemplates { get; } = new Dictionary<string, AtmTemplate>();

        public static string UserDataFolder { get; private set; }

        public static Connection Connection { get; private set; }

        public static ControlCenter ControlCenter { get; private set; }

        public static Dispatcher Ui => ui[0];

        /// <summary>Starts the platform with one connection and the accounts of these names.</summary>
        public static void Open(string userDataFolder, params string[] accounts)
        {
            Connection.PlaybackConnection = null;
            UserDataFolder = userDataFolder;
            Subscribers = new SubscriberList();
            Failures.Clear();
            Output.Clear();
            Drawings.Clear();
            AtmTemplates.Clear();
            ui = Enumerable.Range(0, UiThreads).Select(i => new Dispatcher("stub-ui-" + i)).ToArray();
            broker = new Dispatcher("stub-broker");
            events = new Dispatcher("stub-events");
            Connection = new Connection();
            lock (Connection.Connections)
            {
                Connection.Connections.Add(Connection);
            }
            lock (Account.All)
            {
                foreach (string name in accounts)
                {
                    Account.All.Add(new Account(name, Connection));
                }
            }
            Ui.Invoke(() => ControlCenter = new ControlCenter());
        }

        /// <summary>Ends the platform: terminates add-ons, closes windows, ends its threads.</summary>
        public static void Close()
        {
            Terminate();
            foreach (Window window in OpenWindows.ToArray())
            {
                CloseWindow(window);
            }
            Settle();
            lock (Account.All)
            {
                Account.All.Clear();
            }
            lock (Connection.Connections)
            {
                Connection.Connections.Clear();
            }
            lock (Instrument.Known)
            {
                Instrument.Known.Clear();
            }
            foreach (Dispatcher dispatcher in All())
            {
                dispatcher.End();
                dispatcher.Thread.Join(PatienceMillis);
            }
            Pages.Clear();
        }

        /// <summary>
        /// Takes the add-ons of a compiled assembly into the platform: an instance of each is made and thrown away for
        /// its defaults, as the platform does, and another one goes through its states and is shown every window.
        /// </summary>
        public static List<AddOnBase> Compile(Assembly assembly)
        {
            var added = new List<AddOnBase>();
            foreach (Type type in assembly.GetTypes().Where(type => typeof(AddOnBase).IsAssignableFrom(type)
                && !type.IsAbstract))
            {
                Ui.Invoke(() =>
                {
                    var probe = (AddOnBase)Activator.CreateInstance(type);
                    probe.Enter(State.SetDefaults);
                    probe.Enter(State.Terminated);
                    var addOn = (AddOnBase)Activator.CreateInstance(type);
                    addOn.Enter(State.SetDefaults);
                    addOn.Enter(State.Configure);
                    addOn.Enter(State.Active);
                    added.Add(addOn);
                    foreach (Window window in new Window[] { ControlCenter }.Concat(OpenWindows))
                    {
                        addOn.Created(window);
                    }
                });
            }
            addOns.AddRange(added);
            return added;
        }

        /// <summary>Terminates these add-ons, and all when none are named.</summary>
        public static void Terminate(IEnumerable<AddOnBase> which = null)
        {
            foreach (AddOnBase addOn in (which ?? addOns).ToArray())
            {
                Ui.Invoke(() =>
                {
                    addOn.Enter(State.Terminated);
                    addOn.Destroyed(ControlCenter);
                });
                addOns.Remove(addOn);
            }
        }

        public static Instrument AddInstrument(string fullName, double tickSize, double pointValue)
        {
            var instrument = new Instrument(fullName, tickSize, pointValue);
            lock (Instrument.Known)
            {
                Instrument.Known[fullName] = instrument;
            }
            return instrument;
        }

        public static Account AccountOf(string name)
        {
            lock (Account.All)
            {
                return Account.All.Single(account => account.Name == name);
            }
        }

        /// <summary>A quote: told to all who listen, and what it reaches is filled.</summary>
        public static void Market(string instrument, double bid, double ask)
        {
            Instrument known = Instrument.GetInstrument(instrument);
            known.MarketData.Set(bid, ask);
            foreach (Account account in Account.All.ToArray())
            {
                account.Market(known);
            }
            Settle();
        }

        /// <summary>Every running timer ticks once, on its own thread.</summary>
        public static void Tick()
        {
            DispatcherTimer[] now;
            lock (Access)
            {
                now = Timers.ToArray();
            }
            foreach (DispatcherTimer timer in now)
            {
                timer.Elapse();
            }
        }

        /// <summary>Waits until no thread of the platform has anything to do.</summary>
        public static void Settle()
        {
            if (!SpinWait.SpinUntil(() => All().All(dispatcher => dispatcher.IsIdle) && All().All(d => d.IsIdle),
                PatienceMillis))
            {
                throw new TimeoutException("the platform does not come to rest");
            }
        }

        /// <summary>Has something done on each thread of the windows, after what is queued there.</summary>
        public static void OnEachWindowThread(Action work)
        {
            foreach (Dispatcher dispatcher in ui)
            {
                dispatcher.InvokeAsync(work);
            }
        }

        public static Dispatcher RandomDispatcher()
        {
            lock (Access)
            {
                return ui[Choice.Next(ui.Length)];
            }
        }

        public static Window[] OpenWindows
        {
            get
            {
                lock (Access)
                {
                    return Windows.ToArray();
                }
            }
        }

        public static NTTabPage[] OpenPages
        {
            get
            {
                lock (Access)
                {
                    return Pages.ToArray();
                }
            }
        }

        public static int RunningTimers
        {
            get
            {
                lock (Access)
                {
                    return Timers.Count;
                }
            }
        }

        /// <summary>What add-ons wrote to the output window.</summary>
        public static string[] Printings
        {
            get
            {
                lock (Access)
                {
                    return Output.ToArray();
                }
            }
        }

        /// <summary>Exceptions that left a handler: the platform would show them, or end.</summary>
        public static Exception[] Escaped
        {
            get
            {
                lock (Access)
                {
                    return Failures.ToArray();
                }
            }
        }

        /// <summary>What is drawn on charts, by tag.</summary>
        public static IDictionary<string, string> Drawn()
        {
            lock (Access)
            {
                return new Dictionary<string, string>(Drawings);
            }
        }

        /// <summary>Closes a window as a person does: its pages are cleaned up first.</summary>
        public static void CloseWindow(Window window)
        {
            window.Dispatcher.Invoke(() =>
            {
                var tabs = window.Content as System.Windows.Controls.TabControl;
                if (tabs != null)
                {
                    foreach (NTTabPage page in tabs.Items.OfType<NTTabPage>().ToArray())
                    {
                        page.Cleanup();
                        lock (Access)
                        {
                            Pages.Remove(page);
                        }
                    }
                }
                window.Close();
                foreach (AddOnBase addOn in addOns)
                {
                    addOn.Destroyed(window);
                }
            });
        }

        internal static void Broker(Action work)
        {
            broker.InvokeAsync(work);
        }

        /// <summary>Tells an event, one after the other, each on a thread chosen anew.</summary>
        internal static void Raise<T>(string name, Action<T> call) where T : class
        {
            events.InvokeAsync(() =>
            {
                foreach (Delegate handler in Subscribers.Of(name))
                {
                    RandomDispatcher().Invoke(() => call(handler as T));
                }
            });
        }

        internal static void Timer(DispatcherTimer timer, bool isEnabled)
        {
            lock (Access)
            {
                Timers.Remove(timer);
                if (isEnabled)
                {
                    Timers.Add(timer);
                }
            }
        }

        internal static void Opened(Window window)
        {
            lock (Access)
            {
                Windows.Add(window);
            }
            foreach (AddOnBase addOn in addOns.ToArray())
            {
                addOn.Created(window);
            }
        }

        internal static void Closed(Window window)
        {
            lock (Access)
            {
                Windows.Remove(window);
            }
        }

        internal static void PageOpened(NTTabPage page)
        {
            lock (Access)
            {
                Pages.Add(page);
            }
        }

        internal static void Printed(string text)
        {
            lock (Access)
            {
                Output.Add(text);
            }
        }

        internal static void Failed(Exception failure)
        {
            lock (Access)
            {
                Failures.Add(failure);
            }
        }

        internal static NinjaTrader.NinjaScript.DrawingTools.DrawingTool Drawn(NinjaScriptBase owner, string tag,
            string what)
        {
            lock (Access)
            {
                Drawings[owner.Name + " " + tag] = what;
            }
            return new NinjaTrader.NinjaScript.DrawingTools.DrawingTool();
        }

        private static IEnumerable<Dispatcher> All() => ui.Concat(new[] { broker, events });
    }

    /// <summary>Subscriptions by name of the event. To leave without having come is an error, as it is there.</summary>
    internal sealed class SubscriberList
    {
        private readonly Dictionary<string, List<Delegate>> lists = new Dictionary<string, List<Delegate>>();

        public int Count
        {
            get
            {
                lock (lists)
                {
                    return lists.Values.Sum(list => list.Count);
                }
            }
        }

        /// <summary>Names and counts of what is subscribed.</summary>
        public override string ToString()
        {
            lock (lists)
            {
                return string.Join(", ", lists.Where(list => list.Value.Count > 0)
                    .Select(list => list.Key + " " + list.Value.Count));
            }
        }

        public void Add(string name, Delegate handler)
        {
            lock (lists)
            {
                List<Delegate> list;
                if (!lists.TryGetValue(name, out list))
                {
                    list = new List<Delegate>();
                    lists.Add(name, list);
                }
                list.Add(handler);
            }
        }

        public void Remove(string name, Delegate handler)
        {
            lock (lists)
            {
                List<Delegate> list;
                if (!lists.TryGetValue(name, out list) || !list.Remove(handler))
                {
                    StubPlatform.Failed(new InvalidOperationException("unsubscribed from " + name + " without being so"));
                }
            }
        }

        public Delegate[] Of(string name)
        {
            lock (lists)
            {
                List<Delegate> list;
                return lists.TryGetValue(name, out list) ? list.ToArray() : new Delegate[0];
            }
        }
    }
}
