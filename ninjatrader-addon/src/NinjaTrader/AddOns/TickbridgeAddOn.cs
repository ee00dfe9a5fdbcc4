// NinjaTrader looks for add-ons in this namespace. Other add-ons live in it too, and a simple name is looked up among
// theirs first: everything here is named in full.
namespace NinjaTrader.NinjaScript.AddOns
{
    /// <summary>
    /// The add-on: starts Tickbridge with NinjaTrader and puts it into the menu New of the Control Center. Its states
    /// may come in any number and order; only the instance that was started ends what it began.
    /// </summary>
    public class TickbridgeAddOn : global::NinjaTrader.NinjaScript.AddOnBase
    {
        private const string NewMenu = "ControlCenterMenuItemNew";

        private global::NinjaTrader.Gui.Tools.NTMenuItem menu;
        private global::NinjaTrader.Gui.Tools.NTMenuItem entry;
        private bool isStarted;

        protected override void OnStateChange()
        {
            if (State == global::NinjaTrader.NinjaScript.State.SetDefaults)
            {
                Name = "Tickbridge";
                Description = "Signals of a Tickbridge gateway, and trading inside hard limits";
            }
            else if (State == global::NinjaTrader.NinjaScript.State.Configure
                || State == global::NinjaTrader.NinjaScript.State.Active)
            {
                Begin();
            }
            else if (State == global::NinjaTrader.NinjaScript.State.Terminated)
            {
                End();
            }
        }

        protected override void OnWindowCreated(global::System.Windows.Window window)
        {
            var center = window as global::NinjaTrader.Gui.ControlCenter;
            if (center == null || entry != null)
            {
                return;
            }
            Begin();
            menu = center.FindFirst(NewMenu) as global::NinjaTrader.Gui.Tools.NTMenuItem;
            if (menu != null)
            {
                entry = new global::NinjaTrader.Gui.Tools.NTMenuItem
                {
                    Header = "Tickbridge",
                    Style = global::System.Windows.Application.Current.TryFindResource("MainMenuItem")
                        as global::System.Windows.Style
                };
                entry.Click += OnClick;
                menu.Items.Add(entry);
            }
        }

        protected override void OnWindowDestroyed(global::System.Windows.Window window)
        {
            if (window is global::NinjaTrader.Gui.ControlCenter)
            {
                RemoveEntry();
            }
        }

        private void OnClick(object sender, global::System.Windows.RoutedEventArgs args)
        {
            global::NinjaTrader.Core.Globals.RandomDispatcher.InvokeAsync(
                () => new global::Tickbridge.Gui.TickbridgeWindow().Show());
        }

        private void Begin()
        {
            if (!isStarted)
            {
                isStarted = true;
                global::Tickbridge.Host.SharedBridge.Acquire(this);
            }
        }

        private void End()
        {
            RemoveEntry();
            if (isStarted)
            {
                isStarted = false;
                global::Tickbridge.Host.SharedBridge.Release(this);
            }
        }

        private void RemoveEntry()
        {
            if (entry == null)
            {
                return;
            }
            global::NinjaTrader.Gui.Tools.NTMenuItem gone = entry;
            global::NinjaTrader.Gui.Tools.NTMenuItem from = menu;
            entry = null;
            gone.Click -= OnClick;
            // Terminated may come on another thread than the menu's.
            if (from.Dispatcher.CheckAccess())
            {
                from.Items.Remove(gone);
            }
            else
            {
                from.Dispatcher.InvokeAsync(() => from.Items.Remove(gone));
            }
        }
    }
}
