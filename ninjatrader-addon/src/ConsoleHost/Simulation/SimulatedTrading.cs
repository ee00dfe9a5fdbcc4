using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Tickbridge.Core;
using Tickbridge.Core.Trading;
using TradingMode = Tickbridge.Core.Trading.TradingMode;

namespace Tickbridge.ConsoleHost
{
    /// <summary>
    /// Takes the link's signals through the gate and the executor against a simulated account that is filled from the
    /// link's own quotes, prints what comes of it, and tells the gateway's journal. Stands before another listener. Link
    /// thread, but for the sink's methods, which are called on the trading thread, and the commands'.
    /// </summary>
    internal sealed class SimulatedTrading : ILinkListener, IDecisionSink, IDisposable
    {
        private const double DefaultPointValue = 1;
        private const int ArmMillis = 10000;
        private const int IdleMillis = 5000;

        /// <summary>Money a point; what is not listed here is worth 1, as a share is.</summary>
        private static readonly Dictionary<string, double> PointValues = new Dictionary<string, double>
        {
            { "ES", 50 }, { "NQ", 20 }, { "YM", 5 }, { "RTY", 50 }, { "MES", 5 }, { "MNQ", 2 }, { "MYM", 0.5 },
            { "M2K", 5 }, { "CL", 1000 }, { "GC", 100 }, { "ZN", 1000 }, { "ZB", 1000 }, { "6E", 125000 }
        };

        private readonly ILinkListener inner;
        private readonly LineOutput output;
        private readonly SimulatedPlatform platform;
        private readonly SimulatedQuotes quotes;
        private readonly TradingDesk desk;
        private readonly HeldSignals signals;
        private readonly BrokenLimits limits;
        private readonly InstrumentMap map;
        private readonly TradingSettings settings;
        private readonly Dictionary<KeyValuePair<Venue, ulong>, string> names =
            new Dictionary<KeyValuePair<Venue, ulong>, string>();

        private SignalIntake intake;
        private JournalReports reports;
        private Func<PeerRights> rights;
        private long sent;
        private long executions;
        private long alarms;

        public SimulatedTrading(TradingSettings settings, string auditFolder, ILinkListener inner, LineOutput output)
        {
            this.inner = inner;
            this.output = output;
            this.settings = settings;
            map = new InstrumentMap(settings);
            platform = new SimulatedPlatform(new LocalClock(), new ImmediateSchedule(),
                settings.SimulationAccounts.Concat(settings.LiveAccounts).ToArray());
            quotes = new SimulatedQuotes(platform);
            desk = new TradingDesk(settings, platform, auditFolder, new[] { this });
            signals = new HeldSignals(desk);
            limits = new BrokenLimits(settings);
        }

        /// <summary>
        /// What a person, a broker and a disturbed machine can do to it, as commands: so that each limit can be seen at
        /// work before it is needed.
        /// </summary>
        public IDictionary<string, Func<string, string>> Commands() => new Dictionary<string, Func<string, string>>
        {
            // Before the shorter one: a command is known by the words that it begins with.
            { "arm live", account => Arm(TradingMode.Live, account, TradingSettings.LiveConfirmation(account)) },
            { "arm", account => Arm(TradingMode.Simulation, account) },
            { "dry-run", nothing => Arm(TradingMode.DryRun, null) },
            { "disarm", reason => Done(() => desk.Disarm(reason)) },
            { "kill", reason => Done(() => desk.Kill(reason)) },
            { "release kill", nothing => Answer(desk.ClearKill) },
            { "platform down", nothing => Done(() => platform.SetConnected(false)) },
            { "platform up", nothing => Done(() => platform.SetConnected(true)) },
            { "answers hold", nothing => Done(() => platform.Faults.HoldsAnswers = () => true) },
            {
                "answers go", nothing => Done(() =>
                {
                    platform.Faults.HoldsAnswers = () => false;
                    platform.Answer();
                })
            },
            {
                "reject", nothing => Done(() => platform.Faults.Rejects =
                    ticket => ticket.Purpose == OrderPurpose.Entry)
            },
            { "accept", nothing => Done(() => platform.Faults.Rejects = ticket => false) },
            { "quotes off", nothing => Done(() => quotes.Tell(SimulatedQuotes.What.Nothing)) },
            { "quotes none", nothing => Done(() => quotes.Tell(SimulatedQuotes.What.NoPrices)) },
            { "quotes on", nothing => Done(() => quotes.Tell(SimulatedQuotes.What.Market)) },
            { "quotes shift", ticks => Done(() => quotes.Shift(long.Parse(ticks, CultureInfo.InvariantCulture))) },
            { "signals hold", nothing => Done(signals.Hold) },
            { "signals go", nothing => Done(() => signals.Release(false)) },
            { "signals backwards", nothing => Done(() => signals.Release(true)) },
            { "signals recorded", nothing => Done(() => signals.Release(false, Market.Recorded)) },
            { "signals viewing", nothing => Done(ReleaseWithoutTheRight) },
            { "limits size", nothing => Done(limits.TooLarge) },
            { "limits account", nothing => Done(limits.NoAccount) },
            { "limits rules", nothing => Done(limits.NoRules) },
            { "limits mend", nothing => Done(limits.Mend) }
        };

