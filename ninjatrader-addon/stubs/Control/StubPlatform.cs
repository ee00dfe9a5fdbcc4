using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Windows;
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
    /// connections, closes windows. Its threads are StubThreads, what is to be seen StubScreen. Nothing of it is
    /// NinjaTrader's. Public members: the test's thread; the others, which the stubs call: any.
    /// </summary>
    internal static class StubPlatform
    {
        private static readonly object Access = new object();
        private static readonly List<Exception> Failures = new List<Exception>();
        private static List<AddOnBase> addOns = new List<AddOnBase>();

        /// <summary>Who is subscribed to what.</summary>
        public static SubscriberList Subscribers { get; private set; } = new SubscriberList();

        /// <summary>The ATM templates that a person has saved, by name.</summary>
        public static Dictionary<string, AtmTemplate> AtmTemplates { get; } = new Dictionary<string, AtmTemplate>();

        public static string UserDataFolder { get; private set; }

        public static Connection Connection { get; private set; }

        public static ControlCenter ControlCenter { get; private set; }

        /// <summary>Starts the platform with one connection and the accounts of these names.</summary>
        public static void Open(string userDataFolder, params string[] accounts)
        {
            Connection.PlaybackConnection = null;
            UserDataFolder = userDataFolder;
            Subscribers = new SubscriberList();
            Failures.Clear();
            StubScreen.Clear();
            AtmTemplates.Clear();
            StubThreads.Start();
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
            StubThreads.Ui.Invoke(() => ControlCenter = new ControlCenter());
        }

        /// <summary>Ends the platform: terminates add-ons, closes windows, ends its threads.</summary>
        public static void Close()
        {
            Terminate();
            foreach (Window window in StubScreen.OpenWindows)
            {
                CloseWindow(window);
            }
            StubThreads.Settle();
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
            StubThreads.End();
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
                StubThreads.Ui.Invoke(() =>
                {
                    var probe = (AddOnBase)Activator.CreateInstance(type);
                    probe.Enter(State.SetDefaults);
                    probe.Enter(State.Terminated);
                    var addOn = (AddOnBase)Activator.CreateInstance(type);
                    addOn.Enter(State.SetDefaults);
                    addOn.Enter(State.Configure);
                    addOn.Enter(State.Active);
                    added.Add(addOn);
                    foreach (Window window in new Window[] { ControlCenter }.Concat(StubScreen.OpenWindows))
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
                StubThreads.Ui.Invoke(() =>
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
                account.Broker.Market(known);
            }
            StubThreads.Settle();
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
                        StubScreen.PageClosed(page);
                    }
                }
                window.Close();
                foreach (AddOnBase addOn in addOns)
                {
                    addOn.Destroyed(window);
                }
            });
        }

        /// <summary>Tells an event, one after the other, each on a thread chosen anew.</summary>
        internal static void Raise<T>(string name, Action<T> call) where T : class
        {
            StubThreads.Events(() =>
            {
                foreach (Delegate handler in Subscribers.Of(name))
                {
                    StubThreads.RandomDispatcher().Invoke(() => call(handler as T));
                }
            });
        }

        internal static void Opened(Window window)
        {
            StubScreen.Opened(window);
            foreach (AddOnBase addOn in addOns.ToArray())
            {
                addOn.Created(window);
            }
        }

        internal static void Failed(Exception failure)
        {
            lock (Access)
            {
                Failures.Add(failure);
            }
        }
    }
}
