namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// What runs of a bridge: the link, trading, and who hears them, put together and taken apart again; or why nothing does.
    /// Only who holds the bridge's lifecycle begins and ends it; any thread reads what stands, without a lock: who looks or
    /// kills must not wait for who connects.
    /// </summary>
    internal sealed class BridgeRun
    {
        /// <summary>NinjaTrader's own end waits as long, so not for long.</summary>
        private const int SettleMillis = 1000;

        private readonly string folder;
        private readonly EventLog log;
        private readonly Func<ITradingPlatform> makePlatform;
        private readonly Func<string, string> fullNameOf;
        private volatile LinkClient link;
        private volatile TradingDesk desk;
        private volatile LinkFanOut feed;
        private volatile bool isChanging;
        private volatile bool isStopped;
        private volatile bool wasStalled;
        private volatile string failure = "not started";

        /// <param name="folder">where the audit log is kept</param>
        /// <param name="log">what the window shows</param>
        /// <param name="makePlatform">gives what carries the orders, for one run of trading</param>
        /// <param name="fullNameOf">gives the platform's own name of an instrument</param>
        public BridgeRun(string folder, EventLog log, Func<ITradingPlatform> makePlatform, Func<string, string> fullNameOf)
        {
            this.folder = folder;
            this.log = log;
            this.makePlatform = makePlatform;
            this.fullNameOf = fullNameOf;
        }

        /// <summary>For how long trading is waited for when it ends, each time; null: as long as it may need.</summary>
        public int? EndMillis { get; set; }

        /// <summary>null: none stands.</summary>
        public LinkClient Link => link;

        /// <summary>null: trading does not run.</summary>
        public TradingDesk Desk => desk;

        /// <summary>What hears the link; null: there is none.</summary>
        public LinkFanOut Feed => feed;

        /// <summary>Trading is being ended or begun: what is asked of it may come too late.</summary>
        public bool IsChanging => isChanging;

        /// <summary>It was ended and stays so.</summary>
        public bool IsStopped => isStopped;

        /// <summary>Why nothing runs, and what to do; null: it runs.</summary>
        public string Failure => failure;

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

        /// <summary>Puts it together and begins trading. The link does not connect before Connect.</summary>
        /// <param name="settings">the limits</param>
        /// <param name="options">where the gateway is</param>
        /// <param name="followers">charts and strategies that follow already</param>
        public void Begin(TradingSettings settings, LinkOptions options, IEnumerable<IBridgeSubscriber> followers)
        {
            var heard = new LinkFanOut(settings, log, fullNameOf);
            foreach (IBridgeSubscriber follower in followers)
            {
                heard.Add(follower);
            }
            var made = new LinkClient(options, heard);
            link = made;
            feed = heard;
            var fresh = new TradingDesk(settings, makePlatform(), Path.Combine(folder, settings.AuditFolder),
                new IDecisionSink[] { new JournalReports(made.Reporter, settings.Duration), new NoticeLog(log) }, folder);
            fresh.EndMillis = EndMillis ?? fresh.EndMillis;
            heard.Attach(made, fresh);
            fresh.AttachClock(made.Clock);
            fresh.AttachRights(() => made.Rights);
            fresh.AttachMarket(() => made.Market);
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
        }

        /// <summary>Starts the link of what was begun: from now on all of it runs.</summary>
        public void Connect()
        {
            link.Start();
            failure = null;
        }

        /// <summary>Ends link and trading, as far as they stand: entries are cancelled, stops and targets stay.</summary>
        /// <returns>false: a thread did not end in time</returns>
        public bool End()
        {
            isChanging = true;
            // The link stays until trading has reported what it did at its end, and the gateway has it.
            bool hasEnded = desk == null || desk.Stop();
            long unsettled = link == null ? 0 : link.SettleReports(SettleMillis);
            if (unsettled > 0)
            {
                log.Add(Weight.Warning, unsettled + " reports have not reached the gateway's journal; the audit log has them");
            }
            hasEnded &= link == null || link.Stop();
            desk = null;
            link = null;
            feed = null;
            return hasEnded;
        }

        /// <summary>Puts into a reading what stands.</summary>
        public void Show(BridgeReading reading)
        {
            LinkClient standing = link;
            LinkFanOut heard = feed;
            TradingDesk running = desk;
            reading.Failure = failure;
            if (standing != null && heard != null)
            {
                reading.TakeLink(standing, heard);
            }
            reading.Trading = running?.Status;
            TellStall(running?.Stall);
        }

        /// <summary>Nothing runs, for this reason.</summary>
        public void Fail(string why)
        {
            failure = why;
        }

        /// <summary>It may not begin any more, for this reason.</summary>
        public void StopForGood(string why)
        {
            isStopped = true;
            failure = why;
        }

        /// <summary>Once each time that it begins; the trading thread cannot do it.</summary>
        private void TellStall(string stall)
        {
            if (stall != null && !wasStalled)
            {
                log.Add(Weight.Alarm, stall);
            }
            wasStalled = stall != null;
        }
    }
}
