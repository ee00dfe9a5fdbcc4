namespace Tickbridge.Gui
{
    using System;
    using System.Windows.Threading;
    using System.Xml.Linq;
    using NinjaTrader.Gui.Tools;
    using Tickbridge.Host;
    using Tickbridge.View;

    /// <summary>The page of the window: takes part in the bridge while it is open. The window's thread.</summary>
    public class TickbridgePage : NTTabPage
    {
        /// <summary>Often enough for eyes; however much happens, the window is drawn no more often.</summary>
        private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

        private readonly DispatcherTimer timer = new DispatcherTimer { Interval = Interval };
        private readonly BridgeView view;
        private readonly PageContent content;

        public TickbridgePage()
        {
            SharedBridge.Shown(this);
            view = new BridgeView(SharedBridge.Acquire(this), NinjaPlatform.NinjaPlatform.AccountNames);
            content = new PageContent(view);
            Content = content.Root;
            timer.Tick += OnTick;
            timer.Start();
        }

        public override void Cleanup()
        {
            timer.Stop();
            timer.Tick -= OnTick;
            SharedBridge.Gone(this);
            SharedBridge.Release(this);
            base.Cleanup();
        }

        protected override string GetHeaderPart(string variable) => view.State.Header;

        /// <summary>The account comes back with the workspace; mode and being armed never do, nor is a key kept here.</summary>
        protected override void Restore(XElement element)
        {
            string account = (string)element?.Element("TickbridgeAccount");
            if (account != null)
            {
                view.Account = account;
                content.ShowChoices();
            }
        }

        protected override void Save(XElement element)
        {
            content.ReadChoices();
            element?.Add(new XElement("TickbridgeAccount", view.Account));
        }

        private void OnTick(object sender, EventArgs args)
        {
            string header = view.State.Header;
            view.Refresh();
            content.Show();
            if (header != view.State.Header)
            {
                RefreshHeader();
            }
        }
    }
}
