using System.Collections;
using System.Collections.Generic;
using System.Windows.Data;
using System.Windows.Media;

// The few types of WPF that the window is made of: what they are set to is kept, nothing is drawn. Mono has none of them.
namespace System.Windows
{
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.visibility</summary>
    public enum Visibility { Visible, Hidden, Collapsed }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.horizontalalignment</summary>
    public enum HorizontalAlignment { Left, Center, Right, Stretch }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.textwrapping</summary>
    public enum TextWrapping { WrapWithOverflow, NoWrap, Wrap }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.gridunittype</summary>
    public enum GridUnitType { Auto, Pixel, Star }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.routedeventhandler</summary>
    public delegate void RoutedEventHandler(object sender, RoutedEventArgs e);

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.routedeventargs</summary>
    public class RoutedEventArgs : EventArgs
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.thickness</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.gridlength</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.style</summary>
    public class Style
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.datatemplate</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.uielement</summary>
    public class UIElement : DependencyObject
    {
        public bool IsEnabled { get; set; } = true;
        public Visibility Visibility { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.frameworkelement</summary>
    public class FrameworkElement : UIElement
    {
        public string Name { get; set; } = "";
        public double Width { get; set; } = double.NaN;
        public double Height { get; set; } = double.NaN;
        public double MinWidth { get; set; }
        public double MaxWidth { get; set; } = double.PositiveInfinity;
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.application</summary>
    public class Application
    {
        public static Application Current { get; } = new Application();

        public object TryFindResource(object resourceKey) => null;
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.window</summary>
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
                Tickbridge.Stubs.StubScreen.Closed(this);
                Closed?.Invoke(this, EventArgs.Empty);
            }
        }
    }
}

namespace System.Windows.Media
{
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.media.brush</summary>
    public abstract class Brush
    {
        /// <summary>Those of Brushes are; in WPF a property of the base class Freezable.</summary>
        public bool IsFrozen => true;

    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.media.solidcolorbrush</summary>
    public sealed class SolidColorBrush : Brush
    {
        internal SolidColorBrush(string name)
        {
            Name = name;
        }

        internal string Name { get; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.media.brushes</summary>
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
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.data.bindingbase</summary>
    public abstract class BindingBase
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.data.binding</summary>
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
    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.dock</summary>
    public enum Dock { Left, Top, Right, Bottom }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.orientation</summary>
    public enum Orientation { Horizontal, Vertical }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.uielementcollection</summary>
    public class UIElementCollection : List<UIElement>
    {
        public new int Add(UIElement element)
        {
            base.Add(element);
            return Count - 1;
        }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.control</summary>
    public class Control : FrameworkElement
    {
        public Brush Background { get; set; }
        public Brush Foreground { get; set; }
        public Thickness Padding { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.contentcontrol</summary>
    public class ContentControl : Control
    {
        public object Content { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.page</summary>
    public class Page : FrameworkElement
    {
        public object Content { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.scrollviewer</summary>
    public class ScrollViewer : ContentControl
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.headeredcontentcontrol</summary>
    public class HeaderedContentControl : ContentControl
    {
        public object Header { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.groupbox</summary>
    public class GroupBox : HeaderedContentControl
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.panel</summary>
    public class Panel : FrameworkElement
    {
        public UIElementCollection Children { get; } = new UIElementCollection();
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.stackpanel</summary>
    public class StackPanel : Panel
    {
        public Orientation Orientation { get; set; } = Orientation.Vertical;
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.wrappanel</summary>
    public class WrapPanel : Panel
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.dockpanel</summary>
    public class DockPanel : Panel
    {
        public bool LastChildFill { get; set; } = true;

        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<UIElement, object> Docks =
            new System.Runtime.CompilerServices.ConditionalWeakTable<UIElement, object>();

        public static void SetDock(UIElement element, Dock dock)
        {
            Docks.Remove(element);
            Docks.Add(element, dock);
        }

        /// <summary>WPF's default is Left.</summary>
        public static Dock GetDock(UIElement element)
        {
            object dock;
            return Docks.TryGetValue(element, out dock) ? (Dock)dock : Dock.Left;
        }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.rowdefinition</summary>
    public class RowDefinition
    {
        public GridLength Height { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.columndefinition</summary>
    public class ColumnDefinition
    {
        public GridLength Width { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.grid</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.textblock</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.textbox</summary>
    public class TextBox : Control
    {
        public string Text { get; set; } = "";
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.passwordbox</summary>
    public class PasswordBox : Control
    {
        public string Password { get; set; } = "";
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.button</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.itemscontrol</summary>
    public class ItemsControl : Control
    {
        public IEnumerable ItemsSource { get; set; }
        public IList Items { get; } = new ArrayList();
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.menuitem</summary>
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

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.combobox</summary>
    public class ComboBox : ItemsControl
    {
        public object SelectedItem { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.tabitem</summary>
    public class TabItem : HeaderedContentControl
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.tabcontrol</summary>
    public class TabControl : ItemsControl
    {
        public object SelectedItem { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.viewbase</summary>
    public abstract class ViewBase
    {
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.gridviewcolumn</summary>
    public class GridViewColumn
    {
        public object Header { get; set; }
        public double Width { get; set; }
        public BindingBase DisplayMemberBinding { get; set; }
        public DataTemplate CellTemplate { get; set; }
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.gridview</summary>
    public class GridView : ViewBase
    {
        public List<GridViewColumn> Columns { get; } = new List<GridViewColumn>();
    }

    /// <summary>https://learn.microsoft.com/dotnet/api/system.windows.controls.listview</summary>
    public class ListView : ItemsControl
    {
        public ViewBase View { get; set; }
    }
}
