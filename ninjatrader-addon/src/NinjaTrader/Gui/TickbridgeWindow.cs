namespace Tickbridge.Gui
{
    using System;
    using System.Windows.Controls;
    using System.Xml.Linq;
    using NinjaTrader.Gui.Tools;
    using Tickbridge.Host;

    /// <summary>
    /// The window that the Control Center opens. Not nested and with a constructor without arguments, as NinjaTrader
    /// wants of what it restores with a workspace.
    /// </summary>
    public class TickbridgeWindow : NTWindow, IWorkspacePersistence
    {
        public TickbridgeWindow()
        {
            Caption = "Tickbridge";
            Width = 1000;
            Height = 900;
            var tabs = new TabControl();
            TabControlManager.SetIsMovable(tabs, true);
            TabControlManager.SetCanAddTabs(tabs, false);
            TabControlManager.SetCanRemoveTabs(tabs, false);
            TabControlManager.SetFactory(tabs, new TickbridgePageFactory());
            Content = tabs;
            tabs.AddNTTabPage(new TickbridgePage());
            // Pages tell it too; one that NinjaTrader dropped without its Cleanup never would.
            Closed += (sender, args) => SharedBridge.Gone(this);
            Loaded += (sender, args) =>
            {
                SharedBridge.Shown(this);
                if (WorkspaceOptions == null)
                {
                    WorkspaceOptions = new WorkspaceOptions("Tickbridge-" + Guid.NewGuid().ToString("N"), this);
                }
            };
        }

        public WorkspaceOptions WorkspaceOptions { get; set; }

        public void Restore(XDocument document, XElement element)
        {
            MainTabControl?.RestoreFromXElement(element);
        }

        public void Save(XDocument document, XElement element)
        {
            MainTabControl?.SaveToXElement(element);
        }
    }

    /// <summary>Makes windows and pages when a tab is dragged out.</summary>
    public class TickbridgePageFactory : INTTabFactory
    {
        public NTWindow CreateParentWindow() => new TickbridgeWindow();

        public NTTabPage CreateTabPage(string typeName, bool isNewWindow = false) => new TickbridgePage();
    }
}
