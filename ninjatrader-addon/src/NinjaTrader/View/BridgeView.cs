namespace Tickbridge.View
{
    using System;
    using System.Linq;
    using System.Threading;
    using System.Threading.Tasks;
    using Tickbridge.Core.Trading;
    using Tickbridge.Host;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>
    /// What the window shows and what its buttons do, without a type of any window system. However much happens, the
    /// window changes only when Refresh is called, which its timer does a few times a second. One thread, the window's.
    /// </summary>
    public sealed class BridgeView
    {
        private const int LogRows = 200;

        private readonly Bridge bridge;
        private readonly Func<BridgeReading> read;
        private readonly Func<string[]> accountNames;
        private int isConnecting;

        /// <param name="bridge">what is shown</param>
        /// <param name="accountNames">the platform's accounts as they are now</param>
        public BridgeView(Bridge bridge, Func<string[]> accountNames) : this(bridge, bridge.Read, accountNames)
        {
        }

        /// <summary>With a reading of a test's.</summary>
        internal BridgeView(Bridge bridge, Func<BridgeReading> read, Func<string[]> accountNames)
        {
            this.bridge = bridge;
            this.read = read;
            this.accountNames = accountNames;
            Host = bridge.Connection.Host;
            Port = bridge.Connection.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Refresh();
        }

        /// <summary>What is shown; another object after each Refresh.</summary>
        public ViewState State { get; private set; }

        /// <summary>What a person typed or chose.</summary>
        public string Host { get; set; }

        /// <summary>What a person typed.</summary>
        public string Port { get; set; }

        /// <summary>What a person typed; forgotten once it is saved.</summary>
        public string Key { get; set; } = "";

        /// <summary>What a person chose.</summary>
        public Mode Mode { get; set; } = Mode.Simulation;

        /// <summary>What a person chose.</summary>
        public string Account { get; set; } = "";

        /// <summary>What a person typed to arm a live account; forgotten with each attempt.</summary>
        public string Confirmation { get; set; } = "";

        /// <summary>Accounts to choose from.</summary>
        public string[] Accounts => accountNames();

        /// <summary>What is to be typed for the account chosen.</summary>
        public string ConfirmationWanted => TradingSettings.LiveConfirmation(Account);

        public void Refresh()
        {
            State = Of(read());
        }

        /// <summary>
        /// Connects on a thread of its own: ending what runs takes time, and the window's thread has KILL to press.
        /// </summary>
        public void Connect()
        {
            if (Interlocked.Exchange(ref isConnecting, 1) != 0)
            {
                return;
            }
            string host = Host;
            string port = Port;
            string key = Key;
            Connecting = Task.Run(() =>
            {
                try
                {
                    if (bridge.Connect(host, port, key) == null && Key == key)
                    {
                        Key = "";
                    }
                }
                catch (Exception e)
                {
                    bridge.Log.Add(Weight.Alarm, "Connecting failed: " + e.Message);
                }
                finally
                {
                    Interlocked.Exchange(ref isConnecting, 0);
                }
            });
            Refresh();
        }

        /// <summary>The last Connect, for whoever wants to wait for it.</summary>
        internal Task Connecting { get; private set; } = Task.FromResult(0);

        public void Arm()
        {
            bridge.Arm(Mode, Account, Confirmation);
            Confirmation = "";
        }

        public void Disarm()
        {
            bridge.Disarm();
        }

        public void Kill()
        {
            bridge.Kill();
        }

        public void ClearKill()
        {
            bridge.ClearKill();
        }

        /// <summary>The window of a reading.</summary>
        public static ViewState Of(BridgeReading reading)
        {
            TradingStatus trading = reading.Trading;
            bool isKilled = trading != null && trading.IsKilled;
            return new ViewState
            {
                Header = "Tickbridge" + (reading.IsConnected ? "" : " (no link)"),
                Banner = Banners.Of(reading),
                Answer = AnswerOf(reading.Answer),
                Link = LinkView.Fields(reading),
                Trading = TradingView.Fields(trading),
                Decisions = TradingView.Decisions(trading),
                Limits = TradingView.Limits(trading),
                Signals = LinkView.Signals(reading),
                Books = LinkView.Books(reading),
                Orders = TradingView.Orders(trading),
                Log = new ViewTable("Log", new[] { new ViewColumn("Time (UTC)", 100), new ViewColumn("What", 820) },
                    reading.Log.Take(LogRows).Select(line => new ViewRow(ToneOf(line.Weight), Words.Time(line.Time),
                        line.Text)).ToArray()),
                CanArm = trading != null && !trading.IsArmed && !isKilled && reading.IsConnected,
                CanDisarm = trading != null && !isKilled && (trading.IsArmed || trading.Mode != Mode.DryRun),
                CanClearKill = isKilled && (trading.IsFlatVerified || trading.HasNothingToFlatten)
            };
        }

        private static ViewField AnswerOf(LogLine answer) => answer == null
            ? new ViewField("", "")
            : new ViewField(Words.Time(answer.Time), answer.Text, ToneOf(answer.Weight));

        private static Tone ToneOf(Weight weight) => weight == Weight.Alarm ? Tone.Bad
            : weight == Weight.Warning ? Tone.Caution : Tone.Plain;
    }
}
