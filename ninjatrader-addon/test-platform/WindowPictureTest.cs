using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Windows;
using System.Windows.Controls;
using System.Windows.Media;
using NUnit.Framework;
using Tickbridge.Core;
using Tickbridge.Gui;
using Tickbridge.Host;
using Tickbridge.Stubs;
using Tickbridge.View;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// The window as pages, drawn from the controls that the window is made of: target/platform/window.html,
    /// window-dry-run.html and window-killed.html. What stands where, words and colours are the window's; fonts and the
    /// look of buttons are NinjaTrader's affair.
    /// </summary>
    [TestFixture]
    public class WindowPictureTest : StubFixture
    {
        [Test]
        public void TheWindowIsDrawn()
        {
            Draw("window", SampleReading.Of(), "73.6 ± 9.3 µs", "limit.loss.day", "the gateway&#39;s book is SequenceGap",
                "refused by SignalAge", "may be too old: 812.0 ms, allowed 250 ms", "TB-54321098-412-S1", "signals trade on Sim101", "desk, until 2027-11-22");
            Draw("window-dry-run", SampleReading.DryRun(), "nothing is sent",
                "refused by InstrumentAllowed", "neither ES nor ES 12-26 is in instruments", "map." + SampleReading.Spread);
            Draw("window-killed", SampleReading.Killed(), "the kill button; flat in ES, NQ on Sim101",
                "Flat Sim101: verified: no position and no working order in ES, NQ", "no, disarmed 15:00:03 UTC: kill switch: the kill button",
                "Order Close ES 12-26 Sell Market: Filled 1/1");
        }

        /// <summary>A row that is red in the view is red in the window, whatever a skin says of texts.</summary>
        [Test]
        public void RowsHaveTheColoursOfTheView()
        {
            PageContent page = Page(SampleReading.Of());
            Dictionary<string, ListView> tables = WindowContent.Elements(page.Root).OfType<GroupBox>()
                .Where(box => box.Content is ListView).ToDictionary(box => (string)box.Header, box => (ListView)box.Content);
            CollectionAssert.AreEqual(new[] { "Log", "Decisions", "Limits", "Signals", "Books", "Positions and working orders" }, tables.Keys,
                "what answers a person stands first");
            ViewState state = BridgeView.Of(SampleReading.Of());
            foreach (ViewTable table in state.Tables)
            {
                CollectionAssert.AreEqual(table.Rows.Select(row => Tones.Brush(row.Tone)),
                    TableContent.Rows(tables[table.Title]).Select(cells => cells[0].Foreground), table.Title);
                CollectionAssert.AreEqual(table.Rows.Select(row => string.Join("|", row.Cells)),
                    TableContent.Rows(tables[table.Title]).Select(cells => string.Join("|", cells.Select(cell => cell.Text))));
            }
            CollectionAssert.AreEqual(new[] { Brushes.LimeGreen, Brushes.OrangeRed, Brushes.OrangeRed },
                TableContent.Rows(tables["Books"]).Select(cells => cells[2].Foreground));
        }

        [Test]
        public void FirstLineAndButtonsStayWhenThePageIsScrolled()
        {
            PageContent page = Page(SampleReading.Of());
            FrameworkElement[] scrolled = WindowContent.Elements(page.Root).OfType<ScrollViewer>()
                .SelectMany(WindowContent.Elements).ToArray();
            Assert.IsNotEmpty(scrolled.OfType<ListView>());
            Assert.IsEmpty(scrolled.OfType<Button>(), "none of them");
            TextBlock banner = WindowContent.Elements(page.Root).OfType<TextBlock>().First();
            Assert.AreEqual("ARMED", banner.Text);
            CollectionAssert.DoesNotContain(scrolled, banner);
            CollectionAssert.DoesNotContain(scrolled, Control<TextBlock>(page, "TickbridgeAnswer"));
            // The rest of the height, however little that is, is the scrolled part's: it cannot push the buttons out.
            var panel = (DockPanel)page.Root;
            Assert.IsTrue(panel.LastChildFill);
            Assert.AreEqual(Dock.Top, DockPanel.GetDock(panel.Children[0]));
            Assert.IsInstanceOf<ScrollViewer>(panel.Children[1]);
            Assert.AreEqual(2, panel.Children.Count);
        }

        [Test]
        public void WhatAPersonTypedStaysWhenAccountsComeAndGo()
        {
            string[] accounts = { "Sim101" };
            var bridge = new Bridge(Path.Combine(Folder, "Tickbridge"), () => null);
            var page = new PageContent(new BridgeView(bridge, () => accounts));
            TextBox host = Control<TextBox>(page, "TickbridgeHost");
            ComboBox account = Control<ComboBox>(page, "TickbridgeAccount");
            PasswordBox key = Control<PasswordBox>(page, "TickbridgeKey");
            host.Text = "10.0.";
            key.Password = "half";
            account.SelectedItem = "Sim101";
            accounts = new[] { "Sim101", "Live1" };
            page.Show();
            Assert.AreEqual(2, account.Items.Count);
            Assert.AreEqual("10.0. half Sim101", host.Text + " " + key.Password + " " + account.SelectedItem);
        }

        [Test]
        public void TheKeyFieldEmptiesOnceTheKeyIsSaved()
        {
            var bridge = new Bridge(Path.Combine(Folder, "Tickbridge"), () => new NinjaPlatform.NinjaPlatform(new LocalClock()));
            bridge.Start();
            var view = new BridgeView(bridge, () => new string[0]);
            var page = new PageContent(view);
            PasswordBox key = Control<PasswordBox>(page, "TickbridgeKey");
            Control<TextBox>(page, "TickbridgeHost").Text = "127.0.0.1";
            Control<TextBox>(page, "TickbridgePort").Text = "1";
            key.Password = "abc";
            Connect(page, view);
            Assert.AreEqual("abc", key.Password, "refused: to be mended, not typed again");
            StringAssert.Contains("64 hexadecimal digits", Control<TextBlock>(page, "TickbridgeAnswer").Text);
            key.Password = new string('a', 64);
            Connect(page, view);
            Assert.AreEqual("", key.Password);
            Assert.IsTrue(bridge.Stop());
        }

        private static void Connect(PageContent page, BridgeView view)
        {
            Control<Button>(page, "TickbridgeConnect").Press();
            Assert.IsTrue(view.Connecting.Wait(PatienceMillis));
            view.Refresh();
            page.Show();
        }

        private static T Control<T>(PageContent page, string name) where T : FrameworkElement =>
            WindowContent.Elements(page.Root).OfType<T>().Single(control => control.Name == name);

        private PageContent Page(BridgeReading reading)
        {
            var bridge = new Bridge(Path.Combine(Folder, "Tickbridge"), () => null);
            bridge.Connection.Host = reading.Host;
            bridge.Connection.Port = reading.Port;
            return new PageContent(new BridgeView(bridge, () => reading, () => new[] { "Sim101" }) { Account = reading.Trading.Account });
        }

        /// <summary>Writes a page, which must show some words.</summary>
        private void Draw(string name, BridgeReading reading, params string[] shown)
        {
            string path = Path.Combine(Path.GetDirectoryName(new System.Uri(typeof(WindowPictureTest).Assembly.CodeBase)
                .LocalPath), name + ".html");
            File.WriteAllText(path, new WindowPicture().Of(Page(reading).Root));
            foreach (string words in shown)
            {
                StringAssert.Contains(words, File.ReadAllText(path));
            }
        }
    }
}
