using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Windows;
using System.Windows.Controls;
using System.Windows.Media;
using Tickbridge.Stubs;

namespace Tickbridge.PlatformTest
{
    /// <summary>A tree of controls as a page of HTML: sizes, order, words and colours are those of the controls.</summary>
    internal sealed class WindowPicture
    {
        private const string Head = "<!doctype html><meta charset=utf-8><title>Tickbridge</title><style>"
            + "body{background:#262626;color:#c8c8c8;font:12px sans-serif;width:980px;margin:8px}"
            + ".wrap{display:flex;flex-wrap:wrap;align-items:baseline}fieldset{border:1px solid #555;margin:4px;padding:2px 6px}"
            + "legend{color:#fff}.list{overflow:hidden;background:#1e1e1e}table{table-layout:fixed;border-collapse:collapse}"
            + "td,th{text-align:left;padding:1px 4px;height:17px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis}"
            + "th{color:#888;font-weight:normal;height:26px}"
            + "i{font-style:normal;border:1px solid #777;padding:2px 6px;display:inline-block;box-sizing:border-box;min-height:20px}"
            + "i.button{text-align:center;background:#3a3a3a}.off{opacity:.4}</style>";

        /// <summary>What a text has that was given no colour of its own: NinjaTrader's dark skin is like it.</summary>
        private const string PlainText = "#c8c8c8";

        public string Of(FrameworkElement root) => Head + Element(root);

        private static string Element(object element)
        {
            var text = element as TextBlock;
            var button = element as Button;
            var list = element as ListView;
            var box = element as GroupBox;
            var panel = element as Panel;
            return text != null ? "<div style='" + Size(text) + "color:" + Colour(text.Foreground) + "'>" + Text(text.Text) + "</div>"
                : button != null ? Button(button)
                : element is TextBox ? Field((TextBox)element, ((TextBox)element).Text)
                : element is PasswordBox ? Field((PasswordBox)element, "")
                : element is ComboBox ? Field((ComboBox)element, ((ComboBox)element).SelectedItem + " ▾")
                : list != null ? Table(list)
                : box != null ? "<fieldset><legend>" + Text((string)box.Header) + "</legend>" + Element(box.Content) + "</fieldset>"
                : panel != null ? "<div " + (panel is WrapPanel ? "class=wrap " : "") + "style='" + Size(panel) + "'>"
                    + string.Concat(panel.Children.Select(Element)) + "</div>"
                : element is ContentControl ? Element(((ContentControl)element).Content) : "";
        }

        private static string Button(Button button) => "<i class='button" + (button.IsEnabled ? "" : " off") + "' style='"
            + Size(button) + (button.Background == null ? "" : "background:" + Colour(button.Background) + ";")
            + (button.Foreground == null ? "" : "color:" + Colour(button.Foreground)) + "'>" + Text((string)button.Content) + "</i>";

        private static string Field(FrameworkElement field, string text) => "<i style='" + Size(field) + "'>" + Text(text) + "&nbsp;</i>";

        private static string Table(ListView list)
        {
            IList<GridViewColumn> columns = TableContent.Columns(list);
            return "<div class=list style='" + Size(list) + "'><table style='width:" + Pixels(columns.Sum(column => column.Width))
                + "'><tr>" + string.Concat(columns.Select(column => "<th style='width:" + Pixels(column.Width - 8) + "'>"
                    + Text((string)column.Header)))
                + string.Concat(TableContent.Rows(list).Select(row => "<tr>" + string.Concat(row.Select(cell => "<td style='color:"
                    + Colour(cell.Foreground) + "'>" + Text(cell.Text))))) + "</table></div>";
        }

        private static string Size(FrameworkElement element) => (double.IsNaN(element.Width) ? "" : "width:" + Pixels(element.Width) + ";")
            + (double.IsNaN(element.Height) ? "" : "height:" + Pixels(element.Height) + ";")
            + (double.IsInfinity(element.MaxWidth) ? "" : "max-width:" + Pixels(element.MaxWidth) + ";")
            + (element.MinWidth > 0 ? "min-width:" + Pixels(element.MinWidth) + ";" : "")
            + "margin:" + Pixels(element.Margin.Top) + " " + Pixels(element.Margin.Right) + ";";

        private static string Pixels(double length) => length.ToString("0", CultureInfo.InvariantCulture) + "px";

        private static string Colour(Brush brush)
        {
            string name = (brush as SolidColorBrush)?.Name;
            return name == null || name == "Gray" ? PlainText : name;
        }

        private static string Text(string text) => WebUtility.HtmlEncode(text).Replace("&#181;", "µ").Replace("&#177;", "±");
    }
}
