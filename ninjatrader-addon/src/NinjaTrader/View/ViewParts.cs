namespace Tickbridge.View
{
    using System.Collections.Generic;

    /// <summary>How something is shown: the colour is the window's choice.</summary>
    public enum Tone
    {
        Plain,
        Good,
        Caution,
        Bad
    }

    /// <summary>A name and a value. Immutable.</summary>
    public sealed class ViewField
    {
        public ViewField(string label, string value, Tone tone = Tone.Plain)
        {
            Label = label;
            Value = value;
            Tone = tone;
        }

        public string Label { get; }

        public string Value { get; }

        public Tone Tone { get; }
    }

    /// <summary>A column: its head and how wide it is. Immutable.</summary>
    public sealed class ViewColumn
    {
        public ViewColumn(string head, int width)
        {
            Head = head;
            Width = width;
        }

        public string Head { get; }

        /// <summary>Device-independent pixels.</summary>
        public int Width { get; }
    }

    /// <summary>A line of a table; a window binds to C0, C1 and so on. Immutable.</summary>
    public sealed class ViewRow
    {
        private readonly string[] cells;

        public ViewRow(Tone tone, params string[] cells)
        {
            Tone = tone;
            this.cells = cells;
        }

        public Tone Tone { get; }

        public IList<string> Cells => cells;

        public string C0 => At(0);
        public string C1 => At(1);
        public string C2 => At(2);
        public string C3 => At(3);
        public string C4 => At(4);
        public string C5 => At(5);
        public string C6 => At(6);

        private string At(int index) => index < cells.Length ? cells[index] : "";
    }

    /// <summary>A table with its title. Immutable.</summary>
    public sealed class ViewTable
    {
        public ViewTable(string title, IList<ViewColumn> columns, IList<ViewRow> rows)
        {
            Title = title;
            Columns = columns;
            Rows = rows;
        }

        public string Title { get; }

        public IList<ViewColumn> Columns { get; }

        public IList<ViewRow> Rows { get; }
    }

    /// <summary>The whole window at one moment. Immutable.</summary>
    public sealed class ViewState
    {
        /// <summary>Of the tab.</summary>
        public string Header { get; internal set; }

        /// <summary>The line on top: what a person must know first.</summary>
        public ViewField Banner { get; internal set; }

        /// <summary>What became of the button pressed last; without a label when none was.</summary>
        public ViewField Answer { get; internal set; }

        public IList<ViewField> Link { get; internal set; }

        public IList<ViewField> Trading { get; internal set; }

        public ViewTable Decisions { get; internal set; }

        public ViewTable Limits { get; internal set; }

        public ViewTable Signals { get; internal set; }

        public ViewTable Books { get; internal set; }

        public ViewTable Orders { get; internal set; }

        public ViewTable Log { get; internal set; }

        /// <summary>In the order in which they stand: what answers a person comes first.</summary>
        public IList<ViewTable> Tables => new[] { Log, Decisions, Limits, Signals, Books, Orders };

        public bool CanArm { get; internal set; }

        public bool CanDisarm { get; internal set; }

        /// <summary>Nothing may keep a person from it; pressed while nothing runs, it is done as soon as something does.</summary>
        public bool CanKill => true;

        public bool CanClearKill { get; internal set; }
    }
}
