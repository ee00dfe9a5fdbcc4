using System;
using System.Collections.Generic;
using System.Windows;
using System.Windows.Threading;
using NinjaTrader.Gui.Tools;
using NinjaTrader.NinjaScript;
using NinjaTrader.NinjaScript.DrawingTools;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// What the stubs ask of their control, for compiling against the dispatcher that Microsoft declares. Never run.
    /// </summary>
    internal static class StubPlatform
    {
        public static SubscriberList Subscribers { get; } = new SubscriberList();
        public static Dictionary<string, AtmTemplate> AtmTemplates { get; } = new Dictionary<string, AtmTemplate>();
        public static string UserDataFolder => "";

        internal static void Raise<T>(string name, Action<T> call) where T : class { }
        internal static void Opened(Window window) { }
    }

    internal static class StubThreads
    {
        internal static Dispatcher RandomDispatcher() => Dispatcher.CurrentDispatcher;
        internal static void Broker(Action work) => work();
    }

    internal static class StubScreen
    {
        internal static void Closed(Window window) { }
        internal static void PageOpened(NTTabPage page) { }
        internal static void Printed(string text) { }
        internal static DrawingTool Drawn(NinjaScriptBase owner, string tag, string what) => null;
    }

    internal sealed class AtmTemplate
    {
        public IEnumerable<NinjaTrader.Cbi.Order> Protect(NinjaTrader.Cbi.Order entry, int quantity) => null;
    }

    internal sealed class SubscriberList
    {
        public void Add(string name, Delegate handler) { }
        public void Remove(string name, Delegate handler) { }
    }
}
