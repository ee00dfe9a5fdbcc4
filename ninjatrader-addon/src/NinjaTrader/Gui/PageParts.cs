namespace Tickbridge.Gui
{
    using System.Collections.Generic;
    using System.Linq;
    using System.Windows;
    using System.Windows.Controls;
    using System.Windows.Data;
    using System.Windows.Media;
    using Tickbridge.View;

    /// <summary>The colours of what is good and what is not.</summary>
    internal static class Tones
    {
        /// <summary>NinjaTrader's own text colour, which goes with its skin.</summary>
        private const string SkinText = "FontControlBrush";

        public static Brush Brush(Tone tone)
        {
            switch (tone)
            {
                case Tone.Good: return Brushes.LimeGreen;
                case Tone.Caution: return Brushes.Goldenrod;
                case Tone.Bad: return Brushes.OrangeRed;
                default: return Plain();
            }
        }

        /// <summary>A brush that is not frozen is another thread's: each window has a thread of its own.</summary>
        private static Brush Plain()
        {
            var skin = Application.Current?.TryFindResource(SkinText) as Brush;
            return skin != null && skin.IsFrozen ? skin : Brushes.Gray;
        }
    }

    /// <summary>Names and values, one a line; lines are made once and filled anew. The window's thread.</summary>
    internal sealed class FieldList
    {
        /// <summary>A long text wraps: it must not push the boxes below one another.</summary>
        private const double ValueWidth = 330;

        private readonly List<TextBlock> values = new List<TextBlock>();
        private readonly StackPanel panel = new StackPanel { MinWidth = 440 };

        public FrameworkElement Root => panel;

        public void Show(IList<ViewField> fields)
        {
            if (fields.Count != values.Count)
            {
                panel.Children.Clear();
                values.Clear();
                foreach (ViewField field in fields)
                {
                    var line = new WrapPanel();
                    var value = new TextBlock { TextWrapping = TextWrapping.Wrap, MaxWidth = ValueWidth };
                    line.Children.Add(new TextBlock { Text = field.Label, Width = 120 });
                    line.Children.Add(value);
                    panel.Children.Add(line);
                    values.Add(value);
                }
            }
            for (int i = 0; i < fields.Count; i++)
            {
                values[i].Text = fields[i].Value;
                values[i].Foreground = Tones.Brush(fields[i].Tone);
            }
        }
    }

    /// <summary>A row of a table with its colour; public because a window binds to it. Immutable.</summary>
    public sealed class ColouredRow
    {
        public ColouredRow(ViewRow row)
        {
            Row = row;
            Brush = Tones.Brush(row.Tone);
        }

        public ViewRow Row { get; }

        public Brush Brush { get; }
    }

    /// <summary>A table. Rows are replaced only when one differs, so that scrolling is left alone. The window's
    /// thread.</summary>
    internal sealed class TableView
    {
        private const double HeadHeight = 30;
        private const double RowHeight = 19;
        private const int Fewest = 3;
        private const int Most = 10;

        private readonly GridView columns = new GridView();
        private readonly ListView list;
        private IList<ViewRow> shown = new ViewRow[0];

        public TableView()
        {
            list = new ListView { View = columns, Height = HeightOf(0) };
        }

        public FrameworkElement Root => list;

        public void Show(ViewTable table)
        {
            if (columns.Columns.Count == 0)
            {
                for (int i = 0; i < table.Columns.Count; i++)
                {
                    columns.Columns.Add(new GridViewColumn
                    {
                        Header = table.Columns[i].Head,
                        Width = table.Columns[i].Width,
                        CellTemplate = Cell(i)
                    });
                }
            }
            bool isSame = shown.Count == table.Rows.Count && shown.Zip(table.Rows, (one, other) => one.Tone == other.Tone
                && one.Cells.SequenceEqual(other.Cells)).All(same => same);
            if (!isSame)
            {
                shown = table.Rows;
                list.Height = System.Math.Max(list.Height, HeightOf(shown.Count));
                list.ItemsSource = shown.Select(row => new ColouredRow(row)).ToArray();
            }
        }

        /// <summary>It grows with its rows up to a bound, and never shrinks: what stands below would jump.</summary>
        private static double HeightOf(int rows) =>
            HeadHeight + RowHeight * System.Math.Min(Most, System.Math.Max(Fewest, rows));

        /// <summary>Its own colour, set on the text itself: a skin's style of texts does not win over it.</summary>
        private static DataTemplate Cell(int index)
        {
            var text = new FrameworkElementFactory(typeof(TextBlock));
            text.SetBinding(TextBlock.TextProperty, new Binding("Row.C" + index));
            text.SetBinding(TextBlock.ForegroundProperty, new Binding("Brush"));
            return new DataTemplate { VisualTree = text };
        }
    }
}
