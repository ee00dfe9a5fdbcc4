namespace Tickbridge.Host
{
    using System;
    using System.Collections.Generic;
    using Tickbridge.Core;
    using Tickbridge.Core.Trading;

    /// <summary>
    /// Takes what the link brings to trading first, then to the boards that the window shows, then to charts and
    /// strategies. Link thread, but for Add and Remove, which any thread may call.
    /// </summary>
    internal sealed class LinkFanOut : ILinkListener
    {
        private const int SignalLimit = 200;

        private readonly object access = new object();
        private readonly Queue<BridgeSignal> signals = new Queue<BridgeSignal>();
        private readonly InstrumentMap map;
        private readonly TradingSettings settings;
        private readonly Dictionary<KeyValuePair<Venue, ulong>, string> instruments =
            new Dictionary<KeyValuePair<Venue, ulong>, string>();

        private readonly EventLog log;
        private readonly Func<string, string> fullNameOf;
        private volatile IBridgeSubscriber[] subscribers = new IBridgeSubscriber[0];
        private volatile string connection = "connecting";
        private LinkClient link;
        private SignalIntake intake;

        /// <param name="settings">the limits</param>
        /// <param name="log">what the window shows</param>
        /// <param name="fullNameOf">gives the platform's own name of an instrument; null: as it is</param>
        public LinkFanOut(TradingSettings settings, EventLog log, Func<string, string> fullNameOf = null)
        {
            this.fullNameOf = fullNameOf ?? (name => name);
            this.settings = settings;
            this.log = log;
            map = new InstrumentMap(settings);
        }

        public BookBoard Books { get; } = new BookBoard();

        /// <summary>What became of the last attempt to connect. Any thread.</summary>
        public string Connection => connection;

        /// <summary>How many follow. Any thread.</summary>
        public int Subscribers => subscribers.Length;

        /// <summary>The last ones, newest first. Any thread.</summary>
        public BridgeSignal[] Signals()
        {
            lock (access)
            {
                BridgeSignal[] all = signals.ToArray();
                Array.Reverse(all);
                return all;
            }
        }

        /// <summary>Before the link starts.</summary>
        public void Attach(LinkClient client, ITradingDesk desk)
        {
            link = client;
            intake = new SignalIntake(desk, client);
        }

        public void Add(IBridgeSubscriber subscriber)
        {
            lock (access)
            {
                if (Array.IndexOf(subscribers, subscriber) < 0)
                {
                    var more = new List<IBridgeSubscriber>(subscribers) { subscriber };
                    subscribers = more.ToArray();
                }
            }
        }

        public void Remove(IBridgeSubscriber subscriber)
        {
            lock (access)
            {
                var fewer = new List<IBridgeSubscriber>(subscribers);
                fewer.Remove(subscriber);
                subscribers = fewer.ToArray();
            }
        }

        public void OnConnected(LogonAccepted logon)
        {
            intake.OnConnected(logon);
            connection = "connected";
            log.Add(Weight.Information, Connected(logon.Session));
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            intake.OnDisconnected(disconnection);
            Books.Distrust();
            connection = disconnection.Message;
            log.Add(disconnection.Reason == DisconnectReason.Stopped ? Weight.Information : Weight.Warning,
                "Link: " + disconnection.Message);
        }

        public void OnRejected(RejectReason reason, string text)
        {
            log.Add(Weight.Alarm, "The gateway refused the logon: " + reason + " " + text);
        }

        public void OnSignal(Signal signal)
        {
            intake.OnSignal(signal);
            BridgeSignal made = Make(signal);
            lock (access)
            {
                if (signals.Count == SignalLimit)
                {
                    signals.Dequeue();
                }
                signals.Enqueue(made);
            }
            foreach (IBridgeSubscriber subscriber in subscribers)
            {
                if (subscriber.Instrument == made.Instrument)
                {
                    Tell(subscriber, made);
                }
            }
        }

        public void OnQuote(Quote quote)
        {
            Books.Quote(quote);
        }

        public void OnTrade(Trade trade)
        {
            // Nobody shows trades.
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
            string symbol = instrument.Symbol;
            PlatformInstrument found = map.Find(instrument.Venue, symbol, settings.Hours.ToLocal(DateTime.UtcNow));
            string name = found == null ? "" : FullName(found.Name);
            string other = Books.Define(instrument.Venue, instrument.Instrument, symbol, name);
            if (other != null)
            {
                log.Add(Weight.Alarm, symbol + " of " + instrument.Venue + " and " + other + " are both " + name
                    + ": charts show and strategies hear " + other + " alone; name one of them otherwise with map."
                    + symbol + " in limits.txt, or take it out of the gateway");
            }
            instruments[new KeyValuePair<Venue, ulong>(instrument.Venue, instrument.Instrument)] =
                other == null ? name : "";
            if (found == null)
            {
                log.Add(Weight.Warning, Nameless(symbol));
            }
            intake.OnInstrument(instrument);
        }

        public void OnInstrumentState(InstrumentState state)
        {
            if (!state.IsResumed)
            {
                Books.SetState(state.Venue, state.Instrument, state.State);
            }
            intake.OnInstrumentState(state);
        }

        public void OnSignalDefinition(SignalDefinition definition)
        {
            // ReferenceData keeps it.
        }

        public void OnGap(SequenceRange gap)
        {
            intake.OnGap(gap);
            if (gap.Reason == GapReason.Unexplained)
            {
                Books.Distrust();
                log.Add(Weight.Alarm, "Frames of the gateway are missing that it does not account for, a defect of one side: "
                    + "no book is trusted until its state changes or the link is made anew (Connect)");
            }
            log.Add(Weight.Warning, "Missing from the gateway: frames " + gap.From + " to " + gap.To + " (" + gap.Reason
                + ")");
        }

        internal static string Connected(ulong session) => "Connected to the gateway, session " + session.ToString("x16");

        internal static string Nameless(string symbol) => "No NinjaTrader name is known for " + symbol + "; limits.txt: map."
            + symbol + " = <name>";

        /// <summary>Charts know the platform's own name; one that it cannot tell yet stays as it is.</summary>
        private string FullName(string name)
        {
            try
            {
                return fullNameOf(name);
            }
            catch (Exception e)
            {
                log.Add(Weight.Warning, "NinjaTrader cannot tell the name of " + name + ": " + e.Message);
                return name;
            }
        }

        private BridgeSignal Make(Signal signal)
        {
            InstrumentInfo known = link.Reference.Instrument(signal.Venue, signal.Instrument);
            RuleInfo rule = link.Reference.Rule(signal.Rule);
            string name;
            instruments.TryGetValue(new KeyValuePair<Venue, ulong>(signal.Venue, signal.Instrument), out name);
            long age;
            long bound;
            bool isKnown = link.Clock.TryGetAge(signal.ReceiveTime, signal.ArrivalTime, out age, out bound);
            return new BridgeSignal
            {
                Session = link.Sequence.Session,
                Number = signal.Number,
                Symbol = known == null ? "" : known.Symbol,
                Instrument = name ?? "",
                Rule = rule == null ? "rule " + signal.Rule : rule.Name,
                Side = signal.Side,
                Market = link.Market,
                Bid = FixedPrice.ToDouble(signal.BidPrice),
                Ask = FixedPrice.ToDouble(signal.AskPrice),
                BidQuantity = signal.BidQuantity,
                AskQuantity = signal.AskQuantity,
                Value = signal.Value,
                ExchangeTime = signal.ExchangeTime,
                ArrivalTime = signal.ArrivalTime,
                Age = age,
                AgeBound = isKnown ? bound : -1,
                IsActionable = signal.Timeliness == Timeliness.InTime && !signal.IsResumed && known != null
                    && known.IsTrusted,
                IsResumed = signal.IsResumed,
                Timeliness = signal.Timeliness
            };
        }

        private void Tell(IBridgeSubscriber subscriber, BridgeSignal signal)
        {
            try
            {
                subscriber.OnSignal(signal);
            }
            // A chart that fails must disturb neither trading nor other charts.
            catch (Exception e)
            {
                log.Add(Weight.Warning, "A chart or strategy failed on a signal: " + e.Message);
            }
        }
    }
}
