using System;
using System.Collections.Generic;
using System.Linq;
using System.Windows;
using System.Windows.Controls;
using NinjaTrader.Gui.Tools;

namespace Tickbridge.Stubs
{
    /// <summary>What a person sees in a window of the add-on, and the controls that they use.</summary>
    internal static class WindowContent
    {
        /// <summary>The first line's word.</summary>
        public static string BannerLabel(Window window) => Elements(window).OfType<TextBlock>().First().Text;

        /// <summary>What stands beside it.</summary>
        public static string Banner(Window window) => Elements(window).OfType<TextBlock>().ElementAt(1).Text;

        /// <summary>What became of the button pressed last.</summary>
        public static string Answer(Window window) => Find<TextBlock>(window, "TickbridgeAnswer").Text;

        /// <summary>Every row of every table, cells apart by bars.</summary>
        public static string[] Rows(Window window) => Elements(window).OfType<ListView>()
            .SelectMany(TableContent.Rows).Select(row => string.Join(" | ", row.Select(cell => cell.Text).ToArray()))
            .ToArray();

        public static T Find<T>(Window window, string name) where T : FrameworkElement =>
            Elements(window).OfType<T>().Single(element => element.Name == name);

        /// <summary>The add-on's entries in the Control Center's menu.</summary>
        public static List<NTMenuItem> MenuEntries =>
            ((NTMenuItem)StubPlatform.ControlCenter.FindFirst("ControlCenterMenuItemNew")).Items.OfType<NTMenuItem>()
            .ToList();

        public static IEnumerable<FrameworkElement> Elements(object root)
        {
            var element = root as FrameworkElement;
            if (element == null)
            {
                yield break;
            }
            yield return element;
            IEnumerable<object> below = element is Panel ? ((Panel)element).Children.Cast<object>().ToArray()
                : element is TabControl ? ((TabControl)element).Items.Cast<object>().ToArray()
                : element is NTTabPage ? new[] { ((NTTabPage)element).Content }
                : element is ContentControl ? new[] { ((ContentControl)element).Content }
                : new object[0];
            foreach (FrameworkElement found in below.SelectMany(Elements))
            {
                yield return found;
            }
        }
    }
}
