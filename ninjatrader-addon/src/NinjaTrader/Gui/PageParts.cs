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
        public static Brush Brush(Tone tone)
        {
            switch (tone)
            {
                case Tone.Good: return Brushes.LimeGreen;
                case Tone.Caution: return Brushes.Goldenrod;
                case Tone.Bad: return Brushes.OrangeRed;
                default: return Brushes.Gray;
            }
        }
    }

    /// <summary>Names and values, one a line; lines are made once and filled anew. The window's thread.</summary>
    internal sealed class FieldList
    {
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
                    var value = new TextBlock { TextWrapping = TextWrapping.Wrap };
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

    /// <summary>A table. Rows are replaced only when one differs, so that scrolling is left alone. The window's
    /// thread.</summary>
    internal sealed class TableView
    {
        private const double Height = 140;

        private readonly GridView columns = new GridView();
        private readonly ListView list;
        private IList<ViewRow> shown = new ViewRow[0];

        public TableView()
        {
            list = new ListView { View = columns, Height = Height };
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
                        DisplayMemberBinding = new Binding("C" + i)
                    });
                }
            }
            bool isSame = shown.Count == table.Rows.Count
                && shown.Zip(table.Rows, (one, other) => one.Cells.SequenceEqual(other.Cells)).All(same => same);
            if (!isSame)
            {
                shown = table.Rows;
                list.ItemsSource = shown;
            }
        }
    }
}
