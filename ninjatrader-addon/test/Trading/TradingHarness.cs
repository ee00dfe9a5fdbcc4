using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Tickbridge.ConsoleHost;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.Test
{
    /// <summary>Trading on a simulated platform, every step of both done when the test says so.</summary>
    public sealed class TradingHarness : IDisposable
    {
        public const ulong Session = 7;
        public const ulong Key = 42;
        public const string Account = "Sim101";
        public const string Instrument = "ES 12-26";
        public const string Symbol = "ESZ6";
        public const long Tick = 250000000;
        public const long Milli = 1000000;
        public const long Second = 1000 * Milli;

        private readonly string folder;
        private readonly ClockSynchroniser link = new ClockSynchroniser();
        private readonly DateTime start;
        private readonly long startStamp;
        private ulong lastSignal;

        internal TradingHarness(Action<TradingSettings> change = null, Random random = null, string auditFolder = null,
            Func<string, Stream> openAudit = null, TradingHarness earlier = null,
            Action<InterposedPlatform> between = null, DateTime? begin = null,
            Action<TradingDesk> whileStarting = null)
        {
            start = begin ?? new DateTime(2026, 11, 23, 15, 0, 0, DateTimeKind.Utc);
            folder = auditFolder ?? Path.Combine(Path.GetTempPath(), "tickbridge-" + Guid.NewGuid().ToString("N"));
            Settings = new TradingSettings
            {
                Instruments = new[] { "ES" },
                LiveAccounts = new[] { "Live1" },
                MaxOrderQuantity = 10,
                MaxPosition = 10,
                MaxOrdersPerSecond = 1000,
                MaxOrdersPerMinute = 1000,
                AuditMinimumFree = 1
            };
            change?.Invoke(Settings);
            // A restart of ours finds the platform as it is.
            Clock = earlier == null ? new FakeClock() : earlier.Clock;
            startStamp = earlier == null ? Clock.Now : earlier.startStamp;
            Schedule = earlier == null ? new ManualSchedule(random ?? new Random(1)) : earlier.Schedule;
            Platform = earlier == null ? new SimulatedPlatform(Clock, Schedule, Account, "Live1") : earlier.Platform;
            Platform.AddContract(new ContractSpec(Instrument, Tick, 50, "UsDollar"));
            Between = new InterposedPlatform(Platform);
            between?.Invoke(Between);
            Loop = new ManualLoop();
            Sink = new RecordingSink();
            Audit = openAudit == null
                ? new AuditLog(folder, Settings.AuditMinimumFree)
                : new AuditLog(folder, Settings.AuditMinimumFree, openAudit);
            Desk = new TradingDesk(Settings, Between, Audit, Clock, () => UtcNow, Loop, Sink);
            Desk.AttachClock(link);
            Desk.AttachRights(() => Rights);
            Desk.AttachMarket(() => Market);
            Desk.Start();
            whileStarting?.Invoke(Desk);
            LinkUp();
            Desk.OnInstrument(Venue.Cme, Key, Symbol);
            if (earlier == null)
            {
                Quote(5000, 5000.25);
            }
            else
            {
                lastSignal = earlier.lastSignal;
                Requote();
            }
            Run();
        }

        /// <summary>What the gateway lets us do.</summary>
        public PeerRights Rights { get; set; } = PeerRights.Trade;

        /// <summary>What the gateway says of its market.</summary>
        public Market Market { get; set; } = Market.Live;

        public FakeClock Clock { get; }

        public TradingSettings Settings { get; }

        public TradingDesk Desk { get; }

        public RecordingSink Sink { get; }

        internal AuditLog Audit { get; }

        internal ManualLoop Loop { get; }

        internal ManualSchedule Schedule { get; }

        internal SimulatedPlatform Platform { get; }

        /// <summary>Stands between trading and the platform, for what a test wants to go wrong there.</summary>
        internal InterposedPlatform Between { get; }

        public string Folder => folder;

        public DateTime UtcNow => start.AddTicks((Clock.Now - startStamp) / 100);

        public int Position => Platform.Position(Account, Instrument);

        internal IEnumerable<SimulatedOrder> WorkingOf(OrderPurpose purpose) =>
            Platform.Working.Where(order => order.Ticket.Purpose == purpose);

        public static long Price(double price) => (long)(price * 1e9);

        public void Quote(double bid, double ask)
        {
            Platform.SetQuote(Instrument, Price(bid), Price(ask));
        }

        public void LinkUp(ulong session = Session)
        {
            Desk.OnLinkUp(session);
            Desk.OnInstrumentState(Venue.Cme, Key, BookState.Trusted);
        }

        /// <summary>Sends a signal that is fine in every way but what the test changes.</summary>
        public Decision Signal(Side side, Action<SignalNotice> change = null)
        {
            Probe();
            PlatformQuote quote = LastQuote;
            var signal = new SignalNotice
            {
                Session = Session,
                Market = Market.Live,
                Number = ++lastSignal,
                Venue = Venue.Cme,
                Instrument = Key,
                Symbol = Symbol,
                Side = side,
                Rule = 1,
                RuleName = "book-imbalance",
                BidPrice = quote.Bid,
                AskPrice = quote.Ask,
                ReceiveTime = Clock.Now - Milli,
                ArrivalTime = Clock.Now,
                Timeliness = Timeliness.InTime,
                TimeToLive = Second
            };
            change?.Invoke(signal);
            Desk.OnSignal(signal);
            Loop.RunAll();
            return Sink.Decisions.Last();
        }

        internal PlatformQuote LastQuote => Platform.QuoteOf(Instrument);

        /// <summary>Compares the clocks anew: no offset, no delay.</summary>
        public void Probe()
        {
            long now = Clock.Now;
            link.Add(now, now, now, now);
        }

        /// <summary>Does all that is under way, without letting time pass.</summary>
        public void Run()
        {
            do
            {
                Loop.RunAll();
            }
            while (Schedule.Step());
            Loop.RunAll();
        }

        /// <summary>Lets time pass in timer steps, doing all that is under way after each.</summary>
        public void Pass(long nanos)
        {
            for (long passed = 0; passed < nanos; passed += 50 * Milli)
            {
                Clock.Advance(50 * Milli);
                Timer();
                Run();
            }
        }

        public void Timer()
        {
            Loop.Post(Desk.Core.OnTimer);
            Loop.RunAll();
        }

        /// <summary>Keeps the platform's quote fresh.</summary>
        public void Requote()
        {
            PlatformQuote quote = LastQuote;
            Platform.SetQuote(Instrument, quote.Bid, quote.Ask);
        }

        /// <summary>Arms, and returns why not; null: armed.</summary>
        public string Arm(TradingMode mode = TradingMode.Simulation, string account = Account, string typed = null)
        {
            string answer = "no answer";
            Desk.Arm(mode, account, typed, why => answer = why);
            Run();
            for (int i = 0; i < 10 && answer == "no answer"; i++)
            {
                Pass(Second);
            }
            return answer;
        }

        /// <summary>Ends the run, and lets time pass until it has ended.</summary>
        public void Stop()
        {
            Desk.Stop();
            Run();
            for (int i = 0; i < 100 && Audit.Failure != "closed"; i++)
            {
                Pass(50 * Milli);
            }
        }

        public void Dispose()
        {
            Stop();
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, true);
            }
        }
    }

    /// <summary>Does what was posted when the test says so.</summary>
    internal sealed class ManualLoop : ITradingLoop
    {
        private readonly Queue<Action> queue = new Queue<Action>();

        public void Post(Action work)
        {
            queue.Enqueue(work);
        }

        /// <summary>Is told what work threw, as the trading thread tells it; null: the test sees it.</summary>
        public Action<Exception> OnFailure { get; set; }

        public bool RunOne()
        {
            if (queue.Count == 0)
            {
                return false;
            }
            try
            {
                queue.Dequeue()();
            }
            catch (Exception e) when (OnFailure != null)
            {
                OnFailure(e);
            }
            return true;
        }

        public void RunAll()
        {
            while (RunOne())
            {
            }
        }
    }

    /// <summary>Picks the next step at random among the heads of the channels.</summary>
    internal sealed class ManualSchedule : ISimulationSchedule
    {
        private readonly Random random;
        private readonly List<KeyValuePair<string, Queue<Action>>> channels =
            new List<KeyValuePair<string, Queue<Action>>>();

        public ManualSchedule(Random random)
        {
            this.random = random;
        }

        public void Add(string channel, Action step)
        {
            int index = channels.FindIndex(entry => entry.Key == channel);
            if (index < 0)
            {
                index = channels.Count;
                channels.Add(new KeyValuePair<string, Queue<Action>>(channel, new Queue<Action>()));
            }
            channels[index].Value.Enqueue(step);
        }

        public bool Step()
        {
            if (channels.Count == 0)
            {
                return false;
            }
            int index = random.Next(channels.Count);
            Queue<Action> queue = channels[index].Value;
            Action step = queue.Dequeue();
            if (queue.Count == 0)
            {
                channels.RemoveAt(index);
            }
            step();
            return true;
        }

        /// <summary>What was on its way to us is gone.</summary>
        public void DropEvents()
        {
            channels.RemoveAll(entry => entry.Key.StartsWith("order", StringComparison.Ordinal)
                || entry.Key == "executions" || entry.Key == "positions" || entry.Key == "money");
        }
    }

    /// <summary>Keeps all that it is told.</summary>
    public sealed class RecordingSink : IDecisionSink
    {
        public List<Decision> Decisions { get; } = new List<Decision>();

        public List<OrderReport> Orders { get; } = new List<OrderReport>();

        public List<ExecutionReport> Executions { get; } = new List<ExecutionReport>();

        public List<PositionReport> Positions { get; } = new List<PositionReport>();

        public List<TradingNotice> Notices { get; } = new List<TradingNotice>();

        public int Count(NoticeKind kind) => Notices.Count(notice => notice.Kind == kind);

        public void OnDecision(Decision decision)
        {
            Decisions.Add(decision);
        }

        public void OnOrder(OrderReport order)
        {
            Orders.Add(order);
        }

        public void OnExecution(ExecutionReport execution)
        {
            Executions.Add(execution);
        }

        public void OnPosition(PositionReport position)
        {
            Positions.Add(position);
        }

        public void OnNotice(TradingNotice notice)
        {
            Notices.Add(notice);
        }
    }
}
