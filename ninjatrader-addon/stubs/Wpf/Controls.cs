using System.Collections;
using System.Collections.Generic;
using System.Windows.Data;
using System.Windows.Media;

// The few types of WPF that the window is made of: what they are set to is kept, nothing is drawn. Signatures as in
// https://learn.microsoft.com/dotnet/api/system.windows and the namespaces below it; Mono has none of them.
namespace System.Windows
{
    public enum Visibility { Visible, Hidden, Collapsed }

    public enum HorizontalAlignment { Left, Center, Right, Stretch }

    public enum TextWrapping { WrapWithOverflow, NoWrap, Wrap }

    public enum GridUnitType { Auto, Pixel, Star }

    public delegate void RoutedEventHandler(object sender, RoutedEventArgs e);

    public class RoutedEventArgs : EventArgs
    {
    }

    public struct Thickness
    {
        public Thickness(double uniformLength)
        {
            Left = Top = Right = Bottom = uniformLength;
        }

        public Thickness(double left, double top, double right, double bottom)
        {
            Left = left;
            Top = top;
            Right = right;
            Bottom = bottom;
        }

        public double Left { get; set; }
        public double Top { get; set; }
        public double Right { get; set; }
        public double Bottom { get; set; }
    }

    public struct GridLength
    {
        public GridLength(double value, GridUnitType type)
        {
            Value = value;
            GridUnitType = type;
        }

        public static GridLength Auto => new GridLength(1, GridUnitType.Auto);
        public double Value { get; }
        public GridUnitType GridUnitType { get; }
    }

    public class Style
    {
    }

    public class DataTemplate
    {
        public FrameworkElementFactory VisualTree { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.frameworkelementfactory</summary>
    public class FrameworkElementFactory
    {
        private readonly Dictionary<DependencyProperty, BindingBase> bindings =
            new Dictionary<DependencyProperty, BindingBase>();

        public FrameworkElementFactory(Type type)
        {
            Type = type;
        }

        public Type Type { get; set; }

        internal IDictionary<DependencyProperty, BindingBase> Bindings => bindings;

        public void SetBinding(DependencyProperty dp, BindingBase binding)
        {
            bindings.Add(dp, binding);
        }
    }

    public class UIElement : DependencyObject
    {
        public bool IsEnabled { get; set; } = true;
        public Visibility Visibility { get; set; }
    }

    public class FrameworkElement : UIElement
    {
        public string Name { get; set; } = "";
        public double Width { get; set; } = double.NaN;
        public double Height { get; set; } = double.NaN;
        public double MinWidth { get; set; }
        public Thickness Margin { get; set; }
        public HorizontalAlignment HorizontalAlignment { get; set; }
        public Style Style { get; set; }
        public object Tag { get; set; }
        public object ToolTip { get; set; }

        public object TryFindResource(object resourceKey) => null;

        public void SetResourceReference(object property, object name)
        {
        }
    }

    public class Application
    {
        public static Application Current { get; } = new Application();

        public object TryFindResource(object resourceKey) => null;
    }

    public class Window : Controls.ContentControl
    {
        public string Title { get; set; } = "";
        public bool IsClosed { get; private set; }

        public event EventHandler Closed;
        public event RoutedEventHandler Loaded;

        public virtual void Show()
        {
            Tickbridge.Stubs.StubPlatform.Opened(this);
            Loaded?.Invoke(this, new RoutedEventArgs());
        }

        public virtual void Close()
        {
            if (!IsClosed)
            {
                IsClosed = true;
                Tickbridge.Stubs.StubPlatform.Closed(this);
                Closed?.Invoke(this, EventArgs.Empty);
            }
        }
    }
}

namespace System.Windows.Media
{
    public abstract class Brush
    {
        /// <summary>Those of Brushes are; in WPF a property of the base class Freezable.</summary>
        public bool IsFrozen => true;

    }

    public sealed class SolidColorBrush : Brush
    {
        internal SolidColorBrush(string name)
        {
            Name = name;
        }

        internal string Name { get; }
    }

    public static class Brushes
    {
        public static SolidColorBrush DodgerBlue { get; } = new SolidColorBrush("DodgerBlue");
        public static SolidColorBrush Goldenrod { get; } = new SolidColorBrush("Goldenrod");
        public static SolidColorBrush Gray { get; } = new SolidColorBrush("Gray");
        public static SolidColorBrush Green { get; } = new SolidColorBrush("Green");
        public static SolidColorBrush LimeGreen { get; } = new SolidColorBrush("LimeGreen");
        public static SolidColorBrush OrangeRed { get; } = new SolidColorBrush("OrangeRed");
        public static SolidColorBrush Red { get; } = new SolidColorBrush("Red");
        public static SolidColorBrush White { get; } = new SolidColorBrush("White");
    }
}

namespace System.Windows.Data
{
    public abstract class BindingBase
    {
    }

