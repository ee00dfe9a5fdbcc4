using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Windows;
using NinjaTrader.Cbi;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformHost
{
    /// <summary>Prints what is new: a window's first line, log and decisions, orders and positions of the accounts.</summary>
    internal sealed class Screen
    {
        /// <summary>The other tables change with each look.</summary>
        private static readonly Regex TimedRow = new Regex("^[0-9]{2}:[0-9]{2}:[0-9]{2}");

        private readonly HashSet<string> rows = new HashSet<string>();
        private readonly Dictionary<object, string> printed = new Dictionary<object, string>();
        private Window shown;

        public void Print()
        {
            Window window = StubScreen.OpenWindows.FirstOrDefault(one => one != StubPlatform.ControlCenter);
            if (window != shown)
            {
                shown = window;
                rows.Clear();
            }
            window?.Dispatcher.Invoke(() => Print(window));
            foreach (Account account in Account.All.ToArray())
            {
                Print(account);
            }
        }

        private void Print(Window window)
        {
            Changed(window, "banner " + WindowContent.BannerLabel(window) + " | " + WindowContent.Banner(window));
            foreach (string row in WindowContent.Rows(window).Where(row => TimedRow.IsMatch(row) && rows.Add(row)))
            {
                Console.WriteLine("row " + row);
            }
        }

        private void Print(Account account)
        {
            Order[] orders;
            Position[] positions;
            lock (account.Orders)
            {
                orders = account.Orders.ToArray();
            }
            lock (account.Positions)
            {
                positions = account.Positions.ToArray();
            }
            foreach (Order order in orders)
            {
                Changed(order, string.Format(CultureInfo.InvariantCulture, "order {0} {1} {2} {3} {4} {5} {6}/{7}", account.Name,
                    order.Name, order.Instrument.FullName, order.OrderAction, order.OrderType, order.OrderState, order.Filled,
                    order.Quantity));
            }
            Changed(account, "account " + account.Name + " " + (positions.Length == 0 ? "flat" : string.Join(", ",
                positions.Select(one => one.Instrument.FullName + " " + one.MarketPosition + " " + one.Quantity))));
        }

        private void Changed(object what, string text)
        {
            string before;
            if (!printed.TryGetValue(what, out before) || before != text)
            {
                printed[what] = text;
                Console.WriteLine(text);
            }
        }
    }
}
