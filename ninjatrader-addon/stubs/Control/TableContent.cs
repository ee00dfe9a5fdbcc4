using System.Collections.Generic;
using System.Linq;
using System.Windows;
using System.Windows.Controls;
using System.Windows.Data;
using System.Windows.Media;

namespace Tickbridge.Stubs
{
    /// <summary>
    /// What a table shows, found as WPF finds it: by the bindings of each column's template, through public properties of
    /// public types alone.
    /// </summary>
    internal static class TableContent
    {
        public static IEnumerable<TextBlock[]> Rows(ListView list) => list.ItemsSource == null
            ? new TextBlock[0][]
            : list.ItemsSource.Cast<object>().Select(row => Columns(list).Select(column => Cell(column, row)).ToArray());

        public static IList<GridViewColumn> Columns(ListView list) => ((GridView)list.View).Columns;

        private static TextBlock Cell(GridViewColumn column, object row)
        {
            FrameworkElementFactory made = column.CellTemplate.VisualTree;
            return new TextBlock
            {
                Text = (string)Bound(made.Bindings[TextBlock.TextProperty], row),
                Foreground = (Brush)Bound(made.Bindings[TextBlock.ForegroundProperty], row)
            };
        }

        private static object Bound(BindingBase binding, object source) => ((Binding)binding).Path.Split('.')
            .Aggregate(source, (from, name) => from.GetType().IsVisible ? from.GetType().GetProperty(name).GetValue(from, null)
                : null);
    }
}
