namespace Tickbridge.Gui
{
    using System;
    using System.Linq;
    using System.Windows;
    using System.Windows.Controls;
    using System.Windows.Media;
    using Tickbridge.View;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>The controls of the page, made from the view and filled by it. The window's thread.</summary>
    internal sealed class PageContent
    {
        private readonly BridgeView view;
        private readonly TextBlock bannerLabel = new TextBlock { Margin = new Thickness(4) };
        private readonly TextBlock banner = new TextBlock { Margin = new Thickness(4), TextWrapping = TextWrapping.Wrap };
        private readonly TextBox host = new TextBox { Name = "TickbridgeHost", Width = 140, Margin = new Thickness(4) };
        private readonly TextBox port = new TextBox { Name = "TickbridgePort", Width = 60, Margin = new Thickness(4) };
        private readonly PasswordBox key = new PasswordBox { Name = "TickbridgeKey", Width = 200, Margin = new Thickness(4) };
        private readonly ComboBox mode = new ComboBox { Name = "TickbridgeMode", Width = 110, Margin = new Thickness(4) };
        private readonly ComboBox account = new ComboBox { Name = "TickbridgeAccount", Width = 140, Margin = new Thickness(4) };
        private readonly TextBox confirmation = new TextBox { Name = "TickbridgeConfirmation", Width = 220, Margin = new Thickness(4) };
        private readonly Button arm;
        private readonly Button disarm;
        private readonly Button kill;
        private readonly Button clear;
        private readonly FieldList link = new FieldList();
        private readonly FieldList trading = new FieldList();
        private readonly TableView limits = new TableView();
        private readonly TableView signals = new TableView();
        private readonly TableView books = new TableView();
        private readonly TableView orders = new TableView();
        private readonly TableView log = new TableView();

        public PageContent(BridgeView view)
        {
            this.view = view;
            arm = Button("TickbridgeArm", "Arm", Arm);
            disarm = Button("TickbridgeDisarm", "Disarm", view.Disarm);
            kill = Button("TickbridgeKill", "KILL", view.Kill);
            clear = Button("TickbridgeClearKill", "Release kill", view.ClearKill);
            Root = new ScrollViewer { Content = Build() };
            ShowChoices();
            Show();
        }

        public FrameworkElement Root { get; }

        /// <summary>Puts what the view holds of choices and typed text into the controls.</summary>
        public void ShowChoices()
        {
            host.Text = view.Host;
            port.Text = view.Port;
            mode.Items.Clear();
            mode.Items.Add(Mode.Simulation);
            mode.Items.Add(Mode.Live);
            mode.SelectedItem = view.Mode;
            account.Items.Clear();
            foreach (string name in view.Accounts)
            {
                account.Items.Add(name);
            }
            account.SelectedItem = view.Account.Length == 0 ? null : view.Account;
        }

        /// <summary>Puts what is now into the controls.</summary>
        public void Show()
        {
            ViewState state = view.State;
            bannerLabel.Text = state.Banner.Label;
            bannerLabel.Foreground = Tones.Brush(state.Banner.Tone);
            banner.Text = state.Banner.Value;
            link.Show(state.Link);
            trading.Show(state.Trading);
            limits.Show(state.Limits);
            signals.Show(state.Signals);
            books.Show(state.Books);
            orders.Show(state.Orders);
            log.Show(state.Log);
            arm.IsEnabled = state.CanArm;
            disarm.IsEnabled = state.CanDisarm;
            kill.IsEnabled = state.CanKill;
            clear.IsEnabled = state.CanClearKill;
            if (!account.Items.Cast<string>().SequenceEqual(view.Accounts))
            {
                ReadChoices();
                ShowChoices();
            }
        }

        private Panel Build()
        {
            var all = new StackPanel();
            all.Children.Add(Line(bannerLabel, banner));
            all.Children.Add(Line(Label("Gateway"), host, Label("Port"), port, Label("Key or password"), key,
                Button("TickbridgeConnect", "Connect", Connect)));
            all.Children.Add(Line(Label("Mode"), mode, Label("Account"), account, Label("Confirm live"), confirmation,
                arm, disarm, kill, clear));
            all.Children.Add(Line(Box("Link", link.Root), Box("Trading", trading.Root)));
            all.Children.Add(Box("Limits", limits.Root));
            all.Children.Add(Box("Signals", signals.Root));
            all.Children.Add(Box("Books", books.Root));
            all.Children.Add(Box("Positions and working orders", orders.Root));
            all.Children.Add(Box("Log", log.Root));
            kill.Background = Brushes.Red;
            kill.Foreground = Brushes.White;
            return all;
        }

        private void Connect()
        {
            view.Host = host.Text;
            view.Port = port.Text;
            view.Key = key.Password;
            view.Connect();
            key.Password = "";
            Show();
        }

        private void Arm()
        {
            ReadChoices();
            view.Confirmation = confirmation.Text;
            confirmation.Text = "";
            view.Arm();
        }

        private void ReadChoices()
        {
            view.Mode = mode.SelectedItem is Mode ? (Mode)mode.SelectedItem : Mode.DryRun;
            view.Account = account.SelectedItem as string ?? "";
        }

        private static TextBlock Label(string text) => new TextBlock { Text = text, Margin = new Thickness(4) };

        private static GroupBox Box(string title, FrameworkElement inside) =>
            new GroupBox { Header = title, Content = inside, Margin = new Thickness(4) };

        private static Panel Line(params FrameworkElement[] elements)
        {
            var line = new WrapPanel();
            foreach (FrameworkElement element in elements)
            {
                line.Children.Add(element);
            }
            return line;
        }

        private static Button Button(string name, string text, Action pressed)
        {
            var button = new Button { Name = name, Content = text, Margin = new Thickness(4), MinWidth = 70 };
            button.Click += (sender, args) => pressed();
            return button;
        }
    }
}
