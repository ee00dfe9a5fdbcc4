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
        private readonly ComboBox mode = new ComboBox { Name = "TickbridgeMode", Width = 100, Margin = new Thickness(4) };
        private readonly ComboBox account = new ComboBox { Name = "TickbridgeAccount", Width = 120, Margin = new Thickness(4) };
        private readonly TextBox confirmation = new TextBox { Name = "TickbridgeConfirmation", Width = 180, Margin = new Thickness(4) };
        private readonly Button arm;
        private readonly Button disarm;
        private readonly Button kill;
        private readonly Button clear;
        private readonly FieldList link = new FieldList();
        private readonly FieldList trading = new FieldList();
        private readonly TextBlock answerTime = new TextBlock { Margin = new Thickness(4) };
        private readonly TextBlock answer = new TextBlock
        {
            Name = "TickbridgeAnswer", Margin = new Thickness(4), TextWrapping = TextWrapping.Wrap
        };

        private readonly TableView[] tables;

        /// <summary>The key that was typed when Connect was pressed, until it is saved; null: none waits.</summary>
        private string sent;

        public PageContent(BridgeView view)
        {
            this.view = view;
            arm = Button("TickbridgeArm", "Arm", Arm);
            disarm = Button("TickbridgeDisarm", "Disarm", view.Disarm);
            kill = Button("TickbridgeKill", "KILL", view.Kill);
            clear = Button("TickbridgeClearKill", "Release kill", view.ClearKill);
            tables = view.State.Tables.Select(table => new TableView()).ToArray();
            Root = Build();
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
            ShowAccounts();
        }

        /// <summary>What a person typed stays: accounts come and go with NinjaTrader's connections.</summary>
        private void ShowAccounts()
        {
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
            answerTime.Text = state.Answer.Label;
            answer.Text = state.Answer.Value;
            answer.Foreground = Tones.Brush(state.Answer.Tone);
            link.Show(state.Link);
            trading.Show(state.Trading);
            for (int i = 0; i < tables.Length; i++)
            {
                tables[i].Show(state.Tables[i]);
            }
            arm.IsEnabled = state.CanArm;
            disarm.IsEnabled = state.CanDisarm;
            kill.IsEnabled = state.CanKill;
            clear.IsEnabled = state.CanClearKill;
            if (!account.Items.Cast<string>().SequenceEqual(view.Accounts))
            {
                ReadChoices();
                ShowAccounts();
            }
            if (sent != null && view.Key.Length == 0)
            {
                // It is saved; what was typed meanwhile stays.
                key.Password = key.Password == sent ? "" : key.Password;
                sent = null;
            }
        }

        /// <summary>First line and buttons stay where they are: nobody may have to look for KILL.</summary>
        private Panel Build()
        {
            kill.Background = Brushes.Red;
            kill.Foreground = Brushes.White;
            Panel top = Top();
            DockPanel.SetDock(top, Dock.Top);
            var all = new DockPanel { LastChildFill = true };
            all.Children.Add(top);
            all.Children.Add(new ScrollViewer { Content = Below() });
            return all;
        }

        private Panel Top()
        {
            var all = new StackPanel();
            all.Children.Add(Line(bannerLabel, banner));
            all.Children.Add(Line(Label("Gateway"), host, Label("Port"), port, Label("Key or password"), key,
                Button("TickbridgeConnect", "Connect", Connect)));
            all.Children.Add(Line(Label("Mode"), mode, Label("Account"), account, Label("Confirm live"), confirmation,
                arm, disarm, kill, clear));
            all.Children.Add(Line(answerTime, answer));
            return all;
        }

        private Panel Below()
        {
            var all = new StackPanel();
            all.Children.Add(Line(Box("Link", link.Root), Box("Trading", trading.Root)));
            for (int i = 0; i < tables.Length; i++)
            {
                all.Children.Add(Box(view.State.Tables[i].Title, tables[i].Root));
            }
            return all;
        }

        private void Connect()
        {
            view.Host = host.Text;
            view.Port = port.Text;
            view.Key = key.Password;
            sent = view.Key.Length == 0 ? null : view.Key;
            view.Connect();
            Show();
        }

        private void Arm()
        {
            ReadChoices();
            view.Confirmation = confirmation.Text;
            confirmation.Text = "";
            view.Arm();
        }

        /// <summary>Takes what a person chose into the view.</summary>
        public void ReadChoices()
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
