using System.Windows;
using System.Windows.Controls;
using System.Xml.Linq;
using Tickbridge.Stubs;

namespace NinjaTrader.Gui.Tools
{
    /// <summary>https://developer.ninjatrader.com/docs/desktop/ntwindow</summary>
    public class NTWindow : Window
    {
        public string Caption { get; set; } = "";

        public TabControl MainTabControl => Content as TabControl;
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/ntmenuitem</summary>
    public class NTMenuItem : MenuItem
    {
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/nttabpage</summary>
    public abstract class NTTabPage : Page
    {
        public string Header { get; private set; } = "";

        public virtual void Cleanup()
        {
        }

        public void RefreshHeader()
        {
            Header = GetHeaderPart("");
        }

        protected abstract string GetHeaderPart(string variable);

        protected abstract void Restore(XElement element);

        protected abstract void Save(XElement element);

        internal void SaveTo(XElement element)
        {
            Save(element);
        }

        internal void RestoreFrom(XElement element)
        {
            Restore(element);
        }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/inttabfactory_interface</summary>
    public interface INTTabFactory
    {
        NTWindow CreateParentWindow();

        NTTabPage CreateTabPage(string typeName, bool isNewWindow = false);
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/workspaceoptions</summary>
    public class WorkspaceOptions
    {
        public WorkspaceOptions(string id, object window)
        {
            Id = id;
        }

        public string Id { get; }
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/iworkspacepersistence_interface</summary>
    public interface IWorkspacePersistence
    {
        WorkspaceOptions WorkspaceOptions { get; set; }

        void Restore(XDocument document, XElement element);

        void Save(XDocument document, XElement element);
    }

    /// <summary>https://developer.ninjatrader.com/docs/desktop/tabcontrolmanager</summary>
    public static class TabControlManager
    {
        public static void SetIsMovable(DependencyObject tabControl, bool value)
        {
        }

        public static void SetCanAddTabs(DependencyObject tabControl, bool value)
        {
        }

        public static void SetCanRemoveTabs(DependencyObject tabControl, bool value)
        {
        }

        public static void SetFactory(DependencyObject tabControl, INTTabFactory value)
        {
        }
    }

    /// <summary>
    /// https://developer.ninjatrader.com/docs/desktop/tabcontrol : AddNTTabPage and the saving and restoring of its
    /// pages are extension methods.
    /// </summary>
    public static class TabControlExtensions
    {
        public static void AddNTTabPage(this TabControl tabControl, NTTabPage page)
        {
            page.RefreshHeader();
            tabControl.Items.Add(page);
            StubScreen.PageOpened(page);
        }

        public static void SaveToXElement(this TabControl tabControl, XElement element)
        {
            foreach (NTTabPage page in tabControl.Items)
            {
                var saved = new XElement("Tab");
                page.SaveTo(saved);
                element.Add(saved);
            }
        }

        public static void RestoreFromXElement(this TabControl tabControl, XElement element)
        {
            int i = 0;
            foreach (XElement saved in element.Elements("Tab"))
            {
                if (i < tabControl.Items.Count)
                {
                    ((NTTabPage)tabControl.Items[i++]).RestoreFrom(saved);
                }
            }
        }
    }
}

namespace NinjaTrader.Gui
{
    using Tools;

    /// <summary>https://developer.ninjatrader.com/docs/desktop/controlcenter</summary>
    public class ControlCenter : NTWindow
    {
        private readonly NTMenuItem newMenu = new NTMenuItem { Header = "New" };

        public object FindFirst(string automationId) => automationId == "ControlCenterMenuItemNew" ? newMenu : null;
    }
}