        /// <summary>Starts in a dry run.</summary>
        public void Start(LinkClient link)
        {
            intake = new SignalIntake(signals, link);
            reports = new JournalReports(link.Reporter, settings.Duration);
            rights = () => link.Rights;
            desk.AttachClock(link.Clock);
            desk.AttachRights(rights);
            // Armed live is what its commands may ask of the simulated broker; each signal still says what market it is of.
            desk.AttachMarket(() => Market.Live);
            desk.Start();
        }

        /// <summary>Arms the first simulation account of the settings.</summary>
        /// <exception cref="IOException">It could not be armed.</exception>
        public void Arm()
        {
            string answer = Arm(TradingMode.Simulation, settings.SimulationAccounts.FirstOrDefault());
            if (answer != null)
            {
                throw new IOException("simulated trading was not armed: " + answer);
            }
        }

        private string Arm(TradingMode mode, string account, string confirmation = null) =>
            Answer(answered => desk.Arm(mode, account, confirmation, answered));

        /// <summary>
        /// As when the gateway has just taken the right to trade away: signals come before trading is disarmed for that,
        /// which takes a second. What is given to trading is done in order.
        /// </summary>
        private void ReleaseWithoutTheRight()
        {
            desk.AttachRights(() => PeerRights.View);
            signals.Release(false);
            desk.AttachRights(rights);
        }

        private static string Answer(Action<Action<string>> question)
        {
            string answer = "no answer in time";
            // Not disposed: an answer may come after nobody waits for it any more.
            var answered = new ManualResetEvent(false);
            question(why =>
            {
                answer = why;
                answered.Set();
            });
            answered.WaitOne(ArmMillis);
            return answer;
        }

        /// <summary>Does it, and waits until trading has taken note.</summary>
        private string Done(Action what)
        {
            try
            {
                what();
                return desk.WaitUntilIdle(IdleMillis) ? null : "trading is busy still";
            }
            catch (FormatException e)
            {
                return e.Message;
            }
        }

        /// <summary>What came of all that the link brought so far, for a summary.</summary>
        public JsonObject ToJson()
        {
            desk.WaitUntilIdle(IdleMillis);
            TradingStatus status = desk.Status;
            return new JsonObject()
                .Add("mode", status.Mode.ToString())
                .Add("account", status.Account)
                .Add("armed", status.IsArmed)
                .Add("killed", status.IsKilled)
                .Add("killReason", status.KillReason)
                .Add("alarm", status.Alarm)
                .Add("signalsPassed", status.SignalsPassed)
                .Add("signalsRefused", status.SignalsRefused)
                .Add("ordersSent", Volatile.Read(ref sent))
                .Add("executions", Volatile.Read(ref executions))
                .Add("alarms", Volatile.Read(ref alarms))
                .Add("openPositions", (long)platform.OpenPositions)
                .Add("workingOrders", (long)platform.WorkingCount)
                .Add("unmapped", string.Join(",", status.UnmappedInstruments.ToArray()));
        }

