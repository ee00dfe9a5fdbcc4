namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;
    using Mode = Tickbridge.Core.Trading.TradingMode;

    /// <summary>
    /// Link, trading and what the window shows, put together: one of it in a NinjaTrader process. It starts in a dry
    /// run. Where the files do not allow it to run, it says why and does nothing. Any thread.
    /// </summary>
    public sealed class Bridge
    {
        /// <summary>NinjaTrader's own end waits as long, so not for long.</summary>
        private const int SettleMillis = 1000;

        private const string ByHand = ": Control Center, Positions tab, right click the "
            + "position, Close Position (Flatten Everything closes every account's positions)";

        private readonly object lifecycle = new object();
        private readonly DataFolder files;
        private readonly Func<ITradingPlatform> makePlatform;
        private readonly Func<string, string> fullNameOf;
        private readonly List<IBridgeSubscriber> followers = new List<IBridgeSubscriber>();
        private volatile LinkClient link;
        private volatile TradingDesk desk;
        private volatile LinkFanOut fanOut;
        private volatile bool isStopped;
        private volatile string failure = "not started";
        private volatile LogLine answer;
        private volatile TlsIdentity certificate;

        /// <summary>Trading is being ended or begun: what is asked of it may come too late.</summary>
        private volatile bool isChanging;

        private readonly WantedKill wanted;
        private volatile bool wasStalled;

        /// <param name="folder">where connection, limits and audit log are kept; made when it is not there</param>
        /// <param name="makePlatform">gives what carries the orders, for one run of trading</param>
        /// <param name="fullNameOf">gives the platform's own name of an instrument; null: names are as they are</param>
        public Bridge(string folder, Func<ITradingPlatform> makePlatform, Func<string, string> fullNameOf = null)
        {
            this.fullNameOf = fullNameOf ?? (name => name);
            files = new DataFolder(folder);
            wanted = new WantedKill(folder);
            this.makePlatform = makePlatform;
        }

        public EventLog Log { get; } = new EventLog();

        /// <summary>Why nothing runs, and what to do; null: it runs.</summary>
        public string Failure => failure;

        /// <summary>It was ended and stays so: its assembly was compiled anew, or NinjaTrader ends.</summary>
        public bool IsStopped => isStopped;

        /// <summary>Where the files are.</summary>
        public string Folder => files.Path;

        /// <summary>As in the file; defaults when there is none or it is wrong.</summary>
        public ConnectionSettings Connection { get; private set; } = new ConnectionSettings();

        internal LinkFanOut Feed => fanOut;

        /// <summary>Begins. Does nothing if it runs already, or was stopped.</summary>
        public void Start()
        {
            lock (lifecycle)
            {
                if (link == null && !isStopped)
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
                isStopped = true;
                failure = "Tickbridge was stopped: this window belongs to an earlier compilation; close it and open a "
                    + "new one";
                bool hasEnded = Close();
                HandOverKill();
                return hasEnded;
            }
        }

        /// <summary>Reads the files anew and begins again, disarmed.</summary>
        public void Restart()
        {
            lock (lifecycle)
            {
                if (Close())
                {
                    // Nothing of before lives any more that could see time jump: the wall clock may have been set.
                    LocalClock.SetAnew();
                }
                else
                {
                    Log.Add(Weight.Warning, "Trading or the link of before has not ended yet: while it holds the audit log "
                        + "no entry passes; press Connect again");
                }
                if (!isStopped)
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
            string open = desk?.Status.Unfinished ?? "";
            if (open.Length > 0)
            {
                // Another run would find a position that is nobody's trade.
                return Refuse("Not connected anew: " + open + " is open; close it by hand or with KILL first");
            }
            try
            {
                lock (lifecycle)
                {
                    if (isStopped)
                    {
                        return Refuse(failure);
                    }
                    files.Save(host, port, key);
                    Restart();
                }
                Answer(failure == null ? Weight.Information : Weight.Warning, failure ?? "Connecting to " + Connection.Host
                    + ":" + Connection.Port);
                return failure;
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
            LinkClient standing = link;
            LinkFanOut feed = fanOut;
            TradingDesk running = desk;
            var reading = new BridgeReading
            {
                Failure = failure,
                IsKillWaiting = wanted.IsWanted,
                Folder = files.Path,
                Host = Connection.Host,
                Port = Connection.Port,
                Answer = answer,
                Certificate = certificate?.Name ?? "",
                CertificateEnd = certificate == null ? DateTime.MaxValue : certificate.Expires.ToUniversalTime(),
                Log = Log.Lines(),
                Now = new LocalClock().Now
            };
            if (standing != null && feed != null)
            {
                reading.TakeLink(standing, feed);
            }
            reading.Trading = running?.Status;
            TellStall(running?.Stall);
            return reading;
        }

        /// <summary>Once each time that it begins; the trading thread cannot do it.</summary>
        private void TellStall(string stall)
        {
            if (stall != null && !wasStalled)
            {
                Log.Add(Weight.Alarm, stall);
            }
            wasStalled = stall != null;
        }

        /// <summary>
        /// See ITradingDesk.Arm; live also needs the gateway's right to trade. The answer goes to the log.
        /// </summary>
        public void Arm(Mode mode, string account, string confirmation)
        {
            With(running => running.Arm(mode, account, confirmation, why => Answer(
                why == null ? Weight.Information : Weight.Warning,
                why == null ? "Armed: " + mode + " on " + account : "Not armed: " + why)));
        }

        /// <summary>Ends new entries; once nothing is open, signals are judged again as in a dry run.</summary>
        public void Disarm()
        {
            With(running =>
            {
                running.Disarm("disarmed by hand");
                running.Arm(Mode.DryRun, "", "", why => Answer(Weight.Information, "Disarmed; stops and targets stay"));
            });
        }

        /// <summary>
        /// The last window was closed: no trading without a KILL on the screen. Where nothing is armed it says and does
        /// nothing; the log and the audit log tell why it was disarmed. Waits for nothing.
        /// </summary>
        internal void NobodyLooks()
        {
            desk?.Disarm("the last Tickbridge window was closed");
        }

        /// <summary>Closes everything; pressed while nothing runs, as soon as trading does.</summary>
        public void Kill()
        {
            const string Reason = "the kill button";
            if (isStopped && desk == null)
            {
                // Of a window that outlived its compilation: another bridge trades.
                if (KillsElsewhere())
                {
                    return;
                }
                Answer(Weight.Alarm, "KILL does nothing in this window: " + failure + ". Or close by hand" + ByHand);
                return;
            }
            bool mayBeLost = desk == null || isChanging;
            if (mayBeLost)
            {
                string fleeting = wanted.Want();
                Answer(Weight.Alarm, "KILL is done as soon as trading runs" + (fleeting == null ? "" : " in this NinjaTrader, "
                    + "but forgotten when it ends: " + fleeting) + "; until then close by hand" + ByHand);
            }
            else
            {
                Answer(Weight.Alarm, "KILL: everything that limits.txt names is cancelled and closed");
            }
            Kill(desk, Reason);
            if (mayBeLost && desk != null && !isChanging)
            {
                // It began meanwhile, and may have looked before it was wanted.
                Kill(desk, Reason);
            }
            else if (!mayBeLost && (desk == null || isChanging))
            {
                // It is being ended since, and may have taken it or not: once more is no harm.
                wanted.Want();
                Log.Add(Weight.Alarm, "KILL came while trading was being ended; it is done again as soon as trading runs");
            }
            HandOverKill();
        }

        /// <summary>Until it is done it is not forgotten: a desk that ends may never come to it.</summary>
        private void Kill(TradingDesk running, string reason)
        {
            running?.Kill(reason, () =>
            {
                string why = wanted.Done();
                if (why != null)
                {
                    Log.Add(Weight.Warning, "KILL is done, and will be once more at the next start: " + why);
                }
            });
        }

        /// <summary>Pulls the kill switch of another bridge that trades in this process; false: there is none.</summary>
        internal Func<bool> KillElsewhere { get; set; } = () => false;

        /// <summary>A kill that came while this one was stopped for good is for who runs after it.</summary>
        private void HandOverKill()
        {
            if (isStopped && wanted.IsWanted && KillsElsewhere())
            {
                wanted.HandedOver();
            }
        }

        private bool KillsElsewhere()
        {
            bool kills = KillElsewhere();
            if (kills)
            {
                Log.Add(Weight.Alarm, "KILL was given to the Tickbridge that was compiled after this one: open its window");
            }
            return kills;
        }

        public void ClearKill()
        {
            With(running => running.ClearKill(why => Answer(why == null ? Weight.Information : Weight.Warning,
                why == null ? "The kill switch is released; nothing is armed" : "The kill switch stays: " + why)));
        }

        /// <summary>What became of the button pressed last: stands beside the buttons, and in the log.</summary>
        private void Answer(Weight weight, string text)
        {
            Log.Add(weight, text);
            answer = new LogLine(new LocalClock().Now, weight, text);
        }

        private string Refuse(string why)
        {
            if (link == null && !isStopped)
            {
                failure = why;
            }
            Answer(Weight.Warning, why);
            return why;
        }

        /// <summary>
        /// Without the lock of the lifecycle: who kills must not wait for who connects. What reaches trading while it is
        /// being ended is done before it has.
        /// </summary>
        private void With(Action<ITradingDesk> what)
        {
            TradingDesk running = desk;
            if (running == null)
            {
                Answer(Weight.Alarm, "Not done, trading does not run: " + (failure ?? "it is just being started"));
                return;
            }
            what(running);
        }

        private void Open()
        {
            try
            {
                files.Prepare();
                Connection = files.Connection();
                TradingSettings settings = files.Limits();
                LinkOptions options = Connection.ToLink(files.Path);
                certificate = options.Tls;
                Begin(settings, options);
                failure = null;
            }
            catch (Exception e) when (e is FormatException || e is IOException || e is ArgumentException
                || e is UnauthorizedAccessException)
            {
                failure = e.Message;
                Log.Add(Weight.Warning, e.Message);
                Close();
            }
        }

        private void Begin(TradingSettings settings, LinkOptions options)
        {
            var heard = new LinkFanOut(settings, Log, fullNameOf);
            foreach (IBridgeSubscriber subscriber in followers)
            {
                heard.Add(subscriber);
            }
            link = new LinkClient(options, heard);
            fanOut = heard;
            var fresh = new TradingDesk(settings, makePlatform(), Path.Combine(files.Path, settings.AuditFolder),
                new IDecisionSink[] { new JournalReports(link.Reporter, settings.Duration), new NoticeLog(Log) }, files.Path);
            heard.Attach(link, fresh);
            LinkClient made = link;
            fresh.AttachClock(made.Clock);
            fresh.AttachRights(() => made.Rights);
            try
            {
                fresh.Start();
            }
            finally
            {
                // Not before: a KILL that came before its start would be done before it knows what an earlier run left.
                desk = fresh;
            }
            isChanging = false;
            if (wanted.IsWanted)
            {
                Kill(fresh, "the kill button, pressed while trading did not run");
            }
            link.Start();
        }

        private bool Close()
        {
            isChanging = true;
            // The link stays until trading has reported what it did at its end, and the gateway has it.
            bool hasEnded = desk == null || desk.Stop();
            long unsettled = link == null ? 0 : link.SettleReports(SettleMillis);
            if (unsettled > 0)
            {
                Log.Add(Weight.Warning, unsettled + " reports have not reached the gateway's journal; the audit log has them");
            }
            hasEnded &= link == null || link.Stop();
            desk = null;
            link = null;
            fanOut = null;
            return hasEnded;
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
                fanOut?.Add(subscriber);
            }
        }

        public void Unfollow(IBridgeSubscriber subscriber)
        {
            lock (lifecycle)
            {
                followers.Remove(subscriber);
                fanOut?.Remove(subscriber);
            }
        }

        /// <summary>The gateway's market of an instrument under NinjaTrader's name; null: none came.</summary>
        public MarketView Market(string instrument)
        {
            LinkFanOut feed = fanOut;
            return feed?.Books.Market(instrument);
        }

        /// <summary>Signals may be acted on: the link stands, the kill switch is not pulled and would act.</summary>
        public bool IsUsable
        {
            get
            {
                LinkClient standing = link;
                TradingDesk running = desk;
                return standing != null && standing.IsLoggedOn && running != null && running.Stall == null
                    && !running.Status.IsKilled;
            }
        }
    }
}
