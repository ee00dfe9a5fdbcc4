using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using NUnit.Framework;
using Tickbridge.Host;
using Tickbridge.View;

namespace Tickbridge.PlatformTest
{
    /// <summary>
    /// The window as pages, from the same view that fills the window: target/platform/window.html, window-dry-run.html and
    /// window-killed.html. They show what stands where; colours and fonts are NinjaTrader's affair.
    /// </summary>
    [TestFixture]
    public class WindowPictureTest
    {
        private static readonly Dictionary<Tone, string> Colours = new Dictionary<Tone, string>
        {
            { Tone.Plain, "#c8c8c8" }, { Tone.Good, "limegreen" }, { Tone.Caution, "goldenrod" }, { Tone.Bad, "orangered" }
        };

        [Test]
        public void TheWindowIsDrawn()
        {
            Draw("window", SampleReading.Of(), "Simulation", "73.6 ± 9.3 µs", "limit.loss.day", "SequenceGap",
                "TB-54321098-412-S1", "signals trade on Sim101");
            Draw("window-dry-run", SampleReading.DryRun(), "Simulation", "nothing is sent", "refused by InstrumentAllowed");
            Draw("window-killed", SampleReading.Killed(), "Simulation", "the kill button; everything is flat");
        }

        /// <summary>Writes a page, which must show some words.</summary>
        private static void Draw(string name, BridgeReading reading, string mode, params string[] shown)
        {
            ViewState state = BridgeView.Of(reading);
            var page = new StringBuilder("<!doctype html><meta charset=utf-8><title>Tickbridge</title><style>"
                + "body{background:#262626;color:#c8c8c8;font:12px sans-serif;width:980px;margin:8px}"
                + "fieldset{border:1px solid #555;margin:4px 0}legend{color:#fff}td,th{text-align:left;padding:1px 8px 1px 0}"
                + "th{color:#888;font-weight:normal}.two{display:flex;gap:8px}.two>*{flex:1}"
                + "i{font-style:normal;border:1px solid #777;padding:2px 10px;margin:0 4px;display:inline-block}"
                + "b.kill i{background:red;color:white}b.off{opacity:.4;font-weight:normal}b{font-weight:normal}</style>");
            page.Append("<p style='font-size:16px;color:").Append(Colours[state.Banner.Tone]).Append("'>")
                .Append(Text(state.Banner.Label)).Append(" &nbsp; ").Append(Text(state.Banner.Value));
            page.Append("<p>Gateway <i>").Append(Text(reading.Host)).Append("</i> Port <i>").Append(reading.Port)
                .Append("</i> Key or password <i>&nbsp;</i> <i>Connect</i>");
            page.Append("<p>Mode <i>").Append(mode).Append("</i> Account <i>Sim101</i> Confirm live <i>&nbsp;</i> ")
                .Append(Button("Arm", state.CanArm)).Append(Button("Disarm", state.CanDisarm))
                .Append(Button("KILL", state.CanKill).Replace("class=on", "class=kill")).Append(Button("Release kill", state.CanClearKill));
            page.Append("<div class=two>").Append(Fields("Link", state.Link)).Append(Fields("Trading", state.Trading))
                .Append("</div>");
            foreach (ViewTable table in new[] { state.Limits, state.Signals, state.Books, state.Orders, state.Log })
            {
                page.Append(Table(table));
            }
            string path = Path.Combine(Path.GetDirectoryName(new System.Uri(typeof(WindowPictureTest).Assembly.CodeBase)
                .LocalPath), name + ".html");
            File.WriteAllText(path, page.ToString());
            foreach (string words in shown)
            {
                StringAssert.Contains(words, File.ReadAllText(path));
            }
        }

        private static string Button(string text, bool can) => "<b class=" + (can ? "on" : "off") + "><i>" + text
            + "</i></b>";

        private static string Fields(string title, IEnumerable<ViewField> fields) => "<fieldset><legend>" + title
            + "</legend><table>" + string.Concat(fields.Select(field => "<tr><th>" + Text(field.Label) + "<td style='color:"
                + Colours[field.Tone] + "'>" + Text(field.Value))) + "</table></fieldset>";

        private static string Table(ViewTable table) => "<fieldset><legend>" + Text(table.Title) + "</legend><table><tr>"
            + string.Concat(table.Columns.Select(column => "<th>" + Text(column.Head)))
            + string.Concat(table.Rows.Select(row => "<tr style='color:" + Colours[row.Tone] + "'>"
                + string.Concat(row.Cells.Select(cell => "<td>" + Text(cell))))) + "</table></fieldset>";

        private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("&#181;", "µ")
            .Replace("&#177;", "±");
    }
}