        public void Dispose()
        {
            desk.Stop();
        }

        public void OnConnected(LogonAccepted logon)
        {
            intake.OnConnected(logon);
            inner.OnConnected(logon);
        }

        public void OnDisconnected(Disconnection disconnection)
        {
            intake.OnDisconnected(disconnection);
            inner.OnDisconnected(disconnection);
        }

        public void OnRejected(RejectReason reason, string text)
        {
            inner.OnRejected(reason, text);
        }

        public void OnSignal(Signal signal)
        {
            intake.OnSignal(signal);
            inner.OnSignal(signal);
        }

        public void OnQuote(Quote quote)
        {
            string name;
            if (names.TryGetValue(new KeyValuePair<Venue, ulong>(quote.Venue, quote.Instrument), out name))
            {
                quotes.Set(name, quote.BidPrice, quote.AskPrice);
            }
            inner.OnQuote(quote);
        }

        public void OnTrade(Trade trade)
        {
            inner.OnTrade(trade);
        }

        public void OnInstrument(InstrumentDefinition instrument)
        {
            PlatformInstrument found = map.Find(instrument.Venue, instrument.Symbol,
                settings.Hours.ToLocal(DateTime.UtcNow));
            if (found != null && instrument.PriceIncrement != LinkProtocol.NullPrice && instrument.PriceIncrement > 0)
            {
                double value;
                platform.AddContract(new ContractSpec(found.Name, instrument.PriceIncrement,
                    PointValues.TryGetValue(found.Root, out value) ? value : DefaultPointValue, "UsDollar"));
                names[new KeyValuePair<Venue, ulong>(instrument.Venue, instrument.Instrument)] = found.Name;
            }
            intake.OnInstrument(instrument);
            inner.OnInstrument(instrument);
        }

        public void OnInstrumentState(InstrumentState state)
        {
            intake.OnInstrumentState(state);
            inner.OnInstrumentState(state);
        }

        public void OnSignalDefinition(SignalDefinition definition)
        {
            inner.OnSignalDefinition(definition);
        }

        public void OnGap(SequenceRange gap)
        {
            intake.OnGap(gap);
            inner.OnGap(gap);
        }

        public void OnDecision(Decision decision)
        {
            reports.OnDecision(decision);
            if (decision.IsSent)
            {
                Volatile.Write(ref sent, sent + 1);
            }
            output.WriteLine("decision " + decision.SignalNumber + " " + (decision.IsPassed ? "passed" : "refused ")
                + (decision.IsPassed ? "" : decision.RefusedBy.ToString()) + " " + decision.Instrument + " "
                + decision.Side + " " + decision.Quantity + Price("@", decision.Price) + " " + decision.Text);
        }

        public void OnOrder(OrderReport order)
        {
            reports.OnOrder(order);
            output.WriteLine("order " + order.Name + " " + order.Instrument + " " + order.Side + " " + order.Kind + " "
                + order.Status + " " + order.Filled + "/" + order.Quantity + Price(" limit ", order.LimitPrice)
                + Price(" stop ", order.StopPrice) + (order.Error == OrderError.None ? "" : " " + order.Error));
        }

        public void OnExecution(ExecutionReport execution)
        {
            reports.OnExecution(execution);
            Volatile.Write(ref executions, executions + 1);
            output.WriteLine("execution " + execution.ExecutionId + " " + execution.Instrument + " " + execution.Side
                + " " + execution.Quantity + Price("@", execution.Price));
        }

        public void OnPosition(PositionReport position)
        {
            reports.OnPosition(position);
            output.WriteLine("position " + position.Instrument + " " + position.Quantity
                + Price("@", position.AveragePrice));
        }

        public void OnNotice(TradingNotice notice)
        {
            reports.OnNotice(notice);
            if (notice.Kind == NoticeKind.Alarm)
            {
                Volatile.Write(ref alarms, alarms + 1);
            }
            output.WriteLine("trading " + notice.Kind + " " + notice.Account + " " + notice.Text);
        }

        private static string Price(string before, long price) =>
            price == LinkProtocol.NullPrice ? "" : FixedPrice.Append(new StringBuilder(before), price).ToString();
    }
}
