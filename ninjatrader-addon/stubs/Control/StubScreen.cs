using System.Collections.Generic;
using System.Windows;
using NinjaTrader.Gui.Tools;
using NinjaTrader.NinjaScript;
using NinjaTrader.NinjaScript.DrawingTools;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// What is to be seen of the platform that the stubs are: windows and their pages, the output window, drawings on charts.
    /// Any thread.
    /// </summary>
    internal static class StubScreen
    {
        private static readonly object Access = new object();
        private static readonly List<Window> Windows = new List<Window>();
        private static readonly List<NTTabPage> Pages = new List<NTTabPage>();
        private static readonly List<string> Output = new List<string>();
        private static readonly Dictionary<string, string> Drawings = new Dictionary<string, string>();

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

        /// <summary>What is drawn on charts, by tag.</summary>
        public static IDictionary<string, string> Drawn()
        {
            lock (Access)
            {
                return new Dictionary<string, string>(Drawings);
            }
        }

        /// <summary>For a platform that opens: forgets what was written and drawn on the one before, and its pages.</summary>
        internal static void Clear()
        {
            lock (Access)
            {
                Output.Clear();
                Drawings.Clear();
                Pages.Clear();
            }
        }

        internal static void Opened(Window window)
        {
            lock (Access)
            {
                Windows.Add(window);
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

        internal static void PageClosed(NTTabPage page)
        {
            lock (Access)
            {
                Pages.Remove(page);
            }
        }

        internal static void Printed(string text)
        {
            lock (Access)
            {
                Output.Add(text);
            }
        }

        internal static DrawingTool Drawn(NinjaScriptBase owner, string tag, string what)
        {
            lock (Access)
            {
                Drawings[owner.Name + " " + tag] = what;
            }
            return new DrawingTool();
        }
    }
}
