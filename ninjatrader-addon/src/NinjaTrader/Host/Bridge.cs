namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>
    /// Link, trading and what the window shows, as windows, charts and strategies see them: one of it in a NinjaTrader
    /// process. It starts in a dry run. Where the files do not allow it to run, it says why and does nothing. Any thread.
    /// </summary>
    public sealed class Bridge
    {
        /// <summary>Held by who begins or ends the run, or reads the files.</summary>
        private readonly object lifecycle = new object();

        private readonly DataFolder files;
        private readonly BridgeRun run;
        private readonly ButtonAnswers answers;
        private readonly TradingButtons buttons;
        private readonly KillButton kill;

        /// <summary>Guarded by the lifecycle.</summary>
        private readonly List<IBridgeSubscriber> followers = new List<IBridgeSubscriber>();

        private volatile TlsIdentity certificate;

        /// <param name="folder">where connection, limits and audit log are kept; made when it is not there</param>
        /// <param name="makePlatform">gives what carries the orders, for one run of trading</param>
        /// <param name="fullNameOf">gives the platform's own name of an instrument; null: names are as they are</param>
        public Bridge(string folder, Func<ITradingPlatform> makePlatform, Func<string, string> fullNameOf = null)
        {
            files = new DataFolder(folder);
            run = new BridgeRun(folder, Log, makePlatform, fullNameOf ?? (name => name));
            answers = new ButtonAnswers(Log);
            kill = new KillButton(run, folder, Log, answers);
            buttons = new TradingButtons(run, answers, kill);
        }

        public EventLog Log { get; } = new EventLog();

        /// <summary>Why nothing runs, and what to do; null: it runs.</summary>
        public string Failure => run.Failure;

        /// <summary>It was ended and stays so: its assembly was compiled anew, or NinjaTrader ends.</summary>
        public bool IsStopped => run.IsStopped;

        /// <summary>Where the files are.</summary>
        public string Folder => files.Path;

        /// <summary>As in the file; defaults when there is none or it is wrong.</summary>
        public ConnectionSettings Connection { get; private set; } = new ConnectionSettings();

        /// <summary>Signals may be acted on: the link stands, the kill switch is not pulled and would act.</summary>
        public bool IsUsable => run.IsUsable;

        /// <summary>Pulls the kill switch of another bridge that trades in this process; false: there is none.</summary>
        internal Func<bool> KillElsewhere
        {
            get { return kill.Elsewhere; }
            set { kill.Elsewhere = value; }
        }

        /// <summary>For how long trading is waited for when it ends, each time; for tests.</summary>
        internal int EndMillis
        {
            set { run.EndMillis = value; }
        }

        /// <summary>Begins. Does nothing if it runs already, or was stopped.</summary>
        public void Start()
        {
            lock (lifecycle)
            {
                if (run.Link == null && !run.IsStopped)
                {
                    Open();
                }
            }
        }

        /// <summary>Ends link and trading: entries are cancelled, stops and targets stay. For good.</summary>
        /// <returns>false: a thread did not end in time</returns>
        public bool Stop()
        {
            lock (lifecycle)
            {
                run.StopForGood("Tickbridge was stopped: this window belongs to an earlier compilation; close it and open a "
                    + "new one");
                bool hasEnded = run.End();
                kill.Leave();
                return hasEnded;
            }
        }

        /// <summary>Reads the files anew and begins again, disarmed.</summary>
        public void Restart()
        {
            lock (lifecycle)
            {
                if (run.End())
                {
                    // Nothing of before lives any more that could see time jump: the wall clock may have been set.
                    LocalClock.SetAnew();
                }
                else
                {
                    Log.Add(Weight.Warning, "Trading or the link of before has not ended yet, and was given up: while it holds "
                        + "the audit log no entry passes; press Connect again" + (kill.IsWaiting
                            ? ". KILL was pressed and is not done: the run that begins now does it" : ""));
                }
                if (!run.IsStopped)
                {
                    Open();
                }
            }
        }

        /// <summary>
        /// Writes host, port and key into the files, reads all of them anew and begins again. The answer goes to the log.
        /// </summary>
        /// <param name="host">name or address</param>
        /// <param name="port">as typed</param>
        /// <param name="key">
        /// as typed: the password of the certificate where there is one, else the key; empty: stays as it is
        /// </param>
        /// <returns>null, or what is wrong with what was typed</returns>
        public string Connect(string host, string port, string key)
        {
            // Before it is ended: what is shown is the picture from before it was held up.
            string stall = run.Desk?.Stall;
            string open = run.Desk?.Status.Unfinished ?? "";
            if (open.Length > 0)
            {
                // Another run would find a position that is nobody's trade.
                return Refuse("Not connected anew: " + open + " is open; close it by hand or with KILL first"
                    + (stall == null ? "" : "; " + stall));
            }
            try
            {
                lock (lifecycle)
                {
                    if (run.IsStopped)
                    {
                        return Refuse(run.Failure);
                    }
                    files.Save(host, port, key);
                    Restart();
                }
                answers.Give(stall != null ? Weight.Alarm : run.Failure == null ? Weight.Information : Weight.Warning,
                    (run.Failure ?? "Connecting to " + Connection.Host + ":" + Connection.Port) + (stall == null ? ""
                    : "; the run before was held up (" + stall + "): what it left open is not known, look at the "
                        + "account's positions and orders"));
                return run.Failure;
            }
            catch (Exception e) when (e is FormatException || e is IOException || e is UnauthorizedAccessException)
            {
                return Refuse("Not connected: " + e.Message);
            }
        }

        /// <summary>Everything the window shows, as it is now.</summary>
        public BridgeReading Read()
        {
            // Without the lock of the lifecycle: the window must not wait while something is ended and begun again.
            TlsIdentity own = certificate;
            var reading = new BridgeReading
            {
                Folder = files.Path,
                Host = Connection.Host,
                Port = Connection.Port,
                Certificate = own?.Name ?? "",
                CertificateEnd = own == null ? DateTime.MaxValue : own.Expires.ToUniversalTime(),
                Log = Log.Lines(),
                Now = new LocalClock().Now
            };
            run.Show(reading);
            // Not before: what a person reads that trading did must have its answer beside it.
            reading.Answer = answers.Last;
            reading.IsKillWaiting = kill.IsWaiting;
            return reading;
        }

        /// <summary>
        /// See ITradingDesk.Arm; live also needs the gateway's right to trade. The answer goes to the log.
        /// </summary>
        public void Arm(Mode mode, string account, string confirmation)
        {
            buttons.Arm(mode, account, confirmation);
        }

        /// <summary>Ends new entries; once nothing is open, signals are judged again as in a dry run.</summary>
        public void Disarm()
        {
            buttons.Disarm();
        }

        /// <summary>
        /// The last window was closed: no trading without a KILL on the screen. Where nothing is armed it says and does
        /// nothing; the log and the audit log tell why it was disarmed. Waits for nothing.
        /// </summary>
        internal void NobodyLooks()
        {
            run.Desk?.Disarm("the last Tickbridge window was closed");
        }

        /// <summary>Closes everything; pressed while nothing runs, as soon as trading does.</summary>
        public void Kill()
        {
            kill.Press();
        }

        /// <summary>Releases the kill switch, where all is flat. The answer goes to the log.</summary>
        public void ClearKill()
        {
            buttons.ClearKill();
        }

        /// <summary>A chart or strategy follows from now on, also across restarts.</summary>
        public void Follow(IBridgeSubscriber subscriber)
        {
            lock (lifecycle)
            {
                if (!followers.Contains(subscriber))
                {
                    followers.Add(subscriber);
                }
                run.Feed?.Add(subscriber);
            }
        }

        public void Unfollow(IBridgeSubscriber subscriber)
        {
            lock (lifecycle)
            {
                followers.Remove(subscriber);
                run.Feed?.Remove(subscriber);
            }
        }

        /// <summary>The gateway's market of an instrument under NinjaTrader's name; null: none came.</summary>
        public MarketView Market(string instrument) => run.Feed?.Books.Market(instrument);

        private void Open()
        {
            try
            {
                files.Prepare();
                kill.Look();
                Connection = files.Connection();
                TradingSettings settings = files.Limits();
                LinkOptions options = Connection.ToLink(files.Path);
                certificate = options.Tls;
                run.Begin(settings, options, followers);
                kill.DoWaiting();
                run.Connect();
            }
            // Whatever it is: it would leave into NinjaTrader, and what was begun would run on and could not be begun anew.
            catch (Exception e)
            {
                run.Fail(e.Message);
                Log.Add(Weight.Warning, e.Message);
                run.End();
            }
        }

        private string Refuse(string why)
        {
            if (run.Link == null && !run.IsStopped)
            {
                run.Fail(why);
            }
            answers.Give(Weight.Warning, why);
            return why;
        }
    }
}