    public class Binding : BindingBase
    {
        public Binding(string path)
        {
            Path = path;
        }

        internal string Path { get; }
    }
}

namespace System.Windows.Controls
{
    public enum Dock { Left, Top, Right, Bottom }

    public enum Orientation { Horizontal, Vertical }

    public class UIElementCollection : List<UIElement>
    {
        public new int Add(UIElement element)
        {
            base.Add(element);
            return Count - 1;
        }
    }

    public class Control : FrameworkElement
    {
        public Brush Background { get; set; }
        public Brush Foreground { get; set; }
        public Thickness Padding { get; set; }
    }

    public class ContentControl : Control
    {
        public object Content { get; set; }
    }

    public class Page : FrameworkElement
    {
        public object Content { get; set; }
    }

    public class ScrollViewer : ContentControl
    {
    }

    public class HeaderedContentControl : ContentControl
    {
        public object Header { get; set; }
    }

    public class GroupBox : HeaderedContentControl
    {
    }

    public class Panel : FrameworkElement
    {
        public UIElementCollection Children { get; } = new UIElementCollection();
    }

    public class StackPanel : Panel
    {
        public Orientation Orientation { get; set; } = Orientation.Vertical;
    }

    public class WrapPanel : Panel
    {
    }

    public class DockPanel : Panel
    {
        public bool LastChildFill { get; set; } = true;

        public static void SetDock(UIElement element, Dock dock)
        {
        }
    }

    public class RowDefinition
    {
        public GridLength Height { get; set; }
    }

    public class ColumnDefinition
    {
        public GridLength Width { get; set; }
    }

    public class Grid : Panel
    {
        public List<RowDefinition> RowDefinitions { get; } = new List<RowDefinition>();
        public List<ColumnDefinition> ColumnDefinitions { get; } = new List<ColumnDefinition>();

        public static void SetRow(UIElement element, int value)
        {
        }

        public static void SetColumn(UIElement element, int value)
        {
        }
    }

    public class TextBlock : FrameworkElement
    {
        public static readonly DependencyProperty TextProperty = DependencyProperty.Register("Text", typeof(string),
            typeof(TextBlock));

        public static readonly DependencyProperty ForegroundProperty = DependencyProperty.Register("Foreground",
            typeof(Brush), typeof(TextBlock));

        public Brush Foreground { get; set; }
        public string Text { get; set; } = "";
        public TextWrapping TextWrapping { get; set; }
    }

    public class TextBox : Control
    {
        public string Text { get; set; } = "";
    }

    public class PasswordBox : Control
    {
        public string Password { get; set; } = "";
    }

    public class Button : ContentControl
    {
        public event RoutedEventHandler Click;

        /// <summary>What a person does; not part of WPF.</summary>
        internal void Press()
        {
            if (!IsEnabled)
            {
                throw new InvalidOperationException("the button " + Name + " is disabled");
            }
            Click?.Invoke(this, new RoutedEventArgs());
        }
    }

    public class ItemsControl : Control
    {
        public IEnumerable ItemsSource { get; set; }
        public IList Items { get; } = new ArrayList();
    }

    public class MenuItem : ItemsControl
    {
        public object Header { get; set; }
        public event RoutedEventHandler Click;

        internal int Clicks => Click == null ? 0 : Click.GetInvocationList().Length;

        internal void Press()
        {
            Click?.Invoke(this, new RoutedEventArgs());
        }
    }

    public class ComboBox : ItemsControl
    {
        public object SelectedItem { get; set; }
    }

    public class TabItem : HeaderedContentControl
    {
    }

    public class TabControl : ItemsControl
    {
        public object SelectedItem { get; set; }
    }

    public abstract class ViewBase
    {
    }

    public class GridViewColumn
    {
        public object Header { get; set; }
        public double Width { get; set; }
        public BindingBase DisplayMemberBinding { get; set; }
        public DataTemplate CellTemplate { get; set; }
    }

    public class GridView : ViewBase
    {
        public List<GridViewColumn> Columns { get; } = new List<GridViewColumn>();
    }

    public class ListView : ItemsControl
    {
        public ViewBase View { get; set; }
    }
}
